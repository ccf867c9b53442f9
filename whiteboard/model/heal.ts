import { clamp } from '../geometry/clamp.ts'
import {
  type LocalPoint,
  localPoint,
  type Radians,
  type Size,
  type Vec,
  type WorldPoint,
  worldPoint,
} from '../geometry/types.ts'
import { normalizeAngle } from '../geometry/vector.ts'
import type { Color, Element, ElementId, GroupId, OrderKey } from './element.ts'
import { isId } from './identifiers.ts'
import { FIRST_KEY, isOrderKey } from './order.ts'

/**
 * Reading what anybody may have written. Every function here answers with a value of its type for any input at all,
 * and looks at own properties only. Numbers are never NaN, infinite or minus zero.
 */

/** The board ends this many units from its origin; what lies further out is brought to the edge. */
export const COORDINATE_LIMIT = 1_000_000

/** The longest side of an element, in board units. */
export const SIZE_LIMIT = 1_000_000

/** What a side measures whose length cannot be read, in board units. */
const FALLBACK_SIDE = 100

/** Characters of one element's text that are read. */
export const MAX_TEXT_LENGTH = 20_000

/** Corners of one line that are read. */
export const MAX_POINTS = 5_000

/** Groups round one element that are read, innermost first. */
const MAX_GROUPS = 32

/** Levels of arrays and objects inside a field that are read. */
const MAX_DEPTH = 16

/** Values of one field, at all levels together. */
const MAX_VALUES = 50_000

export type Fields = Readonly<Record<string, unknown>>

/** A finite number within bounds; `fallback` for everything that is not one. Infinities count as very large. */
export const healNumber = (value: unknown, fallback: number, min: number, max: number): number => {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback
  return clamp(value, min, max) + 0
}

export const healBoolean = (value: unknown, fallback: boolean): boolean =>
  typeof value === 'boolean' ? value : fallback

/** A string of at most `maxLength` characters; longer ones are cut. */
export const healString = (value: unknown, fallback: string, maxLength: number): string =>
  typeof value === 'string' ? value.slice(0, maxLength) : fallback

/** Characters of a person's name that are shown. */
export const MAX_NAME_LENGTH = 80

/** Line ends, control characters, halves of pairs, and what would turn the direction of the text beside it. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** A person's name: one line that stays within itself. */
export const healName = (value: unknown, fallback: string): string => {
  if (typeof value !== 'string') return fallback
  const line = value
    .slice(0, 4 * MAX_NAME_LENGTH)
    .replace(NOT_IN_NAMES, ' ')
    .trim()
  return line
    .slice(0, MAX_NAME_LENGTH)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()
}

export const healOption = <Option extends string>(
  value: unknown,
  options: readonly Option[],
  fallback: Option,
): Option => options.find((option) => option === value) ?? fallback

/** `#rrggbb` in small letters; nothing else is a colour, so that no style can be smuggled in through one. */
export const healColor = (value: unknown, fallback: Color): Color => {
  if (typeof value !== 'string' || value.length !== 7 || value.charCodeAt(0) !== 35) return fallback
  let isSmall = true
  for (let index = 1; index < 7; index++) {
    const code = value.charCodeAt(index)
    if ((code >= 48 && code <= 57) || (code >= 97 && code <= 102)) continue
    if (code < 65 || code > 70) return fallback
    isSmall = false
  }
  return isSmall ? value : value.toLowerCase()
}

/** Bytes of at most `maxLength`; null for longer ones and everything else. */
export const healBytes = (value: unknown, maxLength: number): Uint8Array | null =>
  value instanceof Uint8Array && value.length <= maxLength ? value : null

/** Whether a number is within bounds as it is, and neither NaN nor minus zero. */
const isWithin = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && value >= min && value <= max && (value !== 0 || 1 / value > 0)

/** Whether this is a pair that needs no healing: then it is taken as it is, which saves a board thousands of copies. */
const isPair = (value: unknown, min: number, max: number): value is Vec =>
  Array.isArray(value) && value.length === 2 && isWithin(value[0], min, max) && isWithin(value[1], min, max)

const isPlace = (value: unknown): value is Vec => isPair(value, -COORDINATE_LIMIT, COORDINATE_LIMIT)

const healCoordinate = (value: unknown): number => healNumber(value, 0, -COORDINATE_LIMIT, COORDINATE_LIMIT)

/** A point of an element's own coordinates; null unless it is a pair of numbers. */
export const healPoint = (value: unknown): LocalPoint | null =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'
    ? localPoint(healCoordinate(value[0]), healCoordinate(value[1]))
    : null

const arePlaces = (values: readonly unknown[]): boolean => {
  for (let index = 0; index < values.length; index++) if (!isPlace(values[index])) return false
  return true
}

/** The readable points among the first `MAX_POINTS`, up to `limit`; empty for what is no array. */
export const healPoints = (value: unknown, limit = MAX_POINTS): readonly LocalPoint[] => {
  if (!Array.isArray(value)) return []
  if (value.length <= limit && arePlaces(value)) return value as LocalPoint[]
  const points: LocalPoint[] = []
  for (const entry of value.slice(0, MAX_POINTS)) {
    const point = healPoint(entry)
    if (point && points.length < limit) points.push(point)
  }
  return points
}

/** Where an element lies; null when nothing says so, for then there is nothing to show. */
export const healPosition = (value: unknown): WorldPoint | null => {
  if (isPlace(value)) return value as WorldPoint
  return Array.isArray(value) && value.length >= 2
    ? worldPoint(healCoordinate(value[0]), healCoordinate(value[1]))
    : null
}

const healSide = (value: unknown): number =>
  healNumber(typeof value === 'number' ? Math.abs(value) : value, FALLBACK_SIDE, 0, SIZE_LIMIT)

/** Sides that cannot be read get a length that can be seen and taken hold of. */
const healSize = (value: unknown): Size => {
  if (isPair(value, 0, SIZE_LIMIT)) return value
  return Array.isArray(value) && value.length >= 2
    ? [healSide(value[0]), healSide(value[1])]
    : [FALLBACK_SIDE, FALLBACK_SIDE]
}

/** Longest address that a link may have, in characters. */
const MAX_LINK_LENGTH = 2048

/** A whole address of http, https or mailto; null for everything else, so that no link can run anything. */
export const healLink = (value: unknown): string | null => {
  if (typeof value !== 'string' || value.length > MAX_LINK_LENGTH) return null
  if (!/^(?:https?:\/\/|mailto:)[^\s\\]+$/i.test(value) || !URL.canParse(value)) return null
  return value
}

/** From 0 up to a full turn. */
const healRotation = (value: unknown): Radians =>
  typeof value === 'number' && Number.isFinite(value) ? normalizeAngle(value) : (0 as Radians)

/** An id of an element, that may be gone; null for what is none. */
export const healId = (value: unknown): ElementId | null => (isId(value) ? (value as ElementId) : null)

export const healOrder = (value: unknown): OrderKey => (isOrderKey(value) ? value : FIRST_KEY)

const healGroups = (value: unknown): readonly GroupId[] => {
  if (!Array.isArray(value) || value.length === 0) return NO_GROUPS
  const groups = new Set<GroupId>()
  for (const entry of value.slice(0, MAX_GROUPS)) if (isId(entry)) groups.add(entry as GroupId)
  return [...groups]
}

const NO_GROUPS: readonly GroupId[] = []

/** The fields that every element has, except `id`, `type` and `text`. */
export type SharedFields = Pick<
  Element,
  'position' | 'size' | 'rotation' | 'order' | 'groups' | 'locked' | 'opacity' | 'frame' | 'link'
>

/** Names of fields that belong to all types: no type's own field has one of these names. */
export const SHARED_KEYS: ReadonlySet<string> = new Set([
  'id',
  'type',
  'position',
  'size',
  'rotation',
  'order',
  'groups',
  'locked',
  'opacity',
  'frame',
  'link',
  'clip',
  'text',
])

/** What shared fields are when they are not stored. Part of the document format: these never change. */
export const SHARED_DEFAULTS = {
  rotation: 0,
  groups: NO_GROUPS,
  locked: false,
  opacity: 1,
  frame: null,
  link: null,
} as const

/** How each of them is read; only a position may be null. */
export const SHARED_HEALS = {
  position: healPosition,
  size: healSize,
  rotation: healRotation,
  order: healOrder,
  groups: healGroups,
  locked: (value: unknown) => healBoolean(value, false),
  opacity: (value: unknown) => healNumber(value, 1, 0, 1),
  frame: healId,
  link: healLink,
} as const satisfies { [Key in keyof SharedFields]: (value: unknown) => SharedFields[Key] | null }

/** Reads the shared fields; null without a position. */
export const parseShared = (fields: Fields): SharedFields | null => {
  const position = healPosition(own(fields, 'position'))
  if (position === null) return null
  return {
    position,
    size: healSize(own(fields, 'size')),
    rotation: healRotation(own(fields, 'rotation')),
    order: healOrder(own(fields, 'order')),
    groups: healGroups(own(fields, 'groups')),
    locked: SHARED_HEALS.locked(own(fields, 'locked')),
    opacity: SHARED_HEALS.opacity(own(fields, 'opacity')),
    frame: healId(own(fields, 'frame')),
    link: healLink(own(fields, 'link')),
  }
}

/** An own property, never one that every object inherits. */
export const own = (fields: Fields, key: string): unknown =>
  Object.hasOwn(fields, key) ? fields[key] : undefined

/** Whether this is an object of plain data: no array, no bytes, no instance of a class. */
export const isPlainObject = (value: unknown): value is Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return !isInstance(value)
}

/** A key `__proto__` in decoded data can give an object any prototype, but not one with a constructor of its own class. */
const isInstance = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return false
  return (
    typeof (prototype as Fields).constructor === 'function' && (prototype as Fields).constructor !== Object
  )
}

/**
 * A copy of `value` made of plain data only (null, booleans, finite numbers, strings, bytes, arrays, objects), which
 * can be stored, sent and turned into JSON. What is none of these, or too deep, is left out (null in arrays); undefined
 * if nothing is left or it is too much.
 */
export const plainCopy = (value: unknown): unknown => {
  const budget = { values: MAX_VALUES }
  const copy = copyValue(value, MAX_DEPTH, budget)
  return budget.values < 0 ? undefined : copy
}

const copyValue = (value: unknown, depth: number, budget: { values: number }): unknown => {
  budget.values -= 1
  if (budget.values < 0) return undefined
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : undefined
  if (value instanceof Uint8Array) return value
  if (depth === 0) return undefined
  if (Array.isArray(value)) return value.map((entry) => copyValue(entry, depth - 1, budget) ?? null)
  if (!isPlainObject(value)) return undefined
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const entry = key === '__proto__' ? undefined : copyValue(value[key], depth - 1, budget)
    if (entry !== undefined) copy[key] = entry
  }
  return copy
}

/** Whether two plain values are the same, however they are nested. */
export const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Uint8Array || b instanceof Uint8Array) {
    return a instanceof Uint8Array && b instanceof Uint8Array && isEqualList(a, b)
  }
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && isEqualList(a, b)
  const left = a as Fields
  const right = b as Fields
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
}

const isEqualList = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean => {
  if (a.length !== b.length) return false
  for (let index = 0; index < a.length; index++) if (!isEqual(a[index], b[index])) return false
  return true
}
