import { kinds } from '../../../whiteboard/elements/index.ts'
import type { Element } from '../../../whiteboard/model/element.ts'
import type { TextMeasurer } from '../../../whiteboard/model/surface.ts'
import { createCanvasMeasurer } from '../../../whiteboard/render/canvas-measurer.ts'

let measure: TextMeasurer | undefined

/** As large as its text in the page's fonts, as the editor leaves it. */
export const fitted = (element: Element): Element => {
  measure ??= createCanvasMeasurer()
  return { ...element, ...kinds.get(element.type).fitted?.(element, measure) } as Element
}
