import type { Vec } from '../../geometry/types.ts'
import { direction } from '../../geometry/vector.ts'
import type { ArrowHead, Color } from '../../model/element.ts'
import type { Path, Surface } from '../../model/surface.ts'
import { pointAlong, polylineLength } from './curve.ts'
import { circle } from './outlines.ts'

/** Sizes are parts of a head's length; a head lies along the line, its tip at the line's end. */
interface HeadForm {
  /** How much of the line it covers, so that the line shows neither beyond its tip nor inside of it. */
  readonly cover: number
  /** Filled with the line's colour, by a steady hand: a rough outline would part from its inside. */
  readonly filled?: (place: Place) => Path
  /** Too round and small for an unsteady hand: it would come out square. */
  readonly steady?: true
  /** Drawn with the line's width. */
  readonly lines?: (place: Place) => Path
}

/** Where a head stands: `at(back, aside)` is a place so far behind the tip and to its side. */
interface Place {
  at(back: number, aside: number): Vec
  circle(back: number, radius: number): Path
}

const joined = (...points: readonly Vec[]): Path =>
  points.map(([x, y], index) => [index === 0 ? 'M' : 'L', x, y] as const)

const ring = (...points: readonly Vec[]): Path => [...joined(...points), ['Z']]

const HALF_WING = 0.56
const RADIUS = 0.36
const FOOT = 0.55

const triangle = ({ at }: Place): Path => ring(at(0, 0), at(1, 0.46), at(1, -0.46))
const diamond = ({ at }: Place): Path => ring(at(0, 0), at(0.62, 0.4), at(1.24, 0), at(0.62, -0.4))
const barAt =
  (back: number) =>
  ({ at }: Place): Path =>
    joined(at(back, 0.5), at(back, -0.5))
/** Three toes that stand on the target. */
const foot = ({ at }: Place): Path => [
  ...joined(at(0, FOOT), at(1, 0), at(0, -FOOT)),
  ...joined(at(1, 0), at(0, 0)),
]
/** A ring behind what is nearest to the target, joined to it. */
const ringBehind =
  (sign: (place: Place) => Path, back: number) =>
  (place: Place): Path => [
    ...sign(place),
    ...joined(place.at(back, 0), place.at(0, 0)),
    ...place.circle(back + 0.3, 0.3),
  ]

/** Signs of entity diagrams after G. Everest, "Basic Data Structure Models" (1976). */
const forms: Readonly<Record<Exclude<ArrowHead, 'none'>, HeadForm>> = {
  arrow: { cover: 0, lines: ({ at }) => joined(at(1, HALF_WING), at(0, 0), at(1, -HALF_WING)) },
  triangle: { cover: 0.6, filled: triangle },
  'triangle-outline': { cover: 1, lines: triangle },
  dot: { cover: RADIUS, filled: ({ circle: round }) => round(RADIUS, RADIUS) },
  'circle-outline': { cover: 2 * RADIUS, steady: true, lines: ({ circle: round }) => round(RADIUS, RADIUS) },
  diamond: { cover: 0.6, filled: diamond },
  'diamond-outline': { cover: 1.24, lines: diamond },
  bar: { cover: 0, lines: barAt(0) },
  one: { cover: 0, lines: barAt(0.6) },
  many: { cover: 0.9, lines: foot },
  'one-or-many': { cover: 0.9, lines: (place) => [...foot(place), ...barAt(1.3)(place)] },
  'exactly-one': { cover: 0, lines: (place) => [...barAt(0.5)(place), ...barAt(1)(place)] },
  'zero-or-one': { cover: 1.3, steady: true, lines: ringBehind(barAt(0.4), 0.7) },
  'zero-or-many': { cover: 1.6, steady: true, lines: ringBehind(foot, 1) },
}

/** A head with all its signs is so many times its length at most, and wider than it by so much. */
const LONGEST = 1.7

/** Length of a head on a line of this width, in board units; long lines get all of it, short ones half their length. */
const headLength = (strokeWidth: number, lineLength = Number.POSITIVE_INFINITY): number =>
  Math.min(9 + strokeWidth * 3.2, lineLength / 2)

/** How far from the line a head may reach, in board units. */
export const headReach = (strokeWidth: number): number => headLength(strokeWidth) * 0.6 + strokeWidth / 2

const sizeOf = (head: ArrowHead, strokeWidth: number, lineLength: number): number => {
  const isLong = head !== 'none' && forms[head].cover > 1
  return headLength(strokeWidth, isLong ? lineLength / LONGEST : lineLength)
}

/** How much of a line of this width and length a head covers, in board units. */
export const headCover = (head: ArrowHead, strokeWidth: number, lineLength: number): number =>
  head === 'none' ? 0 : forms[head].cover * sizeOf(head, strokeWidth, lineLength)

export interface HeadInk {
  readonly color: Color
  readonly width: number
  /** What the hand that draws it makes of its lines. */
  readonly drawn: (path: Path) => Path
}

/** Draws a head at the start of a polyline, pointing the way the line arrives there. */
export const paintHead = (surface: Surface, points: readonly Vec[], head: ArrowHead, ink: HeadInk): void => {
  const tip = points[0]
  if (head === 'none' || tip === undefined) return
  const form = forms[head]
  const size = sizeOf(head, ink.width, polylineLength(points))
  if (!(size > 0)) return
  const from = pointAlong(points, size)
  const [x, y] = direction(from, tip)
  const at = (back: number, aside: number): Vec => [
    tip[0] - (x * back + y * aside) * size,
    tip[1] - (y * back - x * aside) * size,
  ]
  const place: Place = { at, circle: (back, radius) => circle(...at(back, 0), radius * size) }
  const filled = form.filled?.(place)
  if (filled) {
    surface.fill(filled, ink.color)
    surface.stroke(filled, { color: ink.color, width: ink.width * 0.7, dash: 'solid' })
  }
  const lines = form.lines?.(place)
  if (!lines) return
  const drawn = form.steady ? lines : ink.drawn(lines)
  surface.stroke(drawn, { color: ink.color, width: ink.width, dash: 'solid' })
}
