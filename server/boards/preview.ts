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
import { partsOf, type StoredDocument } from '../sync/ports.ts'
import { requireAccess } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { createPreviewCache, type PreviewCache } from './preview-cache.ts'
import { estimatedWidth } from './text-width.ts'

/** How many elements are drawn; of a board with more, so many evenly spread ones. Fewer where these make a huge picture. */
const SAMPLES = [2_000, 200] as const
/** Characters of SVG. */
const MAX_PICTURE = 2_000_000
/** Bytes of stored document above which no picture is made: reading it would hold up everybody else for too long. */
const MAX_DOCUMENT = 8 * 1024 * 1024
/** Characters of SVG that the pictures kept in memory may have together. */
const CACHE_SIZE = 16_000_000
/** A picture stays for this many times as long as it took to draw: so drawing takes at most a twentieth of the time. */
const PATIENCE = 20
/**
 * Milliseconds for reading elements, and for drawing them: what takes longer is left out, as nobody else is served
 * meanwhile.
 */
const TIME = 600
/** CSS pixels. */
const FIT = [480, 300] as const
/** Board units left clear round what is drawn. */
const PADDING = 24

export interface Preview {
  readonly svg: string
  /** Changes when the picture does. */
  readonly tag: string
}

const measure = { width: estimatedWidth }
const emptyPicture = boardToSvg([], kinds, measure, { fit: FIT, background: false })

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
  return emptyPicture
}

const picture = (stored: StoredDocument, theme: Theme): string => {
  const parts = partsOf(stored)
  const bytes = parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
  if (bytes === 0 || bytes > MAX_DOCUMENT) return emptyPicture
  const doc = new Y.Doc()
  try {
    doc.transact(() => {
      for (const part of parts) Y.applyUpdate(doc, part)
    })
    return draw(doc, theme)
  } finally {
    doc.destroy()
  }
}

/** Differs whenever something was stored since. */
const stateOf = ({ snapshot, entries }: StoredDocument): string =>
  `${snapshot?.seq ?? 0}-${entries.length}-${entries.at(-1)?.seq ?? 0}`

const sharedCache = createPreviewCache(CACHE_SIZE)

/**
 * A small picture of what is stored of a board, or of what was stored a moment ago where drawing takes long.
 *
 * @param clock milliseconds
 * @throws Refusal `not-found`
 */
export const previewBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  theme: Theme,
  cache: PreviewCache = sharedCache,
  clock: () => number = () => performance.now(),
): Promise<Preview> => {
  await requireAccess(context, personId, boardId, 'view')
  const key = `${boardId} ${theme}`
  const known = cache.get(key)
  if (known && clock() < known.freshUntil) return { svg: known.svg, tag: known.tag }
  const stored = await context.store.rooms.load(boardId)
  const tag = `${boardId}-${stateOf(stored)}-${theme}`
  if (known?.tag === tag) return { svg: known.svg, tag }
  const startedAt = clock()
  const svg = picture(stored, theme)
  const endedAt = clock()
  cache.set(key, { svg, tag, freshUntil: endedAt + (endedAt - startedAt) * PATIENCE })
  return { svg, tag }
}
