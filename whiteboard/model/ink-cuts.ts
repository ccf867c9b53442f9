import type { Element } from './element.ts'
import { reader, writeUnsigned } from './varints.ts'

/**
 * A part of a stroke, counted in its points: 2.5 is halfway from its third point to its fourth. So it stays the same
 * part whatever becomes of the stroke's place, size and turn.
 */
export type InkInterval = readonly [from: number, to: number]

const CUT_PREFIX = 'cut/'
/** Steps per point. */
const STEPS = 64
const VERSION = 1

/** Fields of cuts on one stroke that are read, in the order of their names. */
const MAX_CUT_FIELDS = 256
/** Bytes of one such field, and intervals of all of them together, that are read. */
const MAX_CUT_BYTES = 16_384
const MAX_INTERVALS = 4_000
/** No stroke is longer, in points. */
const FARTHEST = 1_000_000

/** The field in which this client keeps what it erased of a stroke; what others erase at once stays in theirs. */
export const cutField = (clientId: number): string => CUT_PREFIX + clientId

export const isCutField = (key: string): boolean => key.startsWith(CUT_PREFIX)

/** Intervals in ascending order, those that overlap or touch as one. */
export const uniteIntervals = (intervals: readonly InkInterval[]): InkInterval[] => {
  const united: [number, number][] = []
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = united.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else united.push([from, to])
  }
  return united
}

/** What of `whole` none of `removed` covers; `removed` in ascending order and apart, as `uniteIntervals` gives it. */
export const subtractIntervals = (whole: InkInterval, removed: readonly InkInterval[]): InkInterval[] => {
  const left: InkInterval[] = []
  let [start] = whole
  const [, end] = whole
  for (const [from, to] of removed) {
    if (to <= start) continue
    if (from >= end) break
    if (from > start) left.push([start, from])
    start = to
  }
  if (start < end) left.push([start, end])
  return left
}

/** The readable pairs of a list, as JSON has them. */
export const intervalsFrom = (value: unknown): InkInterval[] => {
  if (!Array.isArray(value)) return []
  return value.slice(0, MAX_INTERVALS).flatMap((entry: unknown): InkInterval[] => {
    const [from, to] = Array.isArray(entry) ? (entry as unknown[]) : []
    const isPair = typeof from === 'number' && typeof to === 'number' && from >= 0 && to > from
    return isPair ? [[from, Math.min(FARTHEST, to)]] : []
  })
}

/** Packs erased parts: a version byte, then for each the gap since the one before and its length, in 64ths of a point. */
export const encodeCuts = (intervals: readonly InkInterval[]): Uint8Array => {
  const bytes: number[] = [VERSION]
  let last = 0
  for (const [from, to] of uniteIntervals(intervals)) {
    const start = Math.max(last, Math.round(Math.max(0, from) * STEPS))
    const end = Math.round(Math.min(FARTHEST, to) * STEPS)
    if (!(end > start)) continue
    writeUnsigned(bytes, start - last)
    writeUnsigned(bytes, end - start)
    last = end
  }
  return Uint8Array.from(bytes)
}

/** The erased parts in packed bytes, ascending; none for anything that is not exactly such bytes. */
export const decodeCuts = (bytes: unknown): InkInterval[] => {
  if (!(bytes instanceof Uint8Array) || bytes.length > MAX_CUT_BYTES) return []
  const read = reader(bytes)
  if (read.byte() !== VERSION) return []
  const intervals: InkInterval[] = []
  let last = 0
  while (!read.done && !read.failed) {
    const start = last + read.unsigned()
    last = start + read.unsigned()
    if (last > FARTHEST * STEPS) return []
    if (last > start) intervals.push([start / STEPS, last / STEPS])
  }
  return read.failed ? [] : intervals
}

const cache = new WeakMap<Element, readonly InkInterval[]>()
const NO_CUTS: readonly InkInterval[] = []

/** Most strokes were never cut: these are told without making anything. */
const cutFieldsOf = (element: Element): string[] | null => {
  let fields: string[] | null = null
  for (const key in element) {
    if (!isCutField(key)) continue
    fields ??= []
    fields.push(key)
  }
  return fields
}

/**
 * All that anybody erased of a stroke: the union of its fields of cuts, ascending. Bounded and never throws, whatever is
 * in them.
 */
export const cutsOf = (element: Element): readonly InkInterval[] => {
  const fields = cutFieldsOf(element)
  if (!fields) return NO_CUTS
  const known = cache.get(element)
  if (known) return known
  const all: InkInterval[] = []
  for (const field of fields.sort().slice(0, MAX_CUT_FIELDS)) {
    if (all.length < MAX_INTERVALS) all.push(...decodeCuts(element[field]))
  }
  const cuts = uniteIntervals(all).slice(0, MAX_INTERVALS)
  cache.set(element, cuts)
  return cuts
}

/** The parts that are left of a stroke of `count` points, ascending. */
export const remainingParts = (cuts: readonly InkInterval[], count: number): InkInterval[] => {
  if (count === 0) return []
  if (count === 1) return cuts.some(([from]) => from === 0) ? [] : [[0, 0]]
  return subtractIntervals([0, count - 1], cuts)
}
