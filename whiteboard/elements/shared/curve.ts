import type { Box, Vec } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

/** One cubic piece: start, two control points, end. A straight piece has its control points on the line. */
export type Segment = readonly [Vec, Vec, Vec, Vec]

const FLAT_STEPS = 14

export const straight = (a: Vec, b: Vec): Segment => [
  a,
  interpolate(a, b, 1 / 3),
  interpolate(a, b, 2 / 3),
  b,
]

/** Board units by which a piece may bend and still be drawn as a straight one. */
const STRAIGHT_WITHIN = 0.01

const isStraight = ([a, b, c, d]: Segment): boolean => {
  const length = distance(a, d)
  const off = (point: Vec): number =>
    Math.abs((d[0] - a[0]) * (point[1] - a[1]) - (d[1] - a[1]) * (point[0] - a[0]))
  return Math.max(off(b), off(c)) <= STRAIGHT_WITHIN * Math.max(length, STRAIGHT_WITHIN)
}

/**
 * A curve through three or more points: Catmull-Rom as cubic pieces, its tangents shortened where neighbouring points
 * lie close, so that it neither loops nor swings out far.
 */
export const smooth = (points: readonly Vec[], closed = false): readonly Segment[] => {
  const count = points.length
  const at = (index: number): Vec | undefined => points[closed ? (index + count) % count : index]
  const tangents = points.map((point, index): Vec => {
    const before = at(index - 1) ?? point
    const after = at(index + 1) ?? point
    return [(after[0] - before[0]) / 2, (after[1] - before[1]) / 2]
  })
  const pieces: Segment[] = []
  for (let index = 0; index < (closed ? count : count - 1); index++) {
    const from = points[index] as Vec
    const to = points[(index + 1) % count] as Vec
    const length = distance(from, to)
    const handle = (tangent: Vec): Vec => {
      const size = Math.hypot(tangent[0], tangent[1])
      const factor = size > 0 ? Math.min(1, length / size) * 0.36 : 0
      return [tangent[0] * factor, tangent[1] * factor]
    }
    const first = handle(tangents[index] as Vec)
    const second = handle(tangents[(index + 1) % count] as Vec)
    pieces.push([from, [from[0] + first[0], from[1] + first[1]], [to[0] - second[0], to[1] - second[1]], to])
  }
  return pieces
}

/** Straight pieces through all points, back to the first when closed, their corners rounded by up to `radius`. */
export const polyline = (points: readonly Vec[], radius: number, closed = false): readonly Segment[] => {
  const [first, second] = points
  if (!first || !second) return []
  const ring = closed ? [...points, first] : points
  const turns = ring.map((corner, index) => {
    const after = ring[index + 1] ?? (closed ? second : undefined)
    const before = ring[index - 1]
    return before && after && radius > 0 ? rounded(before, corner, after, radius) : null
  })
  const pieces: Segment[] = []
  let from = turns.at(-1)?.[3] ?? first
  for (let index = 1; index < ring.length; index++) {
    const turn = turns[index]
    pieces.push(straight(from, turn?.[0] ?? (ring[index] as Vec)))
    if (turn) pieces.push(turn)
    from = turn?.[3] ?? (ring[index] as Vec)
  }
  return pieces
}

const rounded = (before: Vec, corner: Vec, after: Vec, radius: number): Segment | null => {
  const [arriving, leaving] = [distance(before, corner), distance(corner, after)]
  const reach = Math.min(radius, arriving / 2, leaving / 2)
  if (reach < STRAIGHT_WITHIN) return null
  const start = interpolate(corner, before, reach / arriving)
  const end = interpolate(corner, after, reach / leaving)
  return [start, interpolate(start, corner, 0.55), interpolate(end, corner, 0.55), end]
}

const alongAxis = ([a, b, c, d]: Segment, axis: 0 | 1, t: number): number => {
  const u = 1 - t
  return u * u * u * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t * t * t * d[axis]
}

export const pointOn = (segment: Segment, t: number): Vec => [
  alongAxis(segment, 0, t),
  alongAxis(segment, 1, t),
]

/** The curve as a polyline, for distances and bounds. */
export const flatten = (segments: readonly Segment[]): Vec[] => {
  const first = segments[0]
  if (first === undefined) return []
  const points: Vec[] = [first[0]]
  for (const segment of segments) {
    const steps = isStraight(segment) ? 1 : FLAT_STEPS
    for (let step = 1; step < steps; step++) points.push(pointOn(segment, step / steps))
    points.push(segment[3])
  }
  return points
}

/** The box of the same polyline, without making it. */
export const boxOfSegments = (segments: readonly Segment[]): Box | null => {
  const [first] = segments
  if (!first) return null
  let [minX, minY] = first[0]
  let [maxX, maxY] = first[0]
  const take = (x: number, y: number): void => {
    minX = Math.min(minX, x)
    minY = Math.min(minY, y)
    maxX = Math.max(maxX, x)
    maxY = Math.max(maxY, y)
  }
  for (const segment of segments) {
    const steps = isStraight(segment) ? 1 : FLAT_STEPS
    for (let step = 1; step < steps; step++) {
      take(alongAxis(segment, 0, step / steps), alongAxis(segment, 1, step / steps))
    }
    take(segment[3][0], segment[3][1])
  }
  return { minX, minY, maxX, maxY }
}

export const segmentsToPath = (segments: readonly Segment[], closed = false): Path => {
  const first = segments[0]
  if (first === undefined) return []
  const path: PathCommand[] = [['M', first[0][0], first[0][1]]]
  for (const segment of segments) {
    const [, b, c, d] = segment
    path.push(isStraight(segment) ? ['L', d[0], d[1]] : ['C', b[0], b[1], c[0], c[1], d[0], d[1]])
  }
  if (closed) path.push(['Z'])
  return path
}

/** Both parts of a piece, by de Casteljau's construction. */
const split = ([a, b, c, d]: Segment, t: number): readonly [Segment, Segment] => {
  const ab = interpolate(a, b, t)
  const bc = interpolate(b, c, t)
  const cd = interpolate(c, d, t)
  const abc = interpolate(ab, bc, t)
  const bcd = interpolate(bc, cd, t)
  const middle = interpolate(abc, bcd, t)
  return [
    [a, ab, abc, middle],
    [middle, bcd, cd, d],
  ]
}

const lengthOf = (segment: Segment): number => {
  if (isStraight(segment)) return distance(segment[0], segment[3])
  let total = 0
  let previous = segment[0]
  for (let step = 1; step <= FLAT_STEPS; step++) {
    const point = pointOn(segment, step / FLAT_STEPS)
    total += distance(previous, point)
    previous = point
  }
  return total
}

/** The part of a piece at which so much of its length lies behind. */
const partAt = (segment: Segment, length: number): number => {
  let rest = length
  let previous = segment[0]
  for (let step = 1; step <= FLAT_STEPS; step++) {
    const point = pointOn(segment, step / FLAT_STEPS)
    const travelled = distance(previous, point)
    if (rest <= travelled) return (step - 1 + (travelled > 0 ? rest / travelled : 0)) / FLAT_STEPS
    rest -= travelled
    previous = point
  }
  return 1
}

/** The first `length` units of a curve, and the rest of it. */
export const cutAt = (
  segments: readonly Segment[],
  length: number,
): readonly [readonly Segment[], readonly Segment[]] => {
  if (length <= 0) return [[], segments]
  let rest = length
  for (let index = 0; index < segments.length; index++) {
    const segment = segments[index] as Segment
    const own = lengthOf(segment)
    if (rest < own) {
      const [before, after] = split(segment, partAt(segment, rest))
      return [
        [...segments.slice(0, index), before],
        [after, ...segments.slice(index + 1)],
      ]
    }
    rest -= own
  }
  return [segments, []]
}

export const lengthOfAll = (segments: readonly Segment[]): number =>
  segments.reduce((total, segment) => total + lengthOf(segment), 0)

/** What of a line stays at least when its ends are cut off, as a part of its length. */
const LEAST = 0.04

/** The curve without so many units at its start and its end; something of it always stays. */
export const withoutEnds = (
  segments: readonly Segment[],
  atStart: number,
  atEnd: number,
): readonly Segment[] => {
  if (atStart <= 0 && atEnd <= 0) return segments
  const total = lengthOfAll(segments)
  const fit = Math.min(1, (total * (1 - LEAST)) / Math.max(atStart + atEnd, Number.MIN_VALUE))
  const [ended] = cutAt(segments, total - atEnd * fit)
  return cutAt(ended, atStart * fit)[1]
}

/** The point `along` units from the start of a polyline; its end when it is shorter. */
export const pointAlong = (points: readonly Vec[], along: number): Vec => {
  let rest = along
  for (let index = 1; index < points.length; index++) {
    const from = points[index - 1] as Vec
    const to = points[index] as Vec
    const length = distance(from, to)
    if (length >= rest && length > 0) return interpolate(from, to, rest / length)
    rest -= length
  }
  return points.at(-1) ?? [0, 0]
}

export const polylineLength = (points: readonly Vec[]): number => {
  let total = 0
  for (let index = 1; index < points.length; index++) {
    total += distance(points[index - 1] as Vec, points[index] as Vec)
  }
  return total
}
