import * as Y from 'yjs'
import type { Origin } from './changes.ts'
import type { ElementId } from './element.ts'
import { type Fields, isPlainObject } from './heal.ts'

/** The layout of a board's Yjs document: the names of its parts, and how they are read and written. See SPEC.md. */
export const ELEMENTS = 'elements'
export const META = 'meta'
const TEXT_PREFIX = 'text/'

/** The key of an element's map that holds the fields it was created with. */
export const BASE = 'base'

/** What this code writes to `meta.schema`. Documents with a higher one are read as far as they can be. */
export const SCHEMA_VERSION = 1
export const SCHEMA = 'schema'

export const textName = (id: ElementId): string => TEXT_PREFIX + id

/** The element whose text lives in the root type of this name; null for other names. */
export const elementOfTextName = (name: string): ElementId | null =>
  name.startsWith(TEXT_PREFIX) ? (name.slice(TEXT_PREFIX.length) as ElementId) : null

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

/**
 * The stored fields of an entry of the `elements` map: those of its base, overlaid with its later edits. Null when the
 * entry is not an element at all. Shared types where plain values belong are passed over.
 */
export const readFields = (entry: unknown): Fields | null => {
  if (!(entry instanceof Y.Map)) return null
  const fields: Record<string, unknown> = {}
  const base: unknown = entry.get(BASE)
  if (isPlainObject(base)) {
    for (const key of Object.keys(base)) if (key !== '__proto__') fields[key] = base[key]
  }
  entry.forEach((value: unknown, key: string) => {
    if (key !== BASE && key !== '__proto__' && !(value instanceof Y.AbstractType)) fields[key] = value
  })
  return fields
}

/** Changes `text` to `next` by replacing only what lies between their common beginning and end. */
export const replaceText = (text: Y.Text, next: string): void => {
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
