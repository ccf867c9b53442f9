import { hashText } from '../../model/hash.ts'
import { isPlainObject } from '../../model/heal.ts'
import type { Foreign } from './types.ts'

/** Levels of arrays and objects in an element that are read: its own fields and `customData` need a handful. */
const MAX_DEPTH = 64

export class TooDeep extends Error {}

/**
 * A copy of parsed JSON that is safe to keep: no key `__proto__` at any level. Throws `TooDeep` for what is nested beyond
 * all use, before anything that walks it recursively can overflow.
 */
export const safeCopy = (value: unknown, depth = MAX_DEPTH): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) throw new TooDeep()
  if (Array.isArray(value)) return value.map((entry) => safeCopy(entry, depth - 1))
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    if (key !== '__proto__') copy[key] = safeCopy((value as Foreign)[key], depth - 1)
  }
  return copy
}

export const finite = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : fallback

export const stringOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const recordOf = (value: unknown): Foreign => (isPlainObject(value) ? value : {})

/** A whole number from 1 to 2^31 that is always the same for an id: seeds and nonces of what was made here. */
export const numberFrom = (id: string): number => (hashText(id) >>> 1) + 1
