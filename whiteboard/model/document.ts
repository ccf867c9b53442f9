import * as Y from 'yjs'
import type { Origin } from './changes.ts'
import type { ElementId } from './element.ts'
import { type Fields, isPlainObject, own } from './heal.ts'

/** The layout of a board's Yjs document: the names of its parts, and how they are read and written. See SPEC.md. */
export const ELEMENTS = 'elements'
export const META = 'meta'

/** The key of an element's map that holds the fields it was created with. */
export const BASE = 'base'

/** What this code writes to `meta.schema`. Documents with a higher one are read as far as they can be. */
export const SCHEMA_VERSION = 1
export const SCHEMA = 'schema'

const TEXT_PREFIX = 'text/'

/** The key of an element's map under which this client keeps letters that it was the first to write. */
export const textKey = (clientId: number): string => TEXT_PREFIX + clientId

/** Whether a key of an element's map belongs to what is written on it; no field has such a name. */
export const isTextKey = (key: string): boolean => key.startsWith(TEXT_PREFIX)

/** The element whose own map, or whose text, this shared type is; null for anything else, such as types nested deeper. */
export const ownerOf = (type: unknown, entries: unknown): ElementId | null => {
  const item = type instanceof Y.AbstractType ? type._item : null
  if (!item) return null
  if (item.parent === entries) return item.parentSub as ElementId | null
  if (!(type instanceof Y.Text) || item.parentSub === null || !isTextKey(item.parentSub)) return null
  return item.parent instanceof Y.Map ? ownerOf(item.parent, entries) : null
}

/**
 * The values that mark whose a Yjs transaction is. Give `origins.load` when applying the copy on the device or the
 * first state; what the sync provider gives (itself) counts as `remote`.
 */
export const origins: Readonly<Record<Origin, object>> = {
  user: Object.freeze({ origin: 'user' }),
  undo: Object.freeze({ origin: 'undo' }),
  remote: Object.freeze({ origin: 'remote' }),
  load: Object.freeze({ origin: 'load' }),
}

export const originOf = (origin: unknown): Origin => {
  if (origin === origins.user) return 'user'
  if (origin === origins.load) return 'load'
  if (origin === origins.undo || origin instanceof Y.UndoManager) return 'undo'
  return 'remote'
}

const PART = 'drawbridge:part'

/**
 * Says that a transaction is one of several in which something large is applied in slices. What is between the first and
 * the last was never anybody's board and is not to be shown: deletions come with the last.
 */
export const markPart = ({ meta }: Y.Transaction, place: 'more' | 'last'): void => {
  meta.set(PART, place)
}

export const partOf = ({ meta }: Y.Transaction): 'more' | 'last' | null => meta.get(PART) ?? null

/**
 * The stored fields of an entry of the `elements` map: those of its base, overlaid with its later edits. Null when the
 * entry is not an element at all. Its texts, and shared types where plain values belong, are passed over.
 */
export const readFields = (entry: unknown): Fields | null => {
  if (!(entry instanceof Y.Map)) return null
  const base: unknown = entry.get(BASE)
  if (isBare(entry) && isPlainObject(base) && hasFieldNames(base)) return base
  const fields: Record<string, unknown> = {}
  if (isPlainObject(base)) {
    for (const key of Object.keys(base)) if (isFieldName(key)) fields[key] = base[key]
  }
  entry.forEach((value: unknown, key: string) => {
    if (key !== BASE && isFieldName(key) && !(value instanceof Y.AbstractType)) fields[key] = value
  })
  return fields
}

/** One of the same fields; undefined when nothing is stored of it. */
export const readField = (entry: unknown, key: string): unknown => {
  if (!(entry instanceof Y.Map) || !isFieldName(key) || key === BASE) return undefined
  const written: unknown = entry.get(key)
  if (written !== undefined && !(written instanceof Y.AbstractType)) return written
  const base: unknown = entry.get(BASE)
  return isPlainObject(base) ? own(base, key) : undefined
}

/** Whether an entry has never had anything but its base: most elements of a board are as they were made, and unlabelled. */
export const isBare = (entry: Y.Map<unknown>): boolean => entry._map.size === 1 && entry._map.has(BASE)

const hasFieldNames = (base: Fields): boolean => {
  for (const key in base) if (!isFieldName(key)) return false
  return Object.getPrototypeOf(base) === Object.prototype
}

const isFieldName = (key: string): boolean => key !== '__proto__' && !isTextKey(key)
