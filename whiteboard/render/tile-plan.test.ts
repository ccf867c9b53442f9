import { describe, expect, it } from 'vitest'
import {
  centreFirst,
  countTiles,
  isPassing,
  levelScale,
  overviewScale,
  TILE,
  tileBox,
  tilesTouching,
  withMargin,
} from './tile-plan.ts'

describe('tiles of a level', () => {
  it('cover a box exactly, on both sides of the origin', () => {
    const range = tilesTouching({ minX: -1, minY: 0, maxX: TILE, maxY: TILE + 1 }, 1)
    expect(range).toEqual({ minColumn: -1, minRow: 0, maxColumn: 0, maxRow: 1 })
    expect(countTiles(range)).toBe(4)
  })

  it('are smaller on the board the closer one looks', () => {
    expect(tileBox({ column: 1, row: -1 }, 2)).toEqual({
      minX: TILE / 2,
      minY: -TILE / 2,
      maxX: TILE,
      maxY: 0,
    })
    expect(countTiles(tilesTouching({ minX: 0, minY: 0, maxX: TILE, maxY: TILE }, 4))).toBe(16)
  })

  it('meet without a gap', () => {
    for (const scale of [0.13, 1, 1.37, 7.9]) {
      const left = tileBox({ column: 4, row: 2 }, scale)
      const right = tileBox({ column: 5, row: 2 }, scale)
      expect(left.maxX).toBeCloseTo(right.minX, 9)
    }
  })

  it('are drawn from the middle outwards, each once', () => {
    const tiles = centreFirst({ minColumn: -2, minRow: 0, maxColumn: 2, maxRow: 2 })
    expect(tiles[0]).toEqual({ column: 0, row: 1 })
    expect(new Set(tiles.map(({ column, row }) => `${column},${row}`)).size).toBe(15)
    const distances = tiles.map(({ column, row }) => column ** 2 + (row - 1) ** 2)
    expect(distances).toEqual([...distances].sort((a, b) => a - b))
  })

  it('are drawn first where the view is going', () => {
    const tiles = centreFirst({ minColumn: 0, minRow: 0, maxColumn: 4, maxRow: 0 }, [2, 0])
    expect(tiles.map(({ column }) => column)).toEqual([4, 3, 2, 1, 0])
  })

  it('get one more all round as a margin', () => {
    expect(countTiles(withMargin({ minColumn: 0, minRow: 0, maxColumn: 1, maxRow: 1 }))).toBe(16)
  })
})

describe('the level shown', () => {
  it('is the exact one at first and at rest', () => {
    expect(levelScale(null, 1.3, false)).toBe(1.3)
    expect(levelScale(1, 1.3, true)).toBe(1.3)
  })

  it('stays while zooming until it is twice too coarse or too fine', () => {
    expect(levelScale(1, 1.9, false)).toBe(1)
    expect(levelScale(1, 0.6, false)).toBe(1)
  })

  it('is then one that zooming passes each time', () => {
    expect(levelScale(1, 2.1, false)).toBe(2)
    expect(levelScale(1.3, 0.4, false)).toBe(0.5)
    expect(isPassing(0.25)).toBe(true)
    expect(isPassing(0.3)).toBe(false)
  })
})

describe('the picture of the whole board', () => {
  it('needs a few tiles, however large the board is', () => {
    for (const side of [1, 900, 5000, 123_456, 2_000_000]) {
      const bounds = { minX: -side / 3, minY: 7, maxX: side * (2 / 3), maxY: 7 + side / 2 }
      expect(countTiles(tilesTouching(bounds, overviewScale(bounds))), String(side)).toBeLessThanOrEqual(9)
    }
  })

  it('keeps its scale while the board grows a little', () => {
    const bounds = { minX: 0, minY: 0, maxX: 5000, maxY: 3000 }
    expect(overviewScale({ ...bounds, maxX: 5500 })).toBe(overviewScale(bounds))
  })
})
