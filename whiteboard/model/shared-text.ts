import * as Y from 'yjs'
import { clamp } from '../geometry/clamp.ts'
import type { SharedText, TextDelta, TextPosition } from './board.ts'
import { isBare, isTextKey, textKey } from './document.ts'
import type { ElementId } from './element.ts'

/** Texts of one element that are read; only people who begin in the same empty label at once make more than one. */
export const MAX_PIECES = 100

/** One of the shared types that what is written on an element consists of. */
interface Piece {
  readonly key: string
  readonly text: Y.Text
  readonly letters: string
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number => (a.key < b.key ? -1 : 1)

/** Embedded objects and formats, which nobody here writes, are no letters. */
const lettersIn = (text: Y.Text): string => {
  let letters = ''
  for (let item = text._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) letters += item.content.str
  }
  return letters
}

const textsOf = (entry: unknown): { readonly key: string; readonly text: Y.Text }[] => {
  const texts: { key: string; text: Y.Text }[] = []
  if (!(entry instanceof Y.Map)) return texts
  entry.forEach((value: unknown, key: string) => {
    if (isTextKey(key) && value instanceof Y.Text) texts.push({ key, text: value })
  })
  return texts.length > 1 ? texts.sort(byKey) : texts
}

/** Those with letters, in the order in which they read. */
const piecesOf = (entry: unknown): Piece[] => {
  const pieces: Piece[] = []
  for (const { key, text } of textsOf(entry)) {
    const letters = text.length > 0 && pieces.length < MAX_PIECES ? lettersIn(text) : ''
    if (letters !== '') pieces.push({ key, text, letters })
  }
  return pieces
}

const join = (pieces: readonly Piece[]): string => {
  const [first] = pieces
  return pieces.length === 1 && first ? first.letters : pieces.map(({ letters }) => letters).join('')
}

/** What is written on the element that this entry of the `elements` map holds. */
export const readText = (entry: unknown): string => {
  if (!(entry instanceof Y.Map) || isBare(entry)) return ''
  const texts = textsOf(entry)
  const [only] = texts
  return texts.length === 1 && only ? lettersIn(only.text) : join(piecesOf(entry))
}

/** The index within the shared type right behind so many of its letters: others may have put in what is no letter. */
const indexBehind = ({ text, letters }: Piece, count: number): number => {
  if (text.length === letters.length || count === 0) return count
  let index = 0
  let left = count
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (item.content instanceof Y.ContentString) {
      if (left <= item.length) return index + left
      left -= item.length
    }
    index += item.length
  }
  return index
}

/** How many letters lie before an index within the shared type. */
const lettersBefore = (text: Y.Text, index: number): number => {
  let letters = 0
  let left = index
  for (let item = text._start; item && left > 0; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (item.content instanceof Y.ContentString) letters += Math.min(left, item.length)
    left -= item.length
  }
  return letters
}

const placeIn = (index: number, length: number): number => clamp(Math.trunc(index) || 0, 0, length)

/** Where the whole index falls; between two texts, at the end of the first, for there the letter before it is. */
const locate = (pieces: readonly Piece[], index: number): { piece: Piece; at: number } | null => {
  let start = 0
  for (const piece of pieces) {
    const end = start + piece.letters.length
    if (index <= end) return { piece, at: index - start }
    start = end
  }
  return null
}

const deleteRange = (pieces: readonly Piece[], from: number, to: number): void => {
  let start = 0
  for (const piece of pieces) {
    const end = start + piece.letters.length
    const first = Math.max(from, start) - start
    const last = Math.min(to, end) - start
    if (first < last) {
      const index = indexBehind(piece, first)
      piece.text.delete(index, indexBehind(piece, last) - index)
    }
    start = end
  }
}

/** What happened to the whole between two states of its parts; `changed` says what happened inside one. */
const joinedDelta = (
  before: readonly Piece[],
  after: readonly Piece[],
  changed: ReadonlyMap<unknown, TextDelta>,
): TextDelta => {
  const now = new Map(after.map((piece) => [piece.text, piece]))
  const old = new Set(before.map(({ text }) => text))
  const all = [...before, ...after.filter(({ text }) => !old.has(text))].sort(byKey)
  return all.flatMap((piece): TextDelta => {
    if (!old.has(piece.text)) return [{ insert: piece.letters }]
    if (!now.has(piece.text)) return [{ delete: piece.letters.length }]
    const delta = changed.get(piece.text) ?? []
    const covered = delta.reduce((sum, part) => sum + (part.retain ?? 0) + (part.delete ?? 0), 0)
    const rest = piece.letters.length - covered
    return rest > 0 ? [...delta, { retain: rest }] : delta
  })
}

const lettersOnly = (event: Y.YTextEvent): TextDelta =>
  event.delta.map(({ retain, delete: removed, insert }) => ({
    ...(retain === undefined ? {} : { retain }),
    ...(removed === undefined ? {} : { delete: removed }),
    ...(insert === undefined ? {} : { insert: typeof insert === 'string' ? insert : '' }),
  }))

/** Tells a listener of each change of the letters on an element, whichever of its parts they are in. */
const observe = (
  entries: Y.Map<unknown>,
  id: ElementId,
  listener: (delta: TextDelta) => void,
): (() => void) => {
  let before = piecesOf(entries.get(id))

  const concerns = ({ target }: Y.YEvent<Y.AbstractType<unknown>>, keys: ReadonlySet<unknown>): boolean =>
    target === entries
      ? keys.has(id)
      : target === entries.get(id) || (target instanceof Y.Text && target.parent === entries.get(id))

  const onEvents = (
    events: readonly Y.YEvent<Y.AbstractType<unknown>>[],
    transaction: Y.Transaction,
  ): void => {
    const relevant = events.filter((event) => concerns(event, changedKeys(transaction, event.target)))
    if (relevant.length === 0) return
    const changed = new Map<unknown, TextDelta>()
    for (const event of relevant) {
      if (event instanceof Y.YTextEvent) changed.set(event.target, lettersOnly(event))
    }
    const after = piecesOf(entries.get(id))
    const delta = joinedDelta(before, after, changed)
    before = after
    if (delta.some(({ retain }) => retain === undefined)) listener(delta)
  }
  const deep = onEvents as Parameters<typeof entries.observeDeep>[0]
  entries.observeDeep(deep)
  return () => entries.unobserveDeep(deep)
}

const changedKeys = (transaction: Y.Transaction, type: unknown): ReadonlySet<unknown> =>
  (transaction.changed as ReadonlyMap<unknown, ReadonlySet<unknown>>).get(type) ?? new Set()

/** The text of one element; `entries` is the document's map of them. */
export const createSharedText = (doc: Y.Doc, entries: Y.Map<unknown>, id: ElementId): SharedText => {
  const pieces = (): Piece[] => piecesOf(entries.get(id))
  const lengthOf = (parts: readonly Piece[]): number =>
    parts.reduce((sum, { letters }) => sum + letters.length, 0)

  const insert = (index: number, text: string): void => {
    const entry = entries.get(id)
    if (!(entry instanceof Y.Map) || text === '') return
    const parts = pieces()
    const place = locate(parts, placeIn(index, lengthOf(parts)))
    const [empty] = place ? [] : textsOf(entry)
    if (place) place.piece.text.insert(indexBehind(place.piece, place.at), text)
    else if (empty) empty.text.insert(0, text)
    else entry.set(textKey(doc.clientID), new Y.Text(text))
  }

  const positionAt = (index: number): TextPosition => {
    const parts = pieces()
    const place = locate(parts, placeIn(index, lengthOf(parts)))
    if (!place || place.at === 0) return { letter: null }
    const behind = indexBehind(place.piece, place.at)
    return { letter: Y.createRelativePositionFromTypeIndex(place.piece.text, behind, -1) }
  }

  const indexOf = ({ letter }: TextPosition): number | null => {
    if (letter === null) return 0
    const place = Y.createAbsolutePositionFromRelativePosition(letter, doc)
    const item = place?.type._item
    if (!place || !item || item.deleted || item.parent !== entries.get(id)) return null
    const key = item.parentSub ?? ''
    const before = pieces().filter((piece) => piece.key < key)
    return lengthOf(before) + lettersBefore(place.type as Y.Text, place.index)
  }

  return {
    get length() {
      return lengthOf(pieces())
    },
    toString: () => readText(entries.get(id)),
    insert,
    delete: (index, length) => {
      const parts = pieces()
      const whole = lengthOf(parts)
      deleteRange(parts, placeIn(index, whole), placeIn(index + length, whole))
    },
    positionAt,
    indexOf,
    observe: (listener) => observe(entries, id, listener),
  }
}

/** Changes `text` to `next` by replacing only what lies between their common beginning and end. */
export const replaceText = (text: SharedText, next: string): void => {
  const current = text.toString()
  if (current === next) return
  const shorter = Math.min(current.length, next.length)
  let start = 0
  while (start < shorter && current[start] === next[start]) start++
  if (isInsidePair(current, start) || isInsidePair(next, start)) start--
  let end = 0
  while (end < shorter - start && current[current.length - 1 - end] === next[next.length - 1 - end]) end++
  if (isInsidePair(current, current.length - end) || isInsidePair(next, next.length - end)) end--
  if (current.length - end > start) text.delete(start, current.length - end - start)
  if (next.length - end > start) text.insert(start, next.slice(start, next.length - end))
}

/** Whether `index` would cut a character outside the basic plane in two. */
const isInsidePair = (text: string, index: number): boolean =>
  index > 0 &&
  index < text.length &&
  /[\uD800-\uDBFF]/.test(text.charAt(index - 1)) &&
  /[\uDC00-\uDFFF]/.test(text.charAt(index))
