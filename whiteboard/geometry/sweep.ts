import { distanceToSegment } from './distance.ts'
import type { Vec } from './types.ts'
import { interpolate } from './vector.ts'

/** Halvings and thirds after which a place along a segment is known well enough. */
const STEPS = 24

const isFar = (p: Vec, q: Vec, a: Vec, b: Vec, reach: number): boolean =>
  Math.min(p[0], q[0]) > Math.max(a[0], b[0]) + reach ||
  Math.max(p[0], q[0]) < Math.min(a[0], b[0]) - reach ||
  Math.min(p[1], q[1]) > Math.max(a[1], b[1]) + reach ||
  Math.max(p[1], q[1]) < Math.min(a[1], b[1]) - reach

/**
 * The part of the segment from `p` to `q` (0 to 1 along it) that lies within `reach` of the segment from `a` to `b`: what
 * a disc sweeps over on its way. The distance between them has one valley along the segment, so this is one part; null
 * for none.
 */
export const partWithin = (
  p: Vec,
  q: Vec,
  a: Vec,
  b: Vec,
  reach: number,
): readonly [from: number, to: number] | null => {
  if (isFar(p, q, a, b, reach)) return null
  const isWithin = (part: number): boolean => distanceAt(part) <= reach
  const distanceAt = (part: number): number => distanceToSegment(interpolate(p, q, part), a, b)
  const inside = lowest(distanceAt, reach)
  if (!isWithin(inside)) return null
  return [isWithin(0) ? 0 : border(isWithin, inside, 0), isWithin(1) ? 1 : border(isWithin, inside, 1)]
}

/** Where a function with one valley is lowest between 0 and 1, or a place where it is low enough already. */
const lowest = (value: (part: number) => number, enough: number): number => {
  let [from, to] = [0, 1]
  for (let step = 0; step < STEPS; step++) {
    const [one, two] = [from + (to - from) / 3, to - (to - from) / 3]
    const [left, right] = [value(one), value(two)]
    if (left <= enough) return one
    if (right <= enough) return two
    if (left < right) to = two
    else from = one
  }
  return value(0) < value(1) && value(0) <= value((from + to) / 2)
    ? 0
    : value(1) <= enough
      ? 1
      : (from + to) / 2
}

/** The last place on the way from `inside` to `outside` that is within. */
const border = (isWithin: (part: number) => boolean, inside: number, outside: number): number => {
  let [within, beyond] = [inside, outside]
  for (let step = 0; step < STEPS; step++) {
    const middle = (within + beyond) / 2
    if (isWithin(middle)) within = middle
    else beyond = middle
  }
  return within
}
