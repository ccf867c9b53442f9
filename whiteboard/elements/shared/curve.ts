import type { Vec } from '../../geometry/types.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

/** One cubic piece: start, two control points, end. A straight piece has its control points on the line. */
export type Segment = readonly [Vec, Vec, Vec, Vec]

const FLAT_STEPS = 14

const along = (a: Vec, b: Vec, part: number): Vec => [
  a[0] + (b[0] - a[0]) * part,
  a[1] + (b[1] - a[1]) * part,
]

const straight = (a: Vec, b: Vec): Segment => [a, along(a, b, 1 / 3), along(a, b, 2 / 3), b]

/**
 * A curve through three or more points: Catmull-Rom as cubic pieces, its tangents shortened where neighbouring points
 * lie close, so that it neither loops nor swings out far.
 */
const smooth = (points: readonly Vec[]): readonly Segment[] => {
  const tangents = points.map((point, index): Vec => {
    const before = points[index - 1] ?? point
    const after = points[index + 1] ?? point
    return [(after[0] - before[0]) / 2, (after[1] - before[1]) / 2]
  })
  const pieces: Segment[] = []
  for (let index = 0; index + 1 < points.length; index++) {
    const from = points[index] as Vec
    const to = points[index + 1] as Vec
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    const handle = (tangent: Vec): Vec => {
      const size = Math.hypot(tangent[0], tangent[1])
      const factor = size > 0 ? Math.min(1, length / size) * 0.36 : 0
      return [tangent[0] * factor, tangent[1] * factor]
    }
    const first = handle(tangents[index] as Vec)
    const second = handle(tangents[index + 1] as Vec)
    pieces.push([from, [from[0] + first[0], from[1] + first[1]], [to[0] - second[0], to[1] - second[1]], to])
  }
  return pieces
}

/** The pieces that lead through all points; curved when `round` and there is something to curve. */
export const segmentsThrough = (points: readonly Vec[], round: boolean): readonly Segment[] => {
  if (round && points.length > 2) return smooth(points)
  const pieces: Segment[] = []
  for (let index = 0; index + 1 < points.length; index++) {
    pieces.push(straight(points[index] as Vec, points[index + 1] as Vec))
  }
  return pieces
}

export const pointOn = ([a, b, c, d]: Segment, t: number): Vec => {
  const u = 1 - t
  const weights = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t] as const
  return [
    weights[0] * a[0] + weights[1] * b[0] + weights[2] * c[0] + weights[3] * d[0],
    weights[0] * a[1] + weights[1] * b[1] + weights[2] * c[1] + weights[3] * d[1],
  ]
}

/** The curve as a polyline, for distances and bounds. */
export const flatten = (segments: readonly Segment[], curved: boolean): Vec[] => {
  const first = segments[0]
  if (first === undefined) return []
  const points: Vec[] = [first[0]]
  for (const segment of segments) {
    for (let step = 1; curved && step < FLAT_STEPS; step++) points.push(pointOn(segment, step / FLAT_STEPS))
    points.push(segment[3])
  }
  return points
}

export const segmentsToPath = (segments: readonly Segment[], curved: boolean): Path => {
  const first = segments[0]
  if (first === undefined) return []
  const path: PathCommand[] = [['M', first[0][0], first[0][1]]]
  for (const [, b, c, d] of segments) {
    path.push(curved ? ['C', b[0], b[1], c[0], c[1], d[0], d[1]] : ['L', d[0], d[1]])
  }
  return path
}

export const reversed = (segments: readonly Segment[]): readonly Segment[] =>
  segments.map(([a, b, c, d]): Segment => [d, c, b, a]).reverse()

/** The part of a piece up to `t`, by de Casteljau's construction. */
const upTo = ([a, b, c, d]: Segment, t: number): Segment => {
  const ab = along(a, b, t)
  const bc = along(b, c, t)
  const cd = along(c, d, t)
  const abc = along(ab, bc, t)
  const bcd = along(bc, cd, t)
  return [a, ab, abc, along(abc, bcd, t)]
}

const lengthOf = (segment: Segment): number => {
  let total = 0
  let previous = segment[0]
  for (let step = 1; step <= FLAT_STEPS; step++) {
    const point = pointOn(segment, step / FLAT_STEPS)
    total += Math.hypot(point[0] - previous[0], point[1] - previous[1])
    previous = point
  }
  return total
}

/** The curve without its last `amount` units; at most most of its last piece goes. */
export const withoutEnd = (segments: readonly Segment[], amount: number): readonly Segment[] => {
  const last = segments.at(-1)
  if (last === undefined || amount <= 0) return segments
  const length = lengthOf(last)
  if (length === 0) return segments
  return [...segments.slice(0, -1), upTo(last, Math.max(0.02, 1 - amount / length))]
}

/** The point `distance` units before the end of a polyline; its start when it is shorter. */
export const pointBeforeEnd = (points: readonly Vec[], distance: number): Vec => {
  let rest = distance
  for (let index = points.length - 1; index > 0; index--) {
    const to = points[index] as Vec
    const from = points[index - 1] as Vec
    const length = Math.hypot(to[0] - from[0], to[1] - from[1])
    if (length >= rest && length > 0) return along(to, from, rest / length)
    rest -= length
  }
  return points[0] ?? [0, 0]
}

export const polylineLength = (points: readonly Vec[]): number => {
  let total = 0
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] as Vec
    const to = points[index] as Vec
    total += Math.hypot(to[0] - from[0], to[1] - from[1])
  }
  return total
}
