import { clamp } from './clamp.ts'
import type { Vec } from './types.ts'
import { distance, interpolate } from './vector.ts'

/** The point of the segment between `a` and `b` that is nearest to `point`. */
export const nearestOnSegment = (point: Vec, a: Vec, b: Vec): Vec => {
  const dx = b[0] - a[0]
  const dy = b[1] - a[1]
  const squared = dx * dx + dy * dy
  const along = squared > 0 ? ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared : 0
  return interpolate(a, b, clamp(along, 0, 1))
}

/** How far `point` is from the segment between `a` and `b`. */
export const distanceToSegment = (point: Vec, a: Vec, b: Vec): number =>
  distance(point, nearestOnSegment(point, a, b))

/** The square of how far a point is from a segment that begins `dx`, `dy` from it and is `width`, `height` long. */
const squareToSegment = (dx: number, dy: number, width: number, height: number): number => {
  const squared = width * width + height * height
  const along = squared > 0 ? clamp(-(dx * width + dy * height) / squared, 0, 1) : 0
  const x = dx + along * width
  const y = dy + along * height
  return x * x + y * y
}

/**
 * How far `point` is from a line through `points`, whatever else they carry beside their coordinates; infinite for none.
 * A single point counts as a segment.
 */
export const distanceToPolyline = (
  point: Vec,
  points: readonly (readonly [x: number, y: number, ...unknown[]])[],
): number => {
  const [first] = points
  if (!first) return Infinity
  let [fromX, fromY] = first
  let nearest = Infinity
  for (const [x, y] of points) {
    const square = squareToSegment(fromX - point[0], fromY - point[1], x - fromX, y - fromY)
    if (square < nearest) nearest = square
    fromX = x
    fromY = y
  }
  return Math.sqrt(nearest)
}

/** Whether `point` lies inside a closed outline, counting crossings to its right (even-odd rule). */
export const isInsidePolygon = (point: Vec, outline: readonly Vec[]): boolean => {
  let inside = false
  let previous = outline.at(-1)
  for (const corner of outline) {
    if (previous && corner[1] > point[1] !== previous[1] > point[1]) {
      const part = (point[1] - corner[1]) / (previous[1] - corner[1])
      if (point[0] < corner[0] + part * (previous[0] - corner[0])) inside = !inside
    }
    previous = corner
  }
  return inside
}
