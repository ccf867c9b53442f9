import { FRAME_TYPE } from './derive.ts'
import type { Element, ElementId } from './element.ts'
import {
  type Fields,
  healString,
  MAX_TEXT_LENGTH,
  own,
  plainCopy,
  SHARED_DEFAULTS,
  SHARED_HEALS,
} from './heal.ts'
import type { ElementKind, HealField } from './kind.ts'

/**
 * Reading one field after the other, for types that say how each of theirs is read (`ElementKind.heals`): an element is
 * a copy of what one with nothing stored would be, and only what is stored is looked at. On a board of tens of thousands
 * that takes a fraction of the time, and elements of a type are alike in memory.
 */
interface Plan {
  /** An element of the type with the default in every field; null where there is none. */
  readonly blank: Element
  readonly copy: (blank: Element) => Record<string, unknown>
  /** How stored fields are read. Null: what is stored under this name is not looked at. */
  readonly heals: ReadonlyMap<string, HealField | null>
  /** Fields without which an element cannot be read. */
  readonly required: readonly string[]
}

/** Names of fields that are not read from an element's stored ones, whatever its type. */
const NOT_READ = ['__proto__', 'id', 'type', 'clip', 'text'] as const

/**
 * The same function several times, for types to take turns: engines learn at each place of a program how the few layouts
 * that come by there are copied, and where more than a handful do, they go through the fields of each one by one.
 */
const copiers: readonly ((blank: Element) => Record<string, unknown>)[] = [
  (blank) => ({ ...blank }),
  (blank) => ({ ...blank }),
  (blank) => ({ ...blank }),
  (blank) => ({ ...blank }),
  (blank) => ({ ...blank }),
  (blank) => ({ ...blank }),
]
let plansMade = 0

const nextCopier = (): Plan['copy'] => copiers[plansMade++ % copiers.length] as Plan['copy']

const plans = new WeakMap<ElementKind, Plan>()

const planOf = (kind: ElementKind, heals: ReadonlyMap<string, HealField>): Plan => {
  const known = plans.get(kind)
  if (known) return known
  const made = makePlan(kind, heals)
  plans.set(kind, made)
  return made
}

const makePlan = (kind: ElementKind, own: ReadonlyMap<string, HealField>): Plan => {
  const heals = new Map<string, HealField | null>([
    ...Object.keys(kind.defaults).map((key) => [key, null] as const),
    ...own,
    ...Object.entries(SHARED_HEALS),
    ...NOT_READ.map((key) => [key, null] as const),
  ])
  if (kind.upright) heals.set('rotation', () => SHARED_DEFAULTS.rotation)
  if (kind.type === FRAME_TYPE) heals.set('frame', () => null)
  const defaults: Fields = { ...SHARED_DEFAULTS, ...kind.defaults }
  const fields: Record<string, unknown> = { id: '', type: kind.type }
  for (const key of Object.keys(SHARED_HEALS)) fields[key] = heals.get(key)?.(defaults[key], undefined)
  fields.text = ''
  for (const [key, heal] of own) {
    if (!Object.hasOwn(SHARED_HEALS, key)) fields[key] = heal(defaults[key], defaults[key])
  }
  const isMissing = (key: string): boolean => fields[key] === undefined || key === 'position'
  return {
    blank: compact(fields),
    copy: nextCopier(),
    heals,
    required: Object.keys(fields).filter(isMissing),
  }
}

/**
 * The same fields in an object that copies well. One that is filled field by field becomes a hash table after some, and
 * so would all copies of it, at several times the size; one that is parsed has a place for each. That all places have held
 * null first keeps engines from laying copies out anew when a place that held a whole number gets a fraction.
 */
const compact = (fields: Fields): Element => {
  const nothing = Object.keys(fields).map((key) => [key, null])
  const blank = JSON.parse(JSON.stringify(Object.fromEntries(nothing))) as Record<string, unknown>
  for (const key of Object.keys(fields)) blank[key] = fields[key] ?? null
  return blank as unknown as Element
}

/**
 * The element of these stored fields of a known type, as `parseElement` gives it; null when it must look at them itself,
 * for something in them cannot be read.
 */
export const parseQuickly = (
  id: string,
  fields: Fields,
  text: unknown,
  kind: ElementKind,
): Element | null => {
  if (!kind.heals) return null
  const { blank, copy, heals, required } = planOf(kind, kind.heals)
  for (const key of required) if (!Object.hasOwn(fields, key)) return null
  const element = copy(blank)
  element.id = id as ElementId
  element.text = healString(text, '', MAX_TEXT_LENGTH)
  for (const key of Object.keys(fields)) {
    const heal = heals.get(key)
    if (heal === null) continue
    const value = heal ? heal(fields[key], own(kind.defaults, key)) : plainCopy(fields[key])
    if (value !== undefined && (value !== null || key !== 'position')) element[key] = value
    else if (heal) return null
  }
  return element as unknown as Element
}
