import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { boardToSvg, pictureBox, startSvg } from '../../whiteboard/formats/svg.ts'
import { deriveAll } from '../../whiteboard/model/derive.ts'
import { ELEMENTS, readFields } from '../../whiteboard/model/document.ts'
import type { Element, ElementId } from '../../whiteboard/model/element.ts'
import { type Fields, healOrder } from '../../whiteboard/model/heal.ts'
import { compareOrder } from '../../whiteboard/model/order.ts'
import type { Theme } from '../../whiteboard/model/palette.ts'
import { parseElement } from '../../whiteboard/model/parse-element.ts'
import { readText } from '../../whiteboard/model/shared-text.ts'
import { applyUpdate } from '../../whiteboard/model/updates/apply-parts.ts'
import { estimatedWidth } from './text-width.ts'

/** How many elements are drawn; of a board with more, so many evenly spread ones. Fewer where these make a huge picture. */
const SAMPLES = [2_000, 200] as const
/** Characters of SVG. */
const MAX_PICTURE = 2_000_000
/** Milliseconds for reading elements, and for drawing them: what takes longer is left out. */
const TIME = 600
/** CSS pixels. */
const FIT = [480, 300] as const
/** Board units left clear round what is drawn. */
const PADDING = 24

const measure = { width: estimatedWidth }
const emptyPicture = (): string => boardToSvg([], kinds, measure, { fit: FIT, background: false })

interface Stored {
  readonly id: ElementId
  readonly order: ReturnType<typeof healOrder>
  readonly fields: Fields
  readonly entry: unknown
}

const storedElements = (doc: Y.Doc): Stored[] => {
  const found: Stored[] = []
  for (const [id, entry] of doc.getMap<unknown>(ELEMENTS).entries()) {
    const fields = readFields(entry)
    if (fields) found.push({ id: id as ElementId, fields, entry, order: healOrder(fields.order) })
  }
  return found.sort(compareOrder)
}

const sampled = <Item>(items: readonly Item[], count: number): readonly Item[] =>
  items.length <= count
    ? items
    : Array.from({ length: count }, (_, n) => items[Math.floor((n * items.length) / count)] as Item)

/** As many elements, from the lowest up, as can be drawn in time. */
const drawSoon = (elements: readonly Element[], theme: Theme): string => {
  const deadline = performance.now() + TIME
  const box = pictureBox(elements, kinds, PADDING)
  const drawing = startSvg(box, kinds, measure, { theme, fit: FIT, background: false })
  for (const element of elements) {
    if (performance.now() > deadline) break
    drawing.add(element)
  }
  return drawing.finish()
}

/** Reads only what is drawn: a board store would read and index all of it. */
const draw = (doc: Y.Doc, theme: Theme): string => {
  const stored = storedElements(doc)
  const deadline = performance.now() + TIME
  for (const count of SAMPLES) {
    const elements: Element[] = []
    for (const { id, fields, entry } of sampled(stored, count)) {
      if (performance.now() > deadline) break
      const element = parseElement(id, fields, readText(entry), kinds)
      if (element) elements.push(element)
    }
    const svg = drawSoon(deriveAll(elements, kinds), theme)
    if (svg.length <= MAX_PICTURE) return svg
  }
  return emptyPicture()
}

/**
 * A small picture of the board that the updates make together. It takes up to two seconds, and some hundred megabytes.
 *
 * @throws when the updates do not decode
 */
export const drawPicture = (updates: readonly Uint8Array[], theme: Theme): string => {
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const update of updates) applyUpdate(doc, update, null)
    })
    return draw(doc, theme)
  } finally {
    doc.destroy()
  }
}
