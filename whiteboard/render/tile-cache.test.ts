import { describe, expect, it, vi } from 'vitest'
import { TileCache } from './tile-cache.ts'
import { TILE } from './tile-plan.ts'

vi.stubGlobal('document', { createElement: () => ({ width: 0, height: 0 }) })

const painted = (cache: TileCache, scale: number, column: number, row: number) => {
  const tile = cache.tile(cache.level(scale, 1), column, row)
  tile.painted = true
  return tile
}

describe('a change on the board', () => {
  it('soils just the tiles that its bounds touch, on every level', () => {
    const cache = new TileCache()
    const near = painted(cache, 1, 0, 0)
    const far = painted(cache, 1, 3, 0)
    const coarse = painted(cache, 0.25, 0, 0)
    const box = { minX: 10, minY: 10, maxX: 60, maxY: 40 }
    cache.invalidate(box)
    expect(near.dirty).toEqual(box)
    expect(coarse.dirty).toEqual(box)
    expect(far.dirty).toBeNull()
  })

  it('adds up with changes before it', () => {
    const cache = new TileCache()
    const tile = painted(cache, 1, 0, 0)
    cache.invalidate({ minX: 0, minY: 0, maxX: 10, maxY: 10 })
    cache.invalidate({ minX: 100, minY: 50, maxX: 120, maxY: 60 })
    expect(tile.dirty).toEqual({ minX: 0, minY: 0, maxX: 120, maxY: 60 })
  })

  it('is left to a tile that is being drawn as its dirty part, and none of a blank one', () => {
    const cache = new TileCache()
    const tile = cache.tile(cache.level(1, 1), 0, 0)
    const box = { minX: 0, minY: 0, maxX: 10, maxY: 10 }
    cache.invalidate(box)
    expect(tile.dirty).toBeNull()
    tile.raster = { abandon: () => undefined }
    cache.invalidate(box)
    expect(tile.dirty).toEqual(box)
  })

  it('that covers more of the board than there are tiles soils them all', () => {
    const cache = new TileCache()
    const tile = painted(cache, 4, 100, -100)
    cache.invalidate({ minX: -1e6, minY: -1e6, maxX: 1e6, maxY: 1e6 })
    expect(tile.dirty).not.toBeNull()
  })
})

describe('the memory of tiles', () => {
  it('keeps the levels where zooming came to rest last, and more of those that it passes', () => {
    const cache = new TileCache()
    const scales = [1, 3, 2, 5, 4, 6, 8, 7]
    scales.forEach((scale, frame) => {
      painted(cache, scale, 0, 0).used = frame
      cache.level(scale, frame)
    })
    cache.trim(100, scales.length)
    const kept = cache.standIns(cache.level(0.1, 8)).map(({ scale }) => scale)
    expect(kept.sort()).toEqual([1, 2, 4, 5, 6, 7, 8])
  })

  it('is found again when zooming comes back to about the same scale', () => {
    const cache = new TileCache()
    let scale = 0.0267
    for (let step = 0; step < 100; step++) scale *= 1.07
    for (let step = 0; step < 100; step++) scale /= 1.07
    const level = cache.level(0.0267, 1)
    expect(cache.level(scale, 2)).toBe(level)
    expect(cache.level(0.0268, 2)).not.toBe(level)
  })

  it('gives up first what was shown longest ago', () => {
    const cache = new TileCache()
    const level = cache.level(1, 1)
    for (let column = 0; column < 6; column++) {
      const tile = painted(cache, 1, column, 0)
      tile.canvas = cache.takeCanvas()
      tile.used = 10 - column
    }
    cache.trim(3, 10)
    expect([...level.tiles.keys()]).toEqual(['0,0', '1,0', '2,0'])
  })

  it('keeps longer what takes longer to draw', () => {
    const cache = new TileCache()
    for (const [scale, used] of [
      [0.03, 40],
      [1, 90],
      [2, 80],
    ] as const) {
      const tile = painted(cache, scale, 0, 0)
      tile.canvas = cache.takeCanvas()
      tile.used = used
    }
    cache.trim(1, 100)
    expect(cache.standIns(cache.level(9, 100)).map(({ scale }) => scale)).toEqual([0.03])
  })

  it('does not grow without end over an empty board', () => {
    const cache = new TileCache()
    const level = cache.level(1, 1)
    for (let column = 0; column < 5000; column++) painted(cache, 1, column, 0).used = column
    cache.trim(100, 4999)
    expect(level.tiles.size).toBe(1)
    expect(cache.tile(level, 4999, 0).box.minX).toBe(4999 * TILE)
  })
})
