import { nearestOnSegment } from './distance.ts'
import type { Vec } from './types.ts'
import { distance } from './vector.ts'

/** How far along from `a` to `b`, 0 to 1, a segment first crosses a closed outline; null when it does not. */
export const firstCrossing = (a: Vec, b: Vec, outline: readonly Vec[]): number | null => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]]
  let first: number | null = null
  let previous = outline.at(-1)
  for (const corner of outline) {
    if (previous) {
      const [ex, ey] = [corner[0] - previous[0], corner[1] - previous[1]]
      const [px, py] = [previous[0] - a[0], previous[1] - a[1]]
      const cross = dx * ey - dy * ex
      const along = (px * ey - py * ex) / cross
      const across = (px * dy - py * dx) / cross
      const meets = cross !== 0 && along >= 0 && along <= 1 && across >= 0 && across <= 1
      if (meets && (first === null || along < first)) first = along
    }
    previous = corner
  }
  return first
}

/** The point of a closed outline that is nearest to `point`; `point` itself without an outline. */
export const nearestOnOutline = (point: Vec, outline: readonly Vec[]): Vec => {
  let nearest = point
  let best = Number.POSITIVE_INFINITY
  let previous = outline.at(-1) ?? point
  for (const corner of outline) {
    const candidate = nearestOnSegment(point, previous, corner)
    const away = distance(point, candidate)
    if (away < best) [best, nearest] = [away, candidate]
    previous = corner
  }
  return nearest
}

/** Where an outline reaches along the upright (`axis` 0) or level (1) line at `at`: the two ends; null where it does not. */
export const reachAlong = (outline: readonly Vec[], axis: 0 | 1, at: number): Vec | null => {
  const along = axis === 0 ? 1 : 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  let previous = outline.at(-1)
  for (const corner of outline) {
    if (
      previous &&
      Math.min(previous[axis], corner[axis]) <= at &&
      at <= Math.max(previous[axis], corner[axis])
    ) {
      const length = corner[axis] - previous[axis]
      const part = length === 0 ? 0 : (at - previous[axis]) / length
      const meets = previous[along] + (corner[along] - previous[along]) * part
      min = Math.min(min, meets, length === 0 ? corner[along] : meets)
      max = Math.max(max, meets, length === 0 ? corner[along] : meets)
    }
    previous = corner
  }
  return min <= max ? [min, max] : null
}
