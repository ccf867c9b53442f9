import { contains, intersects, union } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import { countTiles, isPassing, isSameScale, TILE, tileBox, tileKey, tilesTouching } from './tile-plan.ts'

/** A square of the board, drawn at its level's scale. */
export interface Tile {
  readonly column: number
  readonly row: number
  readonly box: Box
  /** Null until it is painted, and where there is nothing to show. */
  canvas: HTMLCanvasElement | null
  painted: boolean
  /** The part of it that shows what is no longer so, or will when the drawing under way is done. */
  dirty: Box | null
  /** Its drawing under way. */
  raster: { abandon(): void } | null
  /** Number of the frame that last showed it. */
  used: number
}

export interface TileLevel {
  /** Device pixels per board unit. */
  readonly scale: number
  readonly tiles: Map<string, Tile>
  /** What of the board there have been tiles of. */
  reach: Box | null
  /** Elements that can be drawn between two looks at the clock, as far as is known. */
  pace: number
  used: number
}

/** Whether there is anything to be drawn for it. */
export const isWrong = (tile: Tile): boolean => !tile.painted || tile.dirty !== null || tile.raster !== null

/** Levels kept beside the one that is shown: those that zooming passes, and those where it came to rest. */
const KEPT_PASSING = 10
const KEPT_RESTING = 2

/** Tiles of one level above which the blank ones are forgotten. */
const MOST_TILES = 3000

const FIRST_PACE = 12

/** All tiles there are, on all levels, within bounds of memory. */
export class TileCache {
  readonly #levels = new Map<number, TileLevel>()
  readonly #spare: HTMLCanvasElement[] = []
  #canvases = 0

  /** The level of this scale, made if need be. */
  level(scale: number, frame: number): TileLevel {
    let level = this.#levels.get(scale) ?? this.#similar(scale)
    if (level === undefined) {
      level = { scale, tiles: new Map(), reach: null, pace: FIRST_PACE, used: frame }
      this.#levels.set(scale, level)
    }
    level.used = frame
    return level
  }

  #similar(scale: number): TileLevel | undefined {
    for (const level of this.#levels.values()) if (isSameScale(level.scale, scale)) return level
    return undefined
  }

  tile(level: TileLevel, column: number, row: number): Tile {
    const key = tileKey(column, row)
    let tile = level.tiles.get(key)
    if (tile === undefined) {
      const box = tileBox({ column, row }, level.scale)
      tile = { column, row, box, canvas: null, painted: false, dirty: null, raster: null, used: 0 }
      level.tiles.set(key, tile)
      level.reach = level.reach === null ? box : union(level.reach, box)
    }
    return tile
  }

  /** Other levels, those nearest in scale to `level` first. */
  standIns(level: TileLevel): TileLevel[] {
    const distance = (other: TileLevel) => Math.abs(Math.log2(other.scale / level.scale))
    return [...this.#levels.values()]
      .filter((other) => other !== level && other.tiles.size > 0)
      .sort((a, b) => distance(a) - distance(b))
  }

  /** Tiles on any level that show what is no longer so. */
  dirtyTiles(): { level: TileLevel; tile: Tile }[] {
    const found: { level: TileLevel; tile: Tile }[] = []
    for (const level of this.#levels.values()) {
      for (const tile of level.tiles.values()) if (tile.painted && isWrong(tile)) found.push({ level, tile })
    }
    return found
  }

  /** Marks what tiles show of `box` as out of date. */
  invalidate(box: Box): void {
    for (const level of this.#levels.values()) {
      if (level.reach === null || !intersects(level.reach, box)) continue
      const range = tilesTouching(box, level.scale)
      if (countTiles(range) > level.tiles.size) {
        for (const tile of level.tiles.values()) if (intersects(tile.box, box)) this.soil(tile, box)
        continue
      }
      for (let row = range.minRow; row <= range.maxRow; row++) {
        for (let column = range.minColumn; column <= range.maxColumn; column++) {
          const tile = level.tiles.get(tileKey(column, row))
          if (tile !== undefined) this.soil(tile, box)
        }
      }
    }
  }

  /** Marks a part of what a tile shows, or is about to show, as out of date. */
  soil(tile: Tile, box: Box): void {
    if (!tile.painted && tile.raster === null) return
    if (tile.dirty !== null && contains(tile.dirty, box)) return
    tile.dirty = tile.dirty === null ? box : union(tile.dirty, box)
  }

  invalidateAll(): void {
    for (const level of this.#levels.values()) {
      for (const tile of level.tiles.values()) {
        tile.raster?.abandon()
        this.soil(tile, tile.box)
      }
    }
  }

  /** Drops everything, or all but one level. */
  clear(kept: TileLevel | null = null): void {
    for (const level of this.#levels.values()) if (level !== kept) this.#drop(level)
    for (const canvas of this.#spare) release(canvas)
    this.#spare.length = 0
  }

  takeCanvas(): HTMLCanvasElement {
    this.#canvases++
    const canvas = this.#spare.pop() ?? document.createElement('canvas')
    if (canvas.width !== TILE) canvas.width = TILE
    if (canvas.height !== TILE) canvas.height = TILE
    return canvas
  }

  giveCanvas(canvas: HTMLCanvasElement): void {
    this.#canvases--
    if (this.#spare.length < 12) this.#spare.push(canvas)
    else release(canvas)
  }

  /**
   * Forgets what was shown longest ago, weighed against what it takes to draw it again, until at most `limit` canvases are
   * in use; never what `frame` showed.
   */
  trim(limit: number, frame: number): void {
    const levels = [...this.#levels.values()].sort((a, b) => b.used - a.used)
    const passing = levels.filter(({ scale }) => isPassing(scale))
    const resting = levels.filter(({ scale }) => !isPassing(scale))
    for (const level of [...passing.slice(KEPT_PASSING + 1), ...resting.slice(KEPT_RESTING + 1)]) {
      if (level.used !== frame) this.#drop(level)
    }
    for (const level of this.#levels.values()) this.#forgetBlank(level, frame)
    if (this.#canvases > limit) this.#shed(limit, frame)
  }

  #shed(limit: number, frame: number): void {
    const candidates: Candidate[] = []
    for (const level of this.#levels.values()) {
      for (const tile of level.tiles.values()) {
        if (tile.used !== frame && (tile.canvas !== null || tile.raster !== null))
          candidates.push({ level, tile })
      }
    }
    const age = ({ level, tile }: Candidate): number => (frame - tile.used) / effortOf(level)
    candidates.sort((a, b) => age(b) - age(a))
    for (const { level, tile } of candidates) {
      if (this.#canvases <= limit) return
      this.#remove(level, tile)
    }
  }

  /** Tiles of an empty part of the board cost little each, but the board has no end. */
  #forgetBlank(level: TileLevel, frame: number): void {
    if (level.tiles.size <= MOST_TILES) return
    for (const tile of level.tiles.values()) {
      if (tile.canvas === null && tile.used !== frame) this.#remove(level, tile)
    }
  }

  #drop(level: TileLevel): void {
    for (const tile of level.tiles.values()) this.#remove(level, tile)
    this.#levels.delete(level.scale)
  }

  #remove(level: TileLevel, tile: Tile): void {
    tile.raster?.abandon()
    if (tile.canvas !== null) this.giveCanvas(tile.canvas)
    tile.canvas = null
    tile.painted = false
    tile.dirty = null
    level.tiles.delete(tileKey(tile.column, tile.row))
  }
}

interface Candidate {
  readonly level: TileLevel
  readonly tile: Tile
}

/** How much longer tiles of a level are worth keeping than those at full size: the more they show, the longer they take. */
const effortOf = ({ scale }: TileLevel): number => Math.max(1, 1 / scale)

/** Browsers give a canvas' memory back at once when it has no pixels. */
const release = (canvas: HTMLCanvasElement): void => {
  canvas.width = 0
  canvas.height = 0
}
