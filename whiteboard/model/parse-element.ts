import type { Element, ElementId } from './element.ts'
import {
  type Fields,
  healString,
  isPlainObject,
  MAX_TEXT_LENGTH,
  own,
  parseShared,
  plainCopy,
  SHARED_DEFAULTS,
  SHARED_KEYS,
} from './heal.ts'
import { isId } from './identifiers.ts'
import type { ElementKind, KindRegistry } from './kind.ts'

/** The type that the engine sees of an element whose own fields cannot be read: no registry has it, so it is drawn as a placeholder. */
export const DAMAGED_TYPE = 'damaged'

/** Names the stored type of an element that is shown as damaged. */
export const DAMAGED_FIELD = 'damagedType'

const MAX_TYPE_LENGTH = 64

const isType = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= MAX_TYPE_LENGTH

/** The value of a field that is not stored; undefined if it has none. */
export const defaultOf = (kind: ElementKind | null, key: string): unknown => {
  const value = kind ? own(kind.defaults, key) : undefined
  return value === undefined ? own(SHARED_DEFAULTS, key) : value
}

export const kindOf = (kinds: KindRegistry, type: unknown): ElementKind | null =>
  isType(type) && kinds.has(type) ? kinds.get(type) : null

/**
 * The element that the engine sees of stored fields: healed, with its type's defaults; null when it cannot be shown at
 * all. Fields that no type claims are kept. Never throws.
 */
export const parseElement = (
  id: string,
  fields: Fields,
  text: unknown,
  kinds: KindRegistry,
): Element | null => {
  if (!isId(id)) return null
  const type = own(fields, 'type')
  const kind = kindOf(kinds, type)
  const merged: Fields = { ...SHARED_DEFAULTS, ...kind?.defaults, ...fields }
  const shared = parseShared(merged)
  if (!shared) return null
  const healedText = healString(text, '', MAX_TEXT_LENGTH)
  const parsed = kind ? parseOwn(kind, merged) : null
  const base = { ...shared, id: id as ElementId, text: healedText }
  if (parsed) return { ...unclaimed(fields, parsed, kind), ...parsed, ...base, type: kind?.type ?? '' }
  const kept = unclaimed(fields, {}, null)
  if (isType(type) && !kind) return { ...kept, ...base, type }
  return { ...kept, ...base, type: DAMAGED_TYPE, [DAMAGED_FIELD]: isType(type) ? type : '' }
}

const parseOwn = (kind: ElementKind, fields: Fields): Fields | null => {
  try {
    const parsed: unknown = kind.parse(fields)
    return isPlainObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Fields that neither all types nor this one read, as plain data. */
const unclaimed = (fields: Fields, claimed: Fields, kind: ElementKind | null): Fields | undefined => {
  let kept: Record<string, unknown> | undefined
  for (const key of Object.keys(fields)) {
    if (SHARED_KEYS.has(key) || key === '__proto__') continue
    if (Object.hasOwn(claimed, key) || (kind && Object.hasOwn(kind.defaults, key))) continue
    const value = plainCopy(fields[key])
    if (value === undefined) continue
    kept ??= {}
    kept[key] = value
  }
  return kept
}

/** The same for an element from outside the document: a peer's draft, a file, the clipboard. */
export const healElement = (element: Fields, kinds: KindRegistry): Element | null => {
  const id = own(element, 'id')
  return isId(id) ? parseElement(id, element, own(element, 'text'), kinds) : null
}
