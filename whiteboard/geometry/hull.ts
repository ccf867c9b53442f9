import type { Vec } from './types.ts'

/** Twice the area of the triangle a, b, c: positive where it turns clockwise on screen. */
const turn = (a: Vec, b: Vec, c: Vec): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

const chain = (points: readonly Vec[]): Vec[] => {
  const kept: Vec[] = []
  for (const point of points) {
    while (kept.length > 1 && turn(kept.at(-2) as Vec, kept.at(-1) as Vec, point) <= 0) kept.pop()
    kept.push(point)
  }
  return kept.slice(0, -1)
}

/**
 * The smallest convex polygon round points, clockwise on screen (Andrew's monotone chain); fewer than three corners when
 * all lie on one line.
 */
export const convexHull = (points: readonly Vec[]): Vec[] => {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  if (sorted.length < 3) return sorted
  return [...chain(sorted), ...chain(sorted.reverse())]
}
