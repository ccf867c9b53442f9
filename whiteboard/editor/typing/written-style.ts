import type { Element } from '../../model/element.ts'
import type { KindRegistry } from '../../model/kind.ts'
import type { TextMeasurer, TextStyle } from '../../model/surface.ts'
import { writtenText } from '../../model/text/written-text.ts'

const FALLBACK: TextStyle = { color: '#22242a', family: 'hand', size: 20, align: 'center' }

/** How an element's type would write on it. */
export const writtenStyle = (element: Element, kinds: KindRegistry, measure: TextMeasurer): TextStyle =>
  writtenText(element, kinds, measure)?.style ?? FALLBACK
