import { isOrderKey, keysBetween } from '../../model/order.ts'
import type { Foreign } from './types.ts'

/**
 * Gives the objects in `fresh` an index between their neighbours, and a new one to those whose index no longer fits the
 * sequence; as few as possible. Others that came in without a sound index keep what they had.
 */
export const withIndices = (
  elements: readonly Foreign[],
  fresh: ReadonlySet<Foreign>,
): readonly Foreign[] => {
  const keys = soundKeys(elements, fresh)
  const staying = longestRising(keys)
  const needsKey = elements.map(
    (element, at) => fresh.has(element) || (keys[at] !== null && !staying.has(at)),
  )
  const result: Foreign[] = []
  let low: string | null = null
  for (let start = 0; start < elements.length; ) {
    let end = start
    while (needsKey[end]) end++
    const high = nextKey(keys, staying, end)
    const made = keysBetween(low, high !== null && (low === null || low < high) ? high : null, end - start)
    for (const [offset, index] of made.entries()) result.push({ ...elements[start + offset], index })
    low = made.at(-1) ?? low
    const kept = elements[end]
    if (kept) result.push(kept)
    if (staying.has(end)) low = keys[end] ?? low
    start = end + 1
  }
  return result
}

/** Whether those that have a sound index have them in this sequence, none twice. */
export const areRising = (elements: readonly Foreign[]): boolean => {
  const keys = elements.map(({ index }) => index).filter(isOrderKey)
  return keys.every((key, at) => at === 0 || String(keys[at - 1]) < key)
}

/** Puts objects in between others, which are rising but for the fresh ones, where their own index belongs. */
export const insertedByIndex = (
  others: readonly Foreign[],
  inserted: readonly Foreign[],
  fresh: ReadonlySet<Foreign>,
): readonly Foreign[] => {
  const waiting = [...inserted].sort((a, b) => (String(a.index) < String(b.index) ? -1 : 1))
  const result: Foreign[] = []
  let next = 0
  for (const other of others) {
    const isFixed = isOrderKey(other.index) && !fresh.has(other)
    for (let first = waiting[next]; isFixed && first; first = waiting[next]) {
      if (String(first.index) >= String(other.index)) break
      result.push(first)
      next++
    }
    result.push(other)
  }
  return [...result, ...waiting.slice(next)]
}

const soundKeys = (elements: readonly Foreign[], fresh: ReadonlySet<Foreign>): readonly (string | null)[] =>
  elements.map((element) => (isOrderKey(element.index) && !fresh.has(element) ? element.index : null))

const nextKey = (
  keys: readonly (string | null)[],
  staying: ReadonlySet<number>,
  from: number,
): string | null => {
  for (let at = from; at < keys.length; at++) if (staying.has(at)) return keys[at] ?? null
  return null
}

/** The places of a longest sequence of keys of which none is below the one before (patience sorting). */
const longestRising = (keys: readonly (string | null)[]): ReadonlySet<number> => {
  const tails: number[] = []
  const before = new Map<number, number | undefined>()
  const keyAt = (place: number | undefined): string => (place === undefined ? '' : (keys[place] ?? ''))
  keys.forEach((key, place) => {
    if (key === null) return
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (keyAt(tails[middle]) <= key) low = middle + 1
      else high = middle
    }
    before.set(place, tails[low - 1])
    tails[low] = place
  })
  const staying = new Set<number>()
  for (let place = tails.at(-1); place !== undefined; place = before.get(place)) staying.add(place)
  return staying
}
