import { getStroke } from 'perfect-freehand'
import { boxHeight, boxOfPoints, boxWidth } from '../../geometry/box.ts'
import type { Size, Vec } from '../../geometry/types.ts'
import { decodeInk, type InkPoint } from '../../model/ink.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

/** A stroke as it is drawn: its filled outline and the line in its middle, in the element's coordinates. */
export interface InkShape {
  readonly outline: Path
  readonly middle: readonly Vec[]
  /** The pen's full breadth, in board units. */
  readonly breadth: number
}

interface Cached {
  readonly width: number
  readonly height: number
  readonly strokeWidth: number
  readonly shape: InkShape
}

/** Keyed by the stored bytes: they are shared by all versions of an element that only moves. */
const cache = new WeakMap<Uint8Array, Cached>()

/** A pen of stroke width 1 is this many units broad at full pressure. */
const BREADTH = 2.5
/** Pressure that devices without any report. */
const NO_PRESSURE = 0.5

/** How much thinner a light hand draws. */
const THINNING = 0.55
/** A dot is a little finer than a line drawn slowly, as on paper. */
const DOT = 0.8

const eased = (pressure: number): number => Math.sin((pressure * Math.PI) / 2)

/** Breadth of the pen for a stroke width, in board units. */
export const penBreadth = (strokeWidth: number): number => Math.max(0.5, strokeWidth * BREADTH)

const hasPressure = (points: readonly InkPoint[]): boolean =>
  points.some((point) => Math.abs(point[2] - NO_PRESSURE) > 0.02)

/** The points, scaled so that their extents fill the element's box. */
const fitted = (points: readonly InkPoint[], [width, height]: Size): InkPoint[] => {
  const box = boxOfPoints(points)
  if (!box) return []
  const { minX, minY } = box
  const scaleX = boxWidth(box) > 0.5 ? width / boxWidth(box) : 1
  const scaleY = boxHeight(box) > 0.5 ? height / boxHeight(box) : 1
  return points.map(([x, y, pressure]) => [(x - minX) * scaleX, (y - minY) * scaleY, pressure])
}

/** Breadths of the pen between two points beyond which more are put between them. */
const STEP = 0.8
/** Cosine of the turn from which on a corner is meant and stays sharp. */
const SHARP = 0.3
const MOST_BETWEEN = 200
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

/**
 * The same line with points close enough for the outline: a quick hand leaves them far apart, and smoothing would cut
 * the corners between them. Hermite curves, so the line passes through every point that was drawn.
 */
const filled = (points: readonly InkPoint[], step: number): InkPoint[] => {
  const result: InkPoint[] = []
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
        result.push([between(0), between(1), from[2] + (to[2] - from[2]) * t])
      }
    }
    const isCorner = index > 0 && index < points.length - 1 && directions[index] === NOWHERE
    for (let times = isCorner ? CORNER_WEIGHT : 1; times > 0; times--) result.push(to)
  })
  return result
}

/** A closed curve whose pieces meet in the middles between the given points, which makes its joins smooth. */
const smoothOutline = (points: readonly Vec[]): Path => {
  const first = points[0]
  const second = points[1]
  if (first === undefined || second === undefined) return []
  const path: PathCommand[] = [['M', (first[0] + second[0]) / 2, (first[1] + second[1]) / 2]]
  for (let index = 1; index <= points.length; index++) {
    const at = points[index % points.length] as Vec
    const next = points[(index + 1) % points.length] as Vec
    path.push(['Q', at[0], at[1], (at[0] + next[0]) / 2, (at[1] + next[1]) / 2])
  }
  path.push(['Z'])
  return path
}

/** A tap of the pen. */
const dot = ([x, y]: Vec, radius: number): Path => {
  const corners: Vec[] = []
  for (let step = 0; step < 16; step++) {
    const angle = (step / 16) * 2 * Math.PI
    corners.push([x + Math.cos(angle) * radius, y + Math.sin(angle) * radius])
  }
  return smoothOutline(corners)
}

const makeShape = (ink: Uint8Array, size: Size, strokeWidth: number): InkShape => {
  const points = fitted(decodeInk(ink), size)
  const breadth = penBreadth(strokeWidth)
  const middle = points.map(([x, y]): Vec => [x, y])
  const extent = Math.max(size[0], size[1])
  const first = middle[0]
  if (first !== undefined && (points.length < 3 || extent < 1) && extent < breadth * 0.5) {
    const [, , pressure] = points[0] ?? [0, 0, NO_PRESSURE]
    return { outline: dot(first, breadth * DOT * eased(0.5 - THINNING * (0.5 - pressure))), middle, breadth }
  }
  const outline = getStroke(
    filled(points, Math.max(1, breadth * STEP)).map(([x, y, pressure]) => [x, y, pressure]),
    {
      size: breadth,
      thinning: THINNING,
      smoothing: 0.6,
      streamline: 0.42,
      simulatePressure: !hasPressure(points),
      easing: eased,
      start: { cap: true },
      end: { cap: true },
      last: true,
    },
  )
  return { outline: smoothOutline(outline as readonly Vec[]), middle, breadth }
}

/** The shape of a stroke of packed points, drawn into a box of `size`. */
export const inkShape = (ink: Uint8Array, size: Size, strokeWidth: number): InkShape => {
  const [width, height] = size
  const known = cache.get(ink)
  if (known?.width === width && known.height === height && known.strokeWidth === strokeWidth)
    return known.shape
  const shape = makeShape(ink, size, strokeWidth)
  cache.set(ink, { width, height, strokeWidth, shape })
  return shape
}
