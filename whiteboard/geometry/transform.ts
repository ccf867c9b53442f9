import { boxAt, boxOfPoints } from './box.ts'
import {
  type Box,
  type LocalPoint,
  localPoint,
  type Radians,
  type Size,
  type WorldPoint,
  worldPoint,
} from './types.ts'
import { rotateAround } from './vector.ts'

/** A box that is turned round its centre: what places an element on the board. */
export interface Placed {
  readonly position: WorldPoint
  readonly size: Size
  readonly rotation: Radians
}

export const centerOf = (placed: Placed): WorldPoint =>
  worldPoint(placed.position[0] + placed.size[0] / 2, placed.position[1] + placed.size[1] / 2)

/** From an element's own coordinates to the board. */
export const elementToWorld = (placed: Placed, point: LocalPoint): WorldPoint => {
  const moved = worldPoint(point[0] + placed.position[0], point[1] + placed.position[1])
  return rotateAround(moved, centerOf(placed), placed.rotation) as WorldPoint
}

/** From the board to an element's own coordinates. */
export const worldToElement = (placed: Placed, point: WorldPoint): LocalPoint => {
  const [x, y] = rotateAround(point, centerOf(placed), -placed.rotation)
  return localPoint(x - placed.position[0], y - placed.position[1])
}

/** The corners of the turned box on the board, clockwise from its own top left. */
export const rotatedCorners = (placed: Placed): readonly [WorldPoint, WorldPoint, WorldPoint, WorldPoint] => {
  const [width, height] = placed.size
  return [
    elementToWorld(placed, localPoint(0, 0)),
    elementToWorld(placed, localPoint(width, 0)),
    elementToWorld(placed, localPoint(width, height)),
    elementToWorld(placed, localPoint(0, height)),
  ]
}

/** The axis-aligned box round a box of `size` at `position` that is turned by `rotation` round its centre. */
export const rotatedBounds = (position: WorldPoint, size: Size, rotation: Radians): Box => {
  const box = boxAt(position, size)
  if (rotation === 0) return box
  return boxOfPoints(rotatedCorners({ position, size, rotation })) ?? box
}

export const boundsOf = (placed: Placed): Box => rotatedBounds(placed.position, placed.size, placed.rotation)
