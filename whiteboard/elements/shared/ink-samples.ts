import type { Vec } from '../../geometry/types.ts'
import type { InkPoint } from '../../model/ink.ts'

/** A point of a stroke or between its points, and its place among them. */
export type Sample = readonly [x: number, y: number, pressure: number, at: number]

/** Cosine of the turn from which on a corner is meant and stays sharp. */
const SHARP = 0.3
const MOST_BETWEEN = 200
/** Points that are put between those of a whole stroke, and corners that are given weight: far more than a hand makes. */
const MOST_ADDED = 20_000
const MOST_WEIGHTED = 2_000
/** How often a sharp corner is given to the outline, whose smoothing lags behind the pen and would lean out beyond it. */
const CORNER_WEIGHT = 4

const NOWHERE: Vec = [0, 0]

/** Which way the pen goes at a point: along its neighbours, nowhere in a sharp corner and at the ends. */
const directionAt = (before: InkPoint | undefined, at: InkPoint, after: InkPoint | undefined): Vec => {
  if (before === undefined || after === undefined) return NOWHERE
  const [inX, inY] = [at[0] - before[0], at[1] - before[1]]
  const [outX, outY] = [after[0] - at[0], after[1] - at[1]]
  const lengths = Math.hypot(inX, inY) * Math.hypot(outX, outY)
  if (lengths === 0 || (inX * outX + inY * outY) / lengths < SHARP) return NOWHERE
  const [x, y] = [after[0] - before[0], after[1] - before[1]]
  const length = Math.hypot(x, y)
  return [x / length, y / length]
}

const lengthAlong = (points: readonly InkPoint[]): number =>
  points.reduce((length, [x, y], index) => {
    const [fromX, fromY] = points[index - 1] ?? [x, y]
    return length + Math.hypot(x - fromX, y - fromY)
  }, 0)

/**
 * The same line with points close enough for the outline: a quick hand leaves them far apart, and smoothing would cut
 * the corners between them. Hermite curves, so the line passes through every point that was drawn. Bounded, however long
 * the line is.
 *
 * @param wished units between points; more where so close ones would be too many
 */
export const sampled = (points: readonly InkPoint[], wished: number): Sample[] => {
  const result: Sample[] = []
  const step = Math.max(wished, lengthAlong(points) / MOST_ADDED)
  let corners = 0
  const directions = points.map((point, index) => directionAt(points[index - 1], point, points[index + 1]))
  points.forEach((to, index) => {
    const from = points[index - 1]
    if (from !== undefined) {
      const length = Math.hypot(to[0] - from[0], to[1] - from[1])
      const count = Math.min(MOST_BETWEEN, Math.floor(length / step))
      const start = directions[index - 1] ?? NOWHERE
      const end = directions[index] ?? NOWHERE
      for (let number = 1; number < count; number++) {
        const t = number / count
        const bend1 = t * (1 - t) * (1 - t) * length
        const bend2 = -t * t * (1 - t) * length
        const ease = t * t * (3 - 2 * t)
        const between = (axis: 0 | 1) =>
          from[axis] + (to[axis] - from[axis]) * ease + start[axis] * bend1 + end[axis] * bend2
        result.push([between(0), between(1), from[2] + (to[2] - from[2]) * t, index - 1 + t])
      }
    }
    const isCorner = index > 0 && index < points.length - 1 && directions[index] === NOWHERE
    if (isCorner) corners++
    for (let times = isCorner && corners <= MOST_WEIGHTED ? CORNER_WEIGHT : 1; times > 0; times--)
      result.push([to[0], to[1], to[2], index])
  })
  return result
}
