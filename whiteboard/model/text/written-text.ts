import type { Element } from '../element.ts'
import type { KindRegistry } from '../kind.ts'
import type { Surface, TextLine, TextMeasurer, TextStyle } from '../surface.ts'

/** The text of an element as its type paints it, in the element's own coordinates. */
export interface WrittenText {
  readonly lines: readonly TextLine[]
  readonly style: TextStyle
}

/**
 * What an element's type writes of its text: its own painting is asked, on a surface that listens and draws nothing, so
 * that inputs and carets cannot come to differ from what is painted. Of an element without text it is one empty line
 * where the first letter will be. Null for types that write nothing.
 */
export const writtenText = (
  element: Element,
  kinds: KindRegistry,
  measure: TextMeasurer,
): WrittenText | null => {
  const found: WrittenText[] = []
  const isEmpty = element.text === ''
  const shown = isEmpty ? { ...element, text: 'x' } : element
  try {
    kinds.get(element.type).paint(listener(found), shown, { measure, editing: false })
  } catch {
    return null
  }
  const written = found.findLast(({ lines }) => lines[0]?.start !== undefined) ?? found.at(-1)
  if (!written || !isEmpty) return written ?? null
  return { ...written, lines: written.lines.map((line) => ({ ...line, text: '' })) }
}

const listener = (found: WrittenText[]): Surface => ({
  transformed: (_origin, _rotation, _pivot, draw) => draw(),
  faded: (_opacity, draw) => draw(),
  clipped: (_path, draw) => draw(),
  highlighted: (draw) => draw(),
  image: () => false,
  fill: () => undefined,
  stroke: () => undefined,
  shadow: () => undefined,
  text: (lines, style) => {
    found.push({ lines, style })
  },
  // Large enough for every type to draw all that it has.
  scale: 1000,
})
