import type { Size } from '../../geometry/types.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

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

/** A diamond in a box, its corners rounded by `radius` units along its sides. */
export const roundedDiamond = ([width, height]: Size, radius: number): Path => {
  const corners: readonly (readonly [number, number])[] = [
    [width / 2, 0],
    [width, height / 2],
    [width / 2, height],
    [0, height / 2],
  ]
  const side = Math.hypot(width, height) / 2
  const part = side > 0 ? Math.min(0.3, radius / side) : 0
  const path: PathCommand[] = []
  for (let index = 0; index < 4; index++) {
    const before = corners[(index + 3) % 4] as readonly [number, number]
    const corner = corners[index] as readonly [number, number]
    const after = corners[(index + 1) % 4] as readonly [number, number]
    const startX = corner[0] + (before[0] - corner[0]) * part
    const startY = corner[1] + (before[1] - corner[1]) * part
    const endX = corner[0] + (after[0] - corner[0]) * part
    const endY = corner[1] + (after[1] - corner[1]) * part
    path.push([index === 0 ? 'M' : 'L', startX, startY])
    path.push(['Q', corner[0], corner[1], endX, endY])
  }
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
