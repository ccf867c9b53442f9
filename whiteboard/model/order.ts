import { clamp } from '../geometry/clamp.ts'
import type { ElementId, OrderKey } from './element.ts'

/**
 * Fractional order keys: strings that sort by code unit, with always room for another one between two of them.
 *
 * A key is an integer followed by a fraction, both of base 62 digits. The integer's first character says how many
 * digits follow it and whether it is negative ('a' one, 'b' two, ...; 'Z' one, 'Y' two, ... for those below zero), so
 * that putting one element after another on top counts up instead of growing the key. The fraction never ends in '0'.
 * The scheme is the one that David Greenspan describes in "Implementing Fractional Indexing" (2020).
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ZERO = '0'
const LAST = 'z'
const FIRST_INTEGER = 'a0'

/** What an element without a readable key gets. */
export const FIRST_KEY = FIRST_INTEGER as OrderKey

/** Longer keys are not read; plans give new keys to the neighbours before one gets this long. */
export const MAX_KEY_LENGTH = 200

const digitOf = (character: string | undefined): number => (character ? DIGITS.indexOf(character) : 0)
const character = (digit: number): string => DIGITS[digit] ?? LAST

/** How many digits follow this first character; 0 if it cannot be one. */
const integerDigits = (head: string | undefined): number => {
  if (head === undefined) return 0
  if (head >= 'a' && head <= 'z') return head.charCodeAt(0) - 96
  if (head >= 'A' && head <= 'Z') return 91 - head.charCodeAt(0)
  return 0
}

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90)

const areDigits = (key: string): boolean => {
  for (let index = 1; index < key.length; index++) {
    const code = key.charCodeAt(index)
    if (!isLetter(code) && (code < 48 || code > 57)) return false
  }
  return true
}

export const isOrderKey = (value: unknown): value is OrderKey => {
  if (typeof value !== 'string' || value.length < 2 || value.length > MAX_KEY_LENGTH) return false
  if (!isLetter(value.charCodeAt(0)) || !areDigits(value)) return false
  const length = 1 + integerDigits(value[0])
  return value.length === length || (value.length > length && !value.endsWith(ZERO))
}

const integerOf = (key: string): string => key.slice(0, 1 + integerDigits(key[0]))
const fractionOf = (key: string): string => key.slice(1 + integerDigits(key[0]))

/** The next integer; null after the largest. */
const increment = (integer: string): string | null => {
  const digits = integer.slice(1).split('')
  for (let index = digits.length - 1; index >= 0; index--) {
    if (digits[index] !== LAST) {
      digits[index] = character(digitOf(digits[index]) + 1)
      return integer.charAt(0) + digits.join('')
    }
    digits[index] = ZERO
  }
  if (integer.charAt(0) === 'z') return null
  if (integer.charAt(0) === 'Z') return FIRST_INTEGER
  const head = String.fromCharCode(integer.charCodeAt(0) + 1)
  return head + ZERO.repeat(integerDigits(head))
}

/** The integer before; null before the smallest. */
const decrement = (integer: string): string | null => {
  const digits = integer.slice(1).split('')
  for (let index = digits.length - 1; index >= 0; index--) {
    if (digits[index] !== ZERO) {
      digits[index] = character(digitOf(digits[index]) - 1)
      return integer.charAt(0) + digits.join('')
    }
    digits[index] = LAST
  }
  if (integer.charAt(0) === 'A') return null
  if (integer.charAt(0) === 'a') return 'Zz'
  const head = String.fromCharCode(integer.charCodeAt(0) - 1)
  return head + LAST.repeat(integerDigits(head))
}

/** A short fraction strictly between two fractions, `low < high`; `high` null stands for 1. */
const fractionBetween = (low: string, high: string | null): string => {
  let result = ''
  let bounded = high !== null
  for (let index = 0; ; index++) {
    const from = digitOf(low[index])
    const to = bounded && high !== null ? digitOf(high[index]) : DIGITS.length
    if (to - from > 1) return result + character(Math.floor((from + to) / 2))
    result += character(from)
    if (to - from === 1) bounded = false
  }
}

/**
 * A key between two: `a` null means below `b`, `b` null above `a`, both null the first one. Keys that cannot be read
 * count as null; if `a` is not below `b` the answer lies above `a` (`insertionPlan` can make room between equal keys).
 */
export const keyBetween = (a: string | null, b: string | null): OrderKey => {
  const low = isOrderKey(a) ? a : null
  const high = isOrderKey(b) && (low === null || low < b) ? b : null
  if (low === null && high === null) return FIRST_KEY
  if (low === null && high !== null) {
    if (fractionOf(high) !== '') return integerOf(high) as OrderKey
    const before = decrement(high)
    return (before ?? integerOf(high)) as OrderKey
  }
  return keyAbove(low ?? FIRST_KEY, high)
}

const keyAbove = (low: string, high: string | null): OrderKey => {
  const integer = integerOf(low)
  if (high !== null && integerOf(high) === integer) {
    return (integer + fractionBetween(fractionOf(low), fractionOf(high))) as OrderKey
  }
  const next = increment(integer)
  if (next !== null && (high === null || next < high)) return next as OrderKey
  return (integer + fractionBetween(fractionOf(low), null)) as OrderKey
}

/** `count` ascending keys between two, spread so that they stay short. */
export const keysBetween = (a: string | null, b: string | null, count: number): OrderKey[] => {
  if (count <= 0) return []
  if (b === null) return chain(count, a, (previous) => keyBetween(previous, null))
  if (a === null) return chain(count, b, (previous) => keyBetween(null, previous)).reverse()
  const half = Math.floor(count / 2)
  const middle = keyBetween(a, b)
  return [...keysBetween(a, middle, half), middle, ...keysBetween(middle, b, count - half - 1)]
}

const chain = (
  count: number,
  start: string | null,
  next: (previous: string | null) => OrderKey,
): OrderKey[] => {
  const keys: OrderKey[] = []
  let previous = start
  for (let index = 0; index < count; index++) {
    const key = next(previous)
    keys.push(key)
    previous = key
  }
  return keys
}

/** What ordering needs of an element. */
export interface Ordered {
  readonly id: ElementId
  readonly order: OrderKey
}

/** Drawing order: by key, ties by id, both by code unit, so that every copy of a board agrees. */
export const compareOrder = (a: Ordered, b: Ordered): number => {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  if (a.id === b.id) return 0
  return a.id < b.id ? -1 : 1
}

/** A wanted sequence of keys; null where one is needed. */
type Places = readonly (OrderKey | null)[]

/**
 * Keys that put places in the given sequence. Kept keys that leave no room are given up: of equal ones as few as
 * possible; where a key would grow too long, twice as many each time and with room to spare, so that it stays rare.
 */
const keysForSequence = (places: Places): OrderKey[] => {
  const keys = [...places]
  let start = keys.indexOf(null)
  while (start !== -1) {
    const end = fillGap(keys, start)
    start = keys.indexOf(null, end)
  }
  return keys.map((key) => key ?? FIRST_KEY)
}

/** Fills the gap that begins at `gap`, widening it where it must; returns where it ended. */
const fillGap = (keys: (OrderKey | null)[], gap: number): number => {
  let start = gap
  let longest = MAX_KEY_LENGTH
  for (;;) {
    let end = start
    while (end < keys.length && keys[end] === null) end++
    const low = keys[start - 1] ?? null
    const high = keys[end] ?? null
    if (low !== null && high !== null && low >= high) {
      keys[end] = null
      continue
    }
    const fresh = keysBetween(low, high, end - start)
    if (isRoomy(fresh, low, high, longest)) {
      for (const [offset, key] of fresh.entries()) keys[start + offset] = key
      return end
    }
    longest = MAX_KEY_LENGTH / 4
    const more = end - start
    keys.fill(null, end, end + more)
    keys.fill(null, Math.max(0, start - more), start)
    start = Math.max(0, start - more)
  }
}

/** Whether the keys lie between their bounds and are short enough; without any bounds there is nothing to give up. */
const isRoomy = (
  fresh: readonly OrderKey[],
  low: string | null,
  high: string | null,
  longest: number,
): boolean => {
  if (low === null && high === null) return true
  let previous = low
  for (const key of fresh) {
    if (key.length > longest || (previous !== null && key <= previous)) return false
    previous = key
  }
  return high === null || previous === null || previous < high
}

/** Where new elements go, and the keys that others must take to make room for them (none, unless keys were equal). */
export interface InsertionPlan {
  /** Keys for the new elements, ascending. */
  readonly keys: readonly OrderKey[]
  readonly patches: ReadonlyMap<ElementId, { readonly order: OrderKey }>
}

/** Room for `count` new elements before `ordered[index]`, even between equal keys that two people made at once. */
export const insertionPlan = (ordered: readonly Ordered[], index: number, count: number): InsertionPlan => {
  const at = clamp(index, 0, ordered.length)
  const places: (OrderKey | null)[] = ordered.map((element) => element.order)
  const keys = keysForSequence([...places.slice(0, at), ...Array(count).fill(null), ...places.slice(at)])
  const patches = new Map<ElementId, { order: OrderKey }>()
  ordered.forEach((element, position) => {
    const key = keys[position < at ? position : position + count]
    if (key !== undefined && key !== element.order) patches.set(element.id, { order: key })
  })
  return { keys: keys.slice(at, at + count), patches }
}

/** The keys that bring elements into `sequence`, when only `moved` ones should change if that is possible. */
export const sequencePlan = (
  sequence: readonly Ordered[],
  moved: ReadonlySet<ElementId>,
): ReadonlyMap<ElementId, { readonly order: OrderKey }> => {
  const keys = keysForSequence(sequence.map((element) => (moved.has(element.id) ? null : element.order)))
  const patches = new Map<ElementId, { order: OrderKey }>()
  sequence.forEach((element, index) => {
    const key = keys[index]
    if (key !== undefined && key !== element.order) patches.set(element.id, { order: key })
  })
  return patches
}
