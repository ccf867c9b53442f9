import { type Box, worldPoint } from '../../../geometry/types.ts'
import type { Guide } from '../../hints.ts'
import { type Axis, across, high, low, SAME } from './lines.ts'

/** Whether both lie in one row (or column): a gap between them can be seen. */
const beside = (one: Box, other: Box, axis: Axis): boolean => {
  const cross = across(axis)
  return low(one, cross) < high(other, cross) - SAME && low(other, cross) < high(one, cross) - SAME
}

/** The others in the row of `box`, from its beginning on. */
const rowOf = (box: Box, others: readonly Box[], axis: Axis): readonly Box[] =>
  others
    .filter((other) => beside(box, other, axis))
    .sort((a, b) => low(a, axis) - low(b, axis) || high(a, axis) - high(b, axis))

interface Gap {
  readonly before: Box
  readonly after: Box
  readonly length: number
}

/** Gaps between those in a row that follow each other without touching. */
const gapsOf = (row: readonly Box[], axis: Axis): readonly Gap[] => {
  const gaps: Gap[] = []
  let last: Box | undefined
  for (const box of row) {
    const length = last ? low(box, axis) - high(last, axis) : 0
    if (last && length > SAME) gaps.push({ before: last, after: box, length })
    if (!last || high(box, axis) > high(last, axis)) last = box
  }
  return gaps
}

interface Neighbours {
  readonly before: Box | undefined
  readonly after: Box | undefined
}

/** Those nearest to `box` on both sides, as far as its middle tells the sides apart. */
const neighboursOf = (box: Box, row: readonly Box[], axis: Axis): Neighbours => {
  const at = (low(box, axis) + high(box, axis)) / 2
  let before: Box | undefined
  let after: Box | undefined
  for (const other of row) {
    const [from, to] = [low(other, axis), high(other, axis)]
    if (to <= at && (!before || to > high(before, axis))) before = other
    if (from >= at && (!after || from < low(after, axis))) after = other
  }
  return { before, after }
}

/**
 * How far `box` is from places with equal distances: in the middle between its neighbours, or as far from one of them as
 * two others in the row are from each other.
 */
export function* gapOffsets(box: Box, others: readonly Box[], axis: Axis): Generator<number> {
  const row = rowOf(box, others, axis)
  const { before, after } = neighboursOf(box, row, axis)
  if (before && after) {
    yield (high(before, axis) + low(after, axis)) / 2 - (low(box, axis) + high(box, axis)) / 2
  }
  for (const { length } of gapsOf(row, axis)) {
    if (before) yield high(before, axis) + length - low(box, axis)
    if (after) yield low(after, axis) - length - high(box, axis)
  }
}

/** How far a side that is pulled is from making the distance to its neighbour one that is in the row already. */
export function* pulledGapOffsets(
  box: Box,
  others: readonly Box[],
  axis: Axis,
  side: 'low' | 'high',
): Generator<number> {
  const row = rowOf(box, others, axis)
  const { before, after } = neighboursOf(box, row, axis)
  for (const { length } of gapsOf(row, axis)) {
    if (side === 'low' && before) yield high(before, axis) + length - low(box, axis)
    if (side === 'high' && after) yield low(after, axis) - length - high(box, axis)
  }
}

/** A mark in the gap, in the middle of what both have in common across. */
const gapGuide = ({ before, after }: Gap, axis: Axis): Guide => {
  const cross = across(axis)
  const from = Math.max(low(before, cross), low(after, cross))
  const to = Math.min(high(before, cross), high(after, cross))
  const at = (from + to) / 2
  const [start, end] = [high(before, axis), low(after, axis)]
  return {
    from: axis === 0 ? worldPoint(start, at) : worldPoint(at, start),
    to: axis === 0 ? worldPoint(end, at) : worldPoint(at, end),
    kind: 'gap',
  }
}

/** Marks in all gaps of the row that are as long as one beside `box`, where there is more than that one. */
export const gapGuides = (box: Box, others: readonly Box[], axis: Axis): readonly Guide[] => {
  const gaps = gapsOf(
    [...rowOf(box, others, axis), box].sort((a, b) => low(a, axis) - low(b, axis)),
    axis,
  )
  const own = gaps.filter(({ before, after }) => before === box || after === box)
  const isSame = (one: Gap, other: Gap): boolean => Math.abs(one.length - other.length) <= SAME
  return gaps
    .filter((gap) => own.some((other) => isSame(gap, other)))
    .filter((gap) => gaps.some((other) => other !== gap && isSame(gap, other)))
    .map((gap) => gapGuide(gap, axis))
}
