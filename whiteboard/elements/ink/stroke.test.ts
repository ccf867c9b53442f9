import { describe, expect, it } from 'vitest'
import { boxOfPoints } from '../../geometry/box.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import { encodeInk, type InkPoint } from '../../model/ink.ts'
import type { Path } from '../../model/surface.ts'
import { inkShape } from './stroke.ts'

const pointsOf = (path: Path): Vec[] =>
  path.flatMap((command): Vec[] => (command[0] === 'Z' ? [] : [[command.at(-2), command.at(-1)] as Vec]))

const boxOf = (path: Path): Box => {
  const box = boxOfPoints(pointsOf(path))
  if (!box) throw new Error('The stroke has no outline.')
  return box
}

const even = (...places: readonly Vec[]): InkPoint[] => places.map(([x, y]): InkPoint => [x, y, 0.5])

describe('a stroke', () => {
  it('reaches into its corners, and leaves them as straight as it came', () => {
    const { outline } = inkShape(encodeInk(even([0, 60], [20, 0], [40, 60])), [40, 60], 2)
    const points = pointsOf(outline)
    expect(boxOf(outline).minY).toBeLessThan(-0.5)
    for (const y of [6, 12, 20, 30]) {
      const row = points.filter((point) => Math.abs(point[1] - y) < 3.5)
      const left = 20 - Math.min(...row.map(([x]) => x))
      const right = Math.max(...row.map(([x]) => x)) - 20
      expect(Math.abs(left - right)).toBeLessThan(2.5)
    }
  })

  it('of one tap is a dot about as broad as a line', () => {
    const dot = (pressure: number) => {
      const { minX, maxX } = boxOf(inkShape(encodeInk([[0, 0, pressure]]), [0, 0], 2).outline)
      return maxX - minX
    }
    expect(dot(0.5)).toBeGreaterThan(4.5)
    expect(dot(0.5)).toBeLessThan(7)
    expect(dot(0.2)).toBeLessThan(dot(0.9))
  })
})
