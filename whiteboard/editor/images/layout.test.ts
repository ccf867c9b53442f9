import { describe, expect, it } from 'vitest'
import { intersects, unionAll } from '../../geometry/box.ts'
import { type Size, worldPoint } from '../../geometry/types.ts'
import { layOut } from './layout.ts'

const view = { minX: 0, minY: 0, maxX: 1000, maxY: 800 }
const boxes = (laid: ReturnType<typeof layOut>) =>
  laid.map(({ position: [x, y], size: [width, height] }) => ({
    minX: x,
    minY: y,
    maxX: x + width,
    maxY: y + height,
  }))

describe('layOut', () => {
  it('shows one picture as large as it is, in the middle of the view or at a point', () => {
    expect(layOut([[200, 100]], null, view)).toEqual([{ position: [400, 350], size: [200, 100] }])
    expect(layOut([[200, 100]], worldPoint(0, 0), view)).toEqual([
      { position: [-100, -50], size: [200, 100] },
    ])
  })

  it('makes a large one fit into the view, in its proportion', () => {
    expect(layOut([[6000, 3000]], null, view)[0]?.size).toEqual([600, 300])
    expect(layOut([[100, 4800]], null, view)[0]?.size).toEqual([10, 480])
  })

  it('lays several side by side and many in rows, none over another', () => {
    const some: Size[] = [
      [300, 200],
      [100, 400],
      [50, 50],
    ]
    const row = boxes(layOut(some, null, view))
    expect(row.map(({ minX }) => minX)).toEqual(row.map(({ minX }) => minX).sort((a, b) => a - b))
    const many = boxes(
      layOut(
        Array.from({ length: 20 }, (_, n): Size => [100 + n * 40, 300]),
        null,
        view,
      ),
    )
    for (const laid of [row, many]) {
      for (const [index, box] of laid.entries()) {
        expect(laid.slice(index + 1).some((other) => intersects(box, other))).toBe(false)
      }
      const all = unionAll(laid)
      expect(all && all.maxX - all.minX).toBeLessThanOrEqual(600)
      expect(all && all.maxY - all.minY).toBeLessThanOrEqual(480.001)
    }
  })

  it('has nothing to lay out for nothing', () => {
    expect(layOut([], null, view)).toEqual([])
  })
})
