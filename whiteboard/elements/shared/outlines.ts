import { distanceToPolyline, distanceToSegment, isInsidePolygon } from '../../geometry/distance.ts'
import type { Size, Vec } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import type { Path, PathCommand } from '../../model/surface.ts'
import { pointOn } from './curve.ts'

/** How far a cubic curve's control points lie along the tangent to draw a quarter of a circle. */
const QUARTER = 0.5522847498

/** A box from the origin with rounded corners, clockwise. */
export const roundedBox = ([width, height]: Size, radius: number): Path => {
  const r = Math.min(radius, width / 2, height / 2)
  const k = r * (1 - QUARTER)
  return [
    ['M', r, 0],
    ['L', width - r, 0],
    ['C', width - k, 0, width, k, width, r],
    ['L', width, height - r],
    ['C', width, height - k, width - k, height, width - r, height],
    ['L', r, height],
    ['C', k, height, 0, height - k, 0, height - r],
    ['L', 0, r],
    ['C', 0, k, k, 0, r, 0],
    ['Z'],
  ]
}

/** The box itself, whatever its corners are. */
export const boxPath = ([width, height]: Size): Path => [
  ['M', 0, 0],
  ['L', width, 0],
  ['L', width, height],
  ['L', 0, height],
  ['Z'],
]

export const ellipse = ([width, height]: Size): Path => {
  const x = width / 2
  const y = height / 2
  const kx = x * QUARTER
  const ky = y * QUARTER
  return [
    ['M', x, 0],
    ['C', x + kx, 0, width, y - ky, width, y],
    ['C', width, y + ky, x + kx, height, x, height],
    ['C', x - kx, height, 0, y + ky, 0, y],
    ['C', 0, y - ky, x - kx, 0, x, 0],
    ['Z'],
  ]
}

/**
 * A closed line through corners, each rounded from `radius` units before it to as many after it, but at most over `most`
 * of the shorter of its sides. (At right angles that is the radius; sharper corners get a smaller one.)
 */
export const roundedPolygon = (corners: readonly Vec[], radius: number, most = 0.5): Path => {
  const path: PathCommand[] = []
  corners.forEach((corner, index) => {
    const before = corners.at(index - 1) ?? corner
    const after = corners[(index + 1) % corners.length] ?? corner
    const sides = [distance(before, corner), distance(corner, after)] as const
    const cut = Math.min(radius, most * Math.min(...sides))
    const letter = index === 0 ? 'M' : 'L'
    if (!(cut > 0)) {
      path.push([letter, ...corner])
      return
    }
    path.push([letter, ...interpolate(corner, before, cut / sides[0])])
    path.push(['Q', ...corner, ...interpolate(corner, after, cut / sides[1])])
  })
  path.push(['Z'])
  return path
}

export const circle = (x: number, y: number, radius: number): Path => {
  const k = radius * QUARTER
  return [
    ['M', x, y - radius],
    ['C', x + k, y - radius, x + radius, y - k, x + radius, y],
    ['C', x + radius, y + k, x + k, y + radius, x, y + radius],
    ['C', x - k, y + radius, x - radius, y + k, x - radius, y],
    ['C', x - radius, y - k, x - k, y - radius, x, y - radius],
    ['Z'],
  ]
}

/** The upper or lower half of an ellipse round `[x, y]`, as the end of a path that has come to its left or right end. */
export const halfEllipse = (x: number, y: number, radiusX: number, radiusY: number): PathCommand[] => {
  const kx = radiusX * QUARTER
  const ky = radiusY * QUARTER
  return [
    ['C', x - radiusX, y - ky, x - kx, y - radiusY, x, y - radiusY],
    ['C', x + kx, y - radiusY, x + radiusX, y - ky, x + radiusX, y],
  ]
}

/** A path turned over in its box. */
export const flippedPath = (path: Path, [width, height]: Size, flipX: boolean, flipY: boolean): Path => {
  if (!flipX && !flipY) return path
  return path.map((command): PathCommand => {
    const [letter, ...values] = command
    const turned = values.map((value, index) => {
      const isX = index % 2 === 0
      if (isX) return flipX ? width - value : value
      return flipY ? height - value : value
    })
    return [letter, ...turned] as unknown as PathCommand
  })
}

/** Pieces that a curve of this length is cut into: so many that none is off by more than a fraction of a unit. */
const stepsFor = (length: number): number => Math.min(64, Math.max(3, Math.ceil(Math.sqrt(length) * 0.9)))

const flattened = (from: Vec, first: Vec, second: Vec, to: Vec): Vec[] => {
  const steps = stepsFor(distance(from, first) + distance(first, second) + distance(second, to))
  return Array.from({ length: steps }, (_, step) => pointOn([from, first, second, to], (step + 1) / steps))
}

/** Whether a point in an element's own coordinates is on its box, or within `tolerance` of it. */
export const hitsBox = ([width, height]: Size, [x, y]: Vec, tolerance: number): boolean =>
  x >= -tolerance && y >= -tolerance && x <= width + tolerance && y <= height + tolerance

/** A closed path of one line as a polygon; its curves are cut finely. */
export const polygonOf = (path: Path): readonly Vec[] => {
  const points: Vec[] = []
  let at: Vec = [0, 0]
  for (const command of path) {
    if (command[0] === 'Z') continue
    const to: Vec = [command.at(-2) as number, command.at(-1) as number]
    if (command[0] === 'C') {
      points.push(...flattened(at, [command[1], command[2]], [command[3], command[4]], to))
    } else if (command[0] === 'Q') {
      const control: Vec = [command[1], command[2]]
      points.push(...flattened(at, interpolate(at, control, 2 / 3), interpolate(to, control, 2 / 3), to))
    } else points.push(to)
    at = to
  }
  return points
}

/** How far a point is from a closed outline, in board units; negative inside. */
export const distanceToOutline = (point: Vec, outline: readonly Vec[]): number => {
  const [first] = outline
  const last = outline.at(-1)
  const nearest =
    first && last
      ? Math.min(distanceToPolyline(point, outline), distanceToSegment(point, last, first))
      : Number.POSITIVE_INFINITY
  return isInsidePolygon(point, outline) ? -nearest : nearest
}
