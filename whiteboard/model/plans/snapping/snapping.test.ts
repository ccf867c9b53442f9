import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../test/support/random.ts'
import { type Box, worldPoint } from '../../../geometry/types.ts'
import { nearestBoxes } from './candidates.ts'
import { type SnapField, snapMove, snapPoint, snapResize } from './snap.ts'

const box = (x: number, y: number, width: number, height: number): Box => ({
  minX: x,
  minY: y,
  maxX: x + width,
  maxY: y + height,
})

const near = (others: readonly Box[], fields: Partial<SnapField> = {}): SnapField => ({
  others,
  reach: 6,
  grid: null,
  ...fields,
})

describe('snapping a movement', () => {
  it('M110: brings edges to edges and middles to middles, whichever is nearest', () => {
    const field = near([box(0, 0, 100, 100)])
    expect(snapMove(box(4, 200, 50, 50), field).offset).toEqual([-4, 0])
    expect(snapMove(box(97, 300, 50, 50), field).offset).toEqual([3, 0])
    expect(snapMove(box(23, 300, 50, 50), field).offset).toEqual([2, 0])
    expect(snapMove(box(48, 300, 49, 50), field).offset).toEqual([3, 0])
  })

  it('M110: leaves alone what is out of reach, and axes along which nothing moves', () => {
    const field = near([box(0, 0, 100, 100)])
    expect(snapMove(box(7, 200, 50, 50), field)).toEqual({ offset: [0, 0], guides: [] })
    expect(snapMove(box(4, 2, 100, 100), field, [false, true]).offset).toEqual([0, -2])
  })

  it('M111: shows lines through all that is in line, from end to end', () => {
    const { guides } = snapMove(box(4, 200, 50, 50), near([box(0, 0, 100, 100), box(-80, 300, 80, 40)]))
    expect(guides).toContainEqual({ from: worldPoint(0, 0), to: worldPoint(0, 340), kind: 'edge' })
    const { guides: middle } = snapMove(box(26, 200, 50, 50), near([box(0, 0, 100, 100)]))
    expect(middle).toContainEqual({ from: worldPoint(50, 0), to: worldPoint(50, 250), kind: 'centre' })
  })

  it('M112: makes distances to both neighbours equal, and marks them', () => {
    const { offset, guides } = snapMove(
      box(148, 15, 40, 50),
      near([box(0, 0, 100, 100), box(240, 7, 100, 100)]),
    )
    expect(offset[0]).toBe(2)
    expect(guides.filter(({ kind }) => kind === 'gap')).toEqual([
      { from: worldPoint(100, 40), to: worldPoint(150, 40), kind: 'gap' },
      { from: worldPoint(190, 40), to: worldPoint(240, 40), kind: 'gap' },
    ])
  })

  it('M112: repeats a distance that is in the row already, on either side, also down the board', () => {
    const row = near([box(0, 0, 50, 100), box(80, 3, 50, 100)])
    expect(snapMove(box(158, 20, 33, 50), row).offset[0]).toBe(2)
    expect(snapMove(box(-61, 20, 33, 50), row).offset[0]).toBe(-2)
    const column = near([box(0, 0, 100, 50), box(3, 80, 100, 50)])
    expect(snapMove(box(20, 158, 50, 33), column).offset[1]).toBe(2)
    expect(snapMove(box(158, 220, 33, 50), row).offset[0]).toBe(0)
  })

  it('M113: goes by the grid where there is one, with its top left corner', () => {
    expect(snapMove(box(33, 48, 15, 15), near([], { grid: 20 })).offset).toEqual([7, -8])
  })

  it('M110: snapped once, it stays (seeded)', () => {
    const random = createRandom(7)
    const number = (most: number) => Math.floor(random() * most)
    for (let round = 0; round < 300; round++) {
      const others = Array.from({ length: 12 }, () =>
        box(number(400), number(400), 10 + number(90), 10 + number(90)),
      )
      const moved = box(number(400), number(400), 10 + number(90), 10 + number(90))
      const { offset } = snapMove(moved, near(others), [true, false])
      expect(Math.abs(offset[0])).toBeLessThanOrEqual(6)
      const there = box(moved.minX + offset[0], moved.minY, moved.maxX - moved.minX, moved.maxY - moved.minY)
      const again = snapMove(there, near(others), [true, false])
      expect(again.offset[0]).toBeCloseTo(0)
      if (offset[0] !== 0) expect(again.guides.length).toBeGreaterThan(0)
    }
  })
})

describe('snapping a resize', () => {
  const field = near([box(200, 200, 100, 100)])

  it('M114: brings the sides that move, and only them, to what is near', () => {
    expect(snapResize(box(0, 0, 100, 100), 'se', worldPoint(197, 150), field).point).toEqual([200, 150])
    expect(snapResize(box(0, 0, 100, 100), 'e', worldPoint(302, 203), field).point).toEqual([300, 203])
    expect(snapResize(box(0, 0, 100, 100), 's', worldPoint(50, 203), field).point).toEqual([50, 200])
    expect(snapResize(box(350, 0, 50, 50), 'nw', worldPoint(297, 10), field).point).toEqual([300, 10])
  })

  it('M114: keeps the proportion, by the side that is nearer', () => {
    const options = { proportional: true }
    const { point } = snapResize(box(0, 0, 100, 50), 'se', worldPoint(196, 98), field, options)
    expect(point).toEqual([200, 100])
    const other = snapResize(box(0, 0, 50, 100), 'se', worldPoint(99, 198), field, options)
    expect(other.point).toEqual([100, 200])
  })

  it('M114: from the middle, both sides move', () => {
    const { point } = snapResize(box(0, 0, 100, 100), 'e', worldPoint(202, 50), field, { fromCenter: true })
    expect(point).toEqual([200, 50])
    const left = snapResize(box(350, 0, 100, 100), 'e', worldPoint(502, 50), field, { fromCenter: true })
    expect(left.point).toEqual([502, 50])
  })

  it('M114: pulled past the other side, it is that side that snaps', () => {
    expect(snapResize(box(310, 0, 100, 100), 'e', worldPoint(298, 50), field).point).toEqual([300, 50])
  })

  it('M113: goes by the grid', () => {
    const grid = near([], { grid: 25 })
    expect(snapResize(box(0, 0, 100, 100), 'se', worldPoint(140, 90), grid).point).toEqual([150, 100])
  })

  it('M112: makes the distance to the neighbour one that is in the row', () => {
    const row = near([box(200, 0, 50, 100), box(280, 0, 50, 100)])
    expect(snapResize(box(0, 0, 100, 100), 'e', worldPoint(168, 50), row).point).toEqual([170, 50])
  })
})

describe('snapping a point', () => {
  it('M115: brings it to edges and middles, or onto the grid', () => {
    const field = near([box(0, 0, 100, 60)])
    expect(snapPoint(worldPoint(97, 27), field).point).toEqual([100, 30])
    expect(snapPoint(worldPoint(31, 52), near([], { grid: 20 })).point).toEqual([40, 60])
    expect(snapPoint(worldPoint(120, 80), field)).toEqual({ point: [120, 80], guides: [] })
  })
})

describe('what there is to snap to', () => {
  it('M116: is the nearest of many', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => box(index * 20, 0, 10, 10))
    const found = nearestBoxes(many, box(10_000, 50, 10, 10), 5)
    expect(found.map(({ minX }) => minX)).toEqual([9_960, 9_980, 10_000, 10_020, 10_040])
    expect(nearestBoxes(many.slice(0, 3), box(0, 0, 1, 1), 5)).toHaveLength(3)
  })
})
