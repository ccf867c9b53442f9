import type { Vec } from '../../geometry/types.ts'
import type { Path, PathCommand } from '../../model/surface.ts'
import { shapeKind } from '../shared/shape.ts'

/** Where its bumps meet, clockwise from the lower left, as parts of the box; large bumps above, flat ones below. */
const DIPS: readonly Vec[] = [
  [0.16, 0.8],
  [0.09, 0.46],
  [0.27, 0.24],
  [0.58, 0.13],
  [0.83, 0.26],
  [0.93, 0.55],
  [0.8, 0.84],
  [0.5, 0.9],
]

/** How far a bump swells, as a part of the distance between its dips. */
const SWELL = 0.62

type Bump = readonly [first: Vec, second: Vec, to: Vec]

const bumps: readonly Bump[] = DIPS.map((from, index): Bump => {
  const to = DIPS[(index + 1) % DIPS.length] ?? from
  const [x, y] = [to[0] - from[0], to[1] - from[1]]
  const out: Vec = [y * SWELL, -x * SWELL]
  return [
    [from[0] + out[0] - x * 0.08, from[1] + out[1] - y * 0.08],
    [to[0] + out[0] + x * 0.08, to[1] + out[1] + y * 0.08],
    to,
  ]
})

/** How far the bumps reach, found along their curves, so that the cloud can fill its box from edge to edge. */
const reach = (() => {
  const xs: number[] = []
  const ys: number[] = []
  bumps.forEach(([first, second, to], index) => {
    const from = DIPS[index] ?? to
    for (let t = 0; t <= 1; t += 0.01) {
      const u = 1 - t
      const at = (axis: 0 | 1): number =>
        u * u * u * from[axis] +
        3 * u * u * t * first[axis] +
        3 * u * t * t * second[axis] +
        t * t * t * to[axis]
      xs.push(at(0))
      ys.push(at(1))
    }
  })
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
})()

const outline = ([width, height]: readonly [number, number]): Path => {
  const place = ([x, y]: Vec): Vec => [
    ((x - reach.left) / (reach.right - reach.left)) * width,
    ((y - reach.top) / (reach.bottom - reach.top)) * height,
  ]
  const start = place(DIPS[0] ?? [0, 0])
  return [
    ['M', ...start],
    ...bumps.map(
      ([first, second, to]): PathCommand => ['C', ...place(first), ...place(second), ...place(to)],
    ),
    ['Z'],
  ]
}

export const cloud = shapeKind({
  type: 'cloud',
  outline,
  inner: [0.17, 0.24, 0.83, 0.8],
  flips: true,
})
