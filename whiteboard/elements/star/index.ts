import type { Vec } from '../../geometry/types.ts'
import { roundedPolygon } from '../shared/outlines.ts'
import { shapeKind } from '../shared/shape.ts'

const POINTS = 5
/** Radius of the inner corners as a part of the outer one: plumper than the pentagram's, to hold text. */
const WAIST = 0.5

const onCircle = (index: number): Vec => {
  const angle = (index / POINTS) * Math.PI - Math.PI / 2
  const radius = index % 2 === 0 ? 1 : WAIST
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}

/** A regular star reaches less far to the sides and down than up: stretched, it fills its box from edge to edge. */
const REACH_X = Math.cos(Math.PI / 10)
const REACH_DOWN = Math.cos(Math.PI / POINTS)

/** Its corners as parts of the box. */
const CORNERS: readonly Vec[] = Array.from({ length: 2 * POINTS }, (_, index): Vec => {
  const [x, y] = onCircle(index)
  return [(x / REACH_X + 1) / 2, (y + 1) / (1 + REACH_DOWN)]
})

export const star = shapeKind({
  type: 'star',
  outline: ([width, height], corner) =>
    roundedPolygon(
      CORNERS.map(([x, y]): Vec => [x * width, y * height]),
      corner ?? 6,
      corner === null ? 0.12 : 0.5,
    ),
  inner: [0.27, 0.35, 0.73, 0.77],
  hasCorners: true,
  flips: true,
})
