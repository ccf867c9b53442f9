import { describe, expect, it } from 'vitest'
import { boxHeight, boxWidth, intersects } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import { standInsFor } from './stand-ins.ts'
import { TileCache, type TileLevel } from './tile-cache.ts'
import { TILE, tileBox } from './tile-plan.ts'

const withTiles = (
  scale: number,
  ...tiles: readonly (readonly [column: number, row: number])[]
): TileLevel => {
  const cache = new TileCache()
  const level = cache.level(scale, 1)
  for (const [column, row] of tiles) cache.tile(level, column, row).painted = true
  return level
}

const area = (box: Box): number => boxWidth(box) * boxHeight(box)
const shrunk = ({ minX, minY, maxX, maxY }: Box): Box => ({
  minX: minX + 0.01,
  minY: minY + 0.01,
  maxX: maxX - 0.01,
  maxY: maxY - 0.01,
})

const box = tileBox({ column: 0, row: 0 }, 1)
const whole = withTiles(0.25, [0, 0])

describe('what stands in for a tile', () => {
  it('is the best level that has all of it', () => {
    const half = withTiles(0.5, [0, 0])
    expect(standInsFor(box, [half, whole]).map(({ level }) => level)).toEqual([half])
  })

  it('is taken from several levels where the best has only a part, without overlapping', () => {
    const fine = withTiles(2, [0, 0], [1, 0])
    const pieces = standInsFor(box, [fine, whole])
    const fromFine = pieces.filter(({ level }) => level === fine)
    expect(fromFine.reduce((sum, { part }) => sum + area(part), 0)).toBeCloseTo(area(box) / 2)
    expect(pieces.reduce((sum, { part }) => sum + area(part), 0)).toBeCloseTo(area(box))
    pieces.forEach(({ part }, index) => {
      for (const other of pieces.slice(index + 1)) {
        expect(intersects(shrunk(part), shrunk(other.part))).toBe(false)
      }
    })
  })

  it('is as much as there is when no level has all', () => {
    const fine = withTiles(2, [0, 0])
    const pieces = standInsFor(box, [fine])
    expect(pieces.reduce((sum, { part }) => sum + area(part), 0)).toBeCloseTo((TILE / 2) ** 2)
    expect(standInsFor(box, [])).toEqual([])
  })

  it('is never thousands of tiles far too fine', () => {
    const tiles = Array.from({ length: 64 * 64 }, (_, index) => [index % 64, Math.floor(index / 64)] as const)
    expect(standInsFor(box, [withTiles(64, ...tiles), whole]).map(({ level }) => level)).toEqual([whole])
  })
})
