import { clamp } from '../geometry/clamp.ts'
import type { Box, Vec } from '../geometry/types.ts'

/** Device pixels of a tile's side. */
export const TILE = 512

/** Which tile of a level: tile (0, 0) begins at the board's origin. */
export interface TileAddress {
  readonly column: number
  readonly row: number
}

export interface TileRange {
  readonly minColumn: number
  readonly minRow: number
  readonly maxColumn: number
  readonly maxRow: number
}

export const tileKey = (column: number, row: number): string => `${column},${row}`

/** The part of the board that a tile shows on a level of `scale` device pixels per unit. */
export const tileBox = ({ column, row }: TileAddress, scale: number): Box => {
  const side = TILE / scale
  return { minX: column * side, minY: row * side, maxX: (column + 1) * side, maxY: (row + 1) * side }
}

/** The tiles that a box of the board touches. */
export const tilesTouching = (box: Box, scale: number): TileRange => {
  const side = TILE / scale
  return {
    minColumn: Math.floor(box.minX / side),
    minRow: Math.floor(box.minY / side),
    maxColumn: Math.ceil(box.maxX / side) - 1,
    maxRow: Math.ceil(box.maxY / side) - 1,
  }
}

export const countTiles = (range: TileRange): number =>
  Math.max(0, range.maxColumn - range.minColumn + 1) * Math.max(0, range.maxRow - range.minRow + 1)

/** All tiles of a range, those nearest to its middle first, or to what lies so many tiles beside that. */
export const centreFirst = (range: TileRange, ahead: Vec = [0, 0]): TileAddress[] => {
  const middleColumn = (range.minColumn + range.maxColumn) / 2 + ahead[0]
  const middleRow = (range.minRow + range.maxRow) / 2 + ahead[1]
  const distance = ({ column, row }: TileAddress) => (column - middleColumn) ** 2 + (row - middleRow) ** 2
  const tiles: TileAddress[] = []
  for (let row = range.minRow; row <= range.maxRow; row++) {
    for (let column = range.minColumn; column <= range.maxColumn; column++) tiles.push({ column, row })
  }
  return tiles.sort((a, b) => distance(a) - distance(b))
}

/** The range with one more tile on each side. */
export const withMargin = (range: TileRange): TileRange => ({
  minColumn: range.minColumn - 1,
  minRow: range.minRow - 1,
  maxColumn: range.maxColumn + 1,
  maxRow: range.maxRow + 1,
})

/** Whether scales differ only by what is lost in going there and back again. */
export const isSameScale = (a: number, b: number): boolean => Math.abs(a / b - 1) < 1e-6

/** Whether zooming passes this level: a power of two, to which it comes back again and again. */
export const isPassing = (scale: number): boolean => Number.isInteger(Math.log2(scale))

/**
 * The scale of the level to show: once zooming has come to rest the exact one, so that everything is sharp; until then
 * the level there is, for as long as it is within a factor of two, and then the passing level that is nearest.
 */
export const levelScale = (current: number | null, exact: number, resting: boolean): number => {
  if (current === null || resting) return exact
  const ratio = exact / current
  return ratio > 0.5 && ratio < 2 ? current : 2 ** Math.round(Math.log2(exact))
}

/** How much coarser the level is that shows at once what comes into view quickly. */
const COARSER = 4

/** The passing level that is drawn round the view, far ahead. */
export const coarseScale = (exact: number): number => 2 ** Math.floor(Math.log2(exact / COARSER))

/** Tiles along the longer side of the picture of the whole board. */
const OVERVIEW_TILES = 2
/** Device pixels per unit that the picture of the whole board has at least and at most. */
const OVERVIEW_MIN = 2 ** -12
const OVERVIEW_MAX = 0.5

/**
 * The scale of the level that shows the whole board in a few tiles: what stands in for all that was never looked at.
 * A power of two, so that a growing board seldom changes it.
 */
export const overviewScale = (bounds: Box): number => {
  const side = Math.max(1, bounds.maxX - bounds.minX, bounds.maxY - bounds.minY)
  const scale = 2 ** Math.floor(Math.log2((OVERVIEW_TILES * TILE) / side))
  return clamp(scale, OVERVIEW_MIN, OVERVIEW_MAX)
}
