import { expand, intersection } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import type { Tile, TileLevel } from './tile-cache.ts'
import { countTiles, TILE, type TileRange, tileKey, tilesTouching } from './tile-plan.ts'

/** A part of the board, and the tile of another level that shows it meanwhile. */
export interface StandIn {
  readonly level: TileLevel
  readonly tile: Tile
  readonly part: Box
}

/** Tiles of a finer level that are looked at to fill one coarser: more of them would be a blur anyway. */
const MOST_TILES = 25
/** How often a tile is parted into four, each to be filled from where it looks best. */
const DEPTH = 2

type Coverage = 'all' | 'some' | 'none'

const eachTile = (level: TileLevel, range: TileRange, visit: (tile: Tile | undefined) => void): void => {
  for (let row = range.minRow; row <= range.maxRow; row++) {
    for (let column = range.minColumn; column <= range.maxColumn; column++) {
      visit(level.tiles.get(tileKey(column, row)))
    }
  }
}

/** A part of a tile's side by which boxes may miss each other's edges, as numbers are rounded. */
const SLACK = 1e-4

const rangeOf = (box: Box, level: TileLevel): TileRange =>
  tilesTouching(expand(box, (-SLACK * TILE) / level.scale), level.scale)

/** How much of `box` a level can show. */
export const coverageOf = (level: TileLevel, box: Box): Coverage => {
  const range = rangeOf(box, level)
  const wanted = countTiles(range)
  if (wanted > MOST_TILES) return 'none'
  let painted = 0
  eachTile(level, range, (tile) => {
    if (tile?.painted) painted++
  })
  if (painted === 0) return 'none'
  return painted === wanted ? 'all' : 'some'
}

const piecesOf = (level: TileLevel, box: Box): StandIn[] => {
  const pieces: StandIn[] = []
  eachTile(level, rangeOf(box, level), (tile) => {
    const part = tile?.painted ? intersection(tile.box, box) : null
    if (tile && part) pieces.push({ level, tile, part })
  })
  return pieces
}

const quarters = ({ minX, minY, maxX, maxY }: Box): readonly Box[] => {
  const [x, y] = [(minX + maxX) / 2, (minY + maxY) / 2]
  return [
    { minX, minY, maxX: x, maxY: y },
    { minX: x, minY, maxX, maxY: y },
    { minX, minY: y, maxX: x, maxY },
    { minX: x, minY: y, maxX, maxY },
  ]
}

/**
 * What shows `box` while its own tile is not drawn: of the levels given, best first, the first that has all of it; where
 * that has only some, each quarter by itself. Parts never overlap, for tiles are translucent.
 */
export const standInsFor = (box: Box, levels: readonly TileLevel[], depth = DEPTH): readonly StandIn[] => {
  let partly: TileLevel | null = null
  for (const level of levels) {
    const coverage = coverageOf(level, box)
    if (coverage === 'all' && (partly === null || depth === 0)) return piecesOf(level, box)
    if (coverage === 'some') partly ??= level
    if (partly !== null && depth > 0) {
      return quarters(box).flatMap((quarter) => standInsFor(quarter, levels, depth - 1))
    }
  }
  return partly === null ? [] : piecesOf(partly, box)
}
