import * as Y from 'yjs'
import type { BoardEdit, SharedText } from './board.ts'
import { BASE, isTextKey, readField } from './document.ts'
import type { Element, ElementId, Patch } from './element.ts'
import { isEqual, own, plainCopy } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { DAMAGED_FIELD, DAMAGED_TYPE, defaultOf, kindOf } from './parse-element.ts'
import { replaceText } from './shared-text.ts'

/** Names that are never fields of an element's own map. */
const RESERVED: ReadonlySet<string> = new Set(['id', 'text', 'clip', BASE, '__proto__', DAMAGED_FIELD])

const isReserved = (key: string): boolean => RESERVED.has(key) || isTextKey(key)

/** Writing elements into the document, each as it is given: what follows from it is the store's to add. */
export const createEdit = (
  entries: Y.Map<unknown>,
  text: (id: ElementId) => SharedText,
  kinds: KindRegistry,
): Pick<BoardEdit, 'create' | 'update'> => ({
  create: (element) => {
    if (entries.has(element.id)) return
    const entry = new Y.Map<unknown>()
    const { base, bytes } = storedFields(element, kinds)
    entry.set(BASE, base)
    for (const [key, value] of bytes) entry.set(key, value)
    entries.set(element.id, entry)
    if (element.text !== '') text(element.id).insert(0, element.text)
  },
  update: (id, patch) => {
    const entry = entries.get(id)
    if (!(entry instanceof Y.Map)) return
    updateEntry(entry, patch, kinds)
    if (typeof patch.text === 'string') replaceText(text(id), patch.text)
  },
})

/** What is stored of a new element: its fields that differ from the defaults as one value, and beside it those of bytes. */
interface StoredFields {
  readonly base: Readonly<Record<string, unknown>>
  readonly bytes: ReadonlyMap<string, Uint8Array>
}

const storedFields = (element: Element, kinds: KindRegistry): StoredFields => {
  const type = element.type === DAMAGED_TYPE ? element[DAMAGED_FIELD] : element.type
  const kind = kindOf(kinds, type)
  const base: Record<string, unknown> = { type }
  const bytes = new Map<string, Uint8Array>()
  for (const key of Object.keys(element)) {
    if (isReserved(key) || key === 'type') continue
    const value = plainCopy(element[key])
    if (value === undefined || isEqual(value, defaultOf(kind, key))) continue
    if (value instanceof Uint8Array) bytes.set(key, value)
    else base[key] = value
  }
  return { base, bytes }
}

/** Fields that are not stored have the defaults of the type that the element has after the patch. */
const updateEntry = (entry: Y.Map<unknown>, patch: Patch, kinds: KindRegistry): void => {
  const kind = kindOf(kinds, own(patch, 'type') ?? readField(entry, 'type'))
  for (const key of Object.keys(patch)) {
    if (isReserved(key)) continue
    const value = plainCopy(patch[key])
    const stored = readField(entry, key)
    const current = stored === undefined ? defaultOf(kind, key) : stored
    if (value !== undefined && !isEqual(value, current)) entry.set(key, value)
  }
}
