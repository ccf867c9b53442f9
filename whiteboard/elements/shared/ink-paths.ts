import type { Vec } from '../../geometry/types.ts'
import type { Path, PathCommand } from '../../model/surface.ts'

/** A closed curve whose pieces meet in the middles between the given points, which makes its joins smooth. */
export const smoothOutline = (points: readonly Vec[]): Path => {
  const first = points[0]
  const second = points[1]
  if (first === undefined || second === undefined) return []
  const path: PathCommand[] = [['M', (first[0] + second[0]) / 2, (first[1] + second[1]) / 2]]
  for (let index = 1; index <= points.length; index++) {
    const at = points[index % points.length] as Vec
    const next = points[(index + 1) % points.length] as Vec
    path.push(['Q', at[0], at[1], (at[0] + next[0]) / 2, (at[1] + next[1]) / 2])
  }
  path.push(['Z'])
  return path
}

/** A tap of the pen. */
export const dot = ([x, y]: Vec, radius: number): Path => {
  const corners: Vec[] = []
  for (let step = 0; step < 16; step++) {
    const angle = (step / 16) * 2 * Math.PI
    corners.push([x + Math.cos(angle) * radius, y + Math.sin(angle) * radius])
  }
  return smoothOutline(corners)
}

/** An open curve through the middles between the given points. */
export const smoothLine = (points: readonly Vec[]): Path => {
  const [first] = points
  const last = points.at(-1)
  if (first === undefined || last === undefined) return []
  const path: PathCommand[] = [['M', first[0], first[1]]]
  for (let index = 1; index < points.length - 1; index++) {
    const [x, y] = points[index] as Vec
    const [nextX, nextY] = points[index + 1] as Vec
    path.push(['Q', x, y, (x + nextX) / 2, (y + nextY) / 2])
  }
  // A line of no length at all would show nothing on some canvases.
  path.push(['L', last[0] + (points.length === 1 ? 0.01 : 0), last[1]])
  return path
}
