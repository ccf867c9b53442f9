import { type Box, type Size, type Vec, type WorldPoint, worldPoint } from './types.ts'

export const boxAt = (position: Vec, size: Size): Box => ({
  minX: position[0],
  minY: position[1],
  maxX: position[0] + size[0],
  maxY: position[1] + size[1],
})

/** The box of `size` with its middle at a point. */
export const boxAround = ([x, y]: Vec, [width, height]: Size): Box =>
  boxAt([x - width / 2, y - height / 2], [width, height])

/** The box with these two opposite corners, whichever they are. */
export const boxFromCorners = (a: Vec, b: Vec): Box => ({
  minX: Math.min(a[0], b[0]),
  minY: Math.min(a[1], b[1]),
  maxX: Math.max(a[0], b[0]),
  maxY: Math.max(a[1], b[1]),
})

/** The smallest box round all points, whatever else they carry beside their coordinates; null for none. */
export const boxOfPoints = (points: Iterable<readonly [x: number, y: number, ...unknown[]]>): Box | null => {
  let minX = Infinity
  let minY = Infinity
  let maxX = -Infinity
  let maxY = -Infinity
  for (const [x, y] of points) {
    if (x < minX) minX = x
    if (y < minY) minY = y
    if (x > maxX) maxX = x
    if (y > maxY) maxY = y
  }
  return minX <= maxX ? { minX, minY, maxX, maxY } : null
}

export const boxWidth = (box: Box): number => box.maxX - box.minX

export const boxHeight = (box: Box): number => box.maxY - box.minY

export const boxCenter = (box: Box): WorldPoint =>
  worldPoint((box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2)

/** Clockwise from the top left. */
export const boxCorners = (box: Box): readonly [WorldPoint, WorldPoint, WorldPoint, WorldPoint] => [
  worldPoint(box.minX, box.minY),
  worldPoint(box.maxX, box.minY),
  worldPoint(box.maxX, box.maxY),
  worldPoint(box.minX, box.maxY),
]

export const union = (a: Box, b: Box): Box => ({
  minX: Math.min(a.minX, b.minX),
  minY: Math.min(a.minY, b.minY),
  maxX: Math.max(a.maxX, b.maxX),
  maxY: Math.max(a.maxY, b.maxY),
})

/** The smallest box round all boxes; null for none. */
export const unionAll = (boxes: Iterable<Box>): Box | null => {
  let result: Box | null = null
  for (const box of boxes) result = result === null ? box : union(result, box)
  return result
}

/** Whether they share a point; boxes that only touch do. */
export const intersects = (a: Box, b: Box): boolean =>
  a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY

/** The box that both cover; null if none. */
export const intersection = (a: Box, b: Box): Box | null =>
  intersects(a, b)
    ? {
        minX: Math.max(a.minX, b.minX),
        minY: Math.max(a.minY, b.minY),
        maxX: Math.min(a.maxX, b.maxX),
        maxY: Math.min(a.maxY, b.maxY),
      }
    : null

/** Whether all of `inner` lies in `outer`. */
export const contains = (outer: Box, inner: Box): boolean =>
  outer.minX <= inner.minX && outer.minY <= inner.minY && outer.maxX >= inner.maxX && outer.maxY >= inner.maxY

export const containsPoint = (box: Box, point: Vec): boolean =>
  point[0] >= box.minX && point[0] <= box.maxX && point[1] >= box.minY && point[1] <= box.maxY

/** Larger by `margin` on every side. */
export const expand = (box: Box, margin: number): Box => ({
  minX: box.minX - margin,
  minY: box.minY - margin,
  maxX: box.maxX + margin,
  maxY: box.maxY + margin,
})
