import { radians } from '../geometry/types.ts'
import { FRAME_TYPE } from './derive.ts'
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
import { parseQuickly } from './quick-parse.ts'

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

/** Defaults of all fields, made once per type. */
const allDefaults = new WeakMap<ElementKind, Fields>()

const defaultsOf = (kind: ElementKind | null): Fields => {
  if (!kind) return SHARED_DEFAULTS
  const known = allDefaults.get(kind)
  if (known) return known
  const made = { ...SHARED_DEFAULTS, ...kind.defaults }
  allDefaults.set(kind, made)
  return made
}

/** Copies fields one by one, which for tens of thousands of small objects is several times as fast as spreading them. */
const assign = (target: Record<string, unknown>, source: Fields): void => {
  for (const key of Object.keys(source)) if (key !== '__proto__') target[key] = source[key]
}

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
  const read = kind && quickly(id, fields, text, kind)
  if (read) return read
  const merged: Record<string, unknown> = { ...defaultsOf(kind) }
  assign(merged, fields)
  const shared = parseShared(merged)
  if (!shared) return null
  const parsed = kind ? parseOwn(kind, merged) : null
  const isDamaged = !isType(type) || (kind !== null && !parsed)
  const element = {
    id: id as ElementId,
    type: isDamaged ? DAMAGED_TYPE : type,
    position: shared.position,
    size: shared.size,
    rotation: kind?.upright ? radians(0) : shared.rotation,
    order: shared.order,
    groups: shared.groups,
    locked: shared.locked,
    opacity: shared.opacity,
    frame: type === FRAME_TYPE ? null : shared.frame,
    link: shared.link,
    text: healString(text, '', MAX_TEXT_LENGTH),
  }
  if (parsed) addOwn(element, parsed)
  addUnclaimed(element, fields, parsed ? kind : null)
  return isDamaged ? { ...element, [DAMAGED_FIELD]: isType(type) ? type : '' } : element
}

const quickly = (id: string, fields: Fields, text: unknown, kind: ElementKind): Element | null => {
  try {
    return parseQuickly(id, fields, text, kind)
  } catch {
    return null
  }
}

const parseOwn = (kind: ElementKind, fields: Fields): Fields | null => {
  try {
    const parsed: unknown = kind.parse(fields)
    return isPlainObject(parsed) ? parsed : null
  } catch {
    return null
  }
}

/** Adds what the type read; shared fields are not its to say. */
const addOwn = (element: Record<string, unknown>, parsed: Fields): void => {
  for (const key of Object.keys(parsed)) if (!SHARED_KEYS.has(key)) element[key] = parsed[key]
}

/** Adds fields that neither all types nor this one read, as plain data. */
const addUnclaimed = (element: Record<string, unknown>, fields: Fields, kind: ElementKind | null): void => {
  for (const key of Object.keys(fields)) {
    if (key === '__proto__' || SHARED_KEYS.has(key) || Object.hasOwn(element, key)) continue
    const value = kind && Object.hasOwn(kind.defaults, key) ? undefined : plainCopy(fields[key])
    if (value !== undefined) element[key] = value
  }
}

/** The same for an element from outside the document: a peer's draft, a file, the clipboard. */
export const healElement = (element: Fields, kinds: KindRegistry): Element | null => {
  const id = own(element, 'id')
  return isId(id) ? parseElement(id, element, own(element, 'text'), kinds) : null
}
