import type { Element } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { Surface, TextMeasurer, TextStyle } from '../model/surface.ts'

const FALLBACK: TextStyle = { color: '#22242a', family: 'hand', size: 20, align: 'center' }

/**
 * How an element's type would write on it: its own painting is asked, on a surface that notes the style and draws
 * nothing. So the input cannot come to differ from what is painted.
 */
export const writtenStyle = (element: Element, kinds: KindRegistry, measure: TextMeasurer): TextStyle => {
  let found = FALLBACK
  const listening: Surface = {
    transformed: (_origin, _rotation, _pivot, draw) => draw(),
    faded: (_opacity, draw) => draw(),
    clipped: (_path, draw) => draw(),
    highlighted: (draw) => draw(),
    image: () => false,
    fill: () => undefined,
    stroke: () => undefined,
    shadow: () => undefined,
    text: (_lines, style) => {
      found = style
    },
    scale: 1000,
  }
  const written = { ...element, text: element.text === '' ? 'x' : element.text }
  try {
    kinds.get(element.type).paint(listening, written, { measure, editing: false })
  } catch {
    return FALLBACK
  }
  return found
}
