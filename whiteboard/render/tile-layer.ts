import { contains, intersects } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import { type Tile, TileCache, type TileLevel } from './tile-cache.ts'
import {
  centreFirst,
  countTiles,
  levelScale,
  overviewScale,
  tileKey,
  tilesTouching,
  withMargin,
} from './tile-plan.ts'
import { TileRaster, type TileSource } from './tile-raster.ts'
import type { Viewport } from './viewport.ts'

/** What a frame may spend on drawing tiles, in milliseconds. */
export interface TileBudget {
  /** For what is in view and wrong or blank. */
  readonly urgent: number
  /** For what is only sharper, or not yet in view. */
  readonly leisure: number
  /** For the picture of the whole board, when all else is done. */
  readonly overview: number
}

export interface TileProgress {
  /** Whether anything in view looks different now. */
  readonly changed: boolean
  /** Whether everything in view is drawn at its final quality. */
  readonly complete: boolean
  /** Whether there is anything left to draw, the margin included. */
  readonly more: boolean
}

/** Canvases kept for each that is in view, and beyond. */
const KEEP_FACTOR = 2.5
const KEEP_MORE = 32

/** Milliseconds for which what is known of the board's bounds is good enough. */
const BOUNDS_AGE = 400

/** Finished elements as a map of tiles: drawn once for a zoom, then only laid out anew when the view moves. */
export class TileLayer {
  readonly #cache = new TileCache()
  #level: TileLevel | null = null
  #raster: TileRaster | null = null
  #frame = 0
  #bounds: { readonly box: Box | null; readonly at: number } = { box: null, at: Number.NEGATIVE_INFINITY }

  invalidate(box: Box): void {
    this.#cache.invalidate(box)
  }

  invalidateAll(): void {
    this.#cache.invalidateAll()
  }

  clear(): void {
    this.#stop()
    this.#cache.clear()
    this.#level = null
  }

  /** Draws what is wrong or missing, centre first, as far as the budget goes. */
  work(view: Viewport, resting: boolean, source: TileSource, budget: TileBudget): TileProgress {
    this.#frame++
    const level = this.#cache.level(levelScale(this.#level?.scale ?? null, view.scale, resting), this.#frame)
    const changedLevel = level !== this.#level
    this.#level = level
    const range = tilesTouching(view.box, level.scale)
    const inView = centreFirst(range).map(({ column, row }) => this.#cache.tile(level, column, row))
    for (const tile of inView) tile.used = this.#frame
    const start = performance.now()
    const blank = inView.filter(
      (tile) => wrong(tile) && (tile.painted || this.#standIn(level, tile) === null),
    )
    const urgent = this.#draw(level, blank, source, start + budget.urgent)
    const rest = this.#draw(level, inView.filter(wrong), source, start + budget.leisure)
    const complete = level.scale === view.scale && !inView.some(wrong)
    const around = complete ? this.#around(level, view) : []
    this.#draw(level, around, source, start + budget.leisure)
    const overview = complete && !around.some(wrong) ? this.#overview(view, source, start) : null
    if (overview !== null) this.#draw(overview.level, overview.tiles, source, start + budget.overview)
    this.#cache.trim(Math.ceil(countTiles(range) * KEEP_FACTOR) + KEEP_MORE, this.#frame)
    return {
      changed: changedLevel || urgent || rest,
      complete,
      more: inView.some(wrong) || around.some(wrong) || overview?.tiles.some(wrong) === true,
    }
  }

  /** Lays the tiles out; where one is not drawn yet, the nearest other level stands in. */
  show(context: CanvasRenderingContext2D, view: Viewport): void {
    const level = this.#level
    if (level === null) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    for (const { column, row } of centreFirst(tilesTouching(view.box, level.scale))) {
      const tile = this.#cache.tile(level, column, row)
      if (tile.painted) place(context, view, level, tile)
      else this.#showStandIn(context, view, level, tile)
    }
  }

  #around(level: TileLevel, view: Viewport): Tile[] {
    return centreFirst(withMargin(tilesTouching(view.box, level.scale))).map(({ column, row }) =>
      this.#cache.tile(level, column, row),
    )
  }

  /** The picture of the whole board, so that quick zooming out shows something everywhere. */
  #overview(view: Viewport, source: TileSource, now: number): { level: TileLevel; tiles: Tile[] } | null {
    if (now - this.#bounds.at > BOUNDS_AGE) this.#bounds = { box: source.bounds(), at: now }
    const { box } = this.#bounds
    if (box === null || contains(view.box, box)) return null
    const level = this.#cache.level(overviewScale(box), this.#frame)
    const tiles = centreFirst(tilesTouching(box, level.scale)).map(({ column, row }) =>
      this.#cache.tile(level, column, row),
    )
    for (const tile of tiles) tile.used = this.#frame
    return { level, tiles }
  }

  #stop(): void {
    this.#raster?.abandon()
    this.#raster = null
  }

  /** True when at least one of the tiles was finished. */
  #draw(level: TileLevel, tiles: readonly Tile[], source: TileSource, deadline: number): boolean {
    let changed = false
    for (const tile of tiles) {
      if (!wrong(tile)) continue
      if (performance.now() > deadline) break
      if (this.#raster !== null && (this.#raster.tile !== tile || this.#raster.outdated)) this.#stop()
      this.#raster ??= new TileRaster(this.#cache, level, tile, source)
      if (!this.#raster.run(deadline)) break
      this.#raster = null
      changed = true
    }
    return changed
  }

  /** The nearest level that has all of this tile's part of the board; else one that has some of it. */
  #standIn(level: TileLevel, tile: Tile): TileLevel | null {
    let partial: TileLevel | null = null
    for (const other of this.#cache.standIns(level)) {
      const { minColumn, minRow, maxColumn, maxRow } = tilesTouching(tile.box, other.scale)
      let painted = 0
      let wanted = 0
      for (let row = minRow; row <= maxRow && wanted < 64; row++) {
        for (let column = minColumn; column <= maxColumn; column++) {
          wanted++
          if (other.tiles.get(tileKey(column, row))?.painted) painted++
        }
      }
      if (painted === wanted && wanted < 64) return other
      if (painted > 0) partial ??= other
    }
    return partial
  }

  #showStandIn(context: CanvasRenderingContext2D, view: Viewport, level: TileLevel, tile: Tile): void {
    const other = this.#standIn(level, tile)
    if (other === null) return
    const { left, top, right, bottom } = pixelsOf(tile.box, view)
    context.save()
    context.beginPath()
    context.rect(left, top, right - left, bottom - top)
    context.clip()
    for (const candidate of other.tiles.values()) {
      if (candidate.painted && intersects(candidate.box, tile.box)) {
        candidate.used = this.#frame
        place(context, view, other, candidate)
      }
    }
    context.restore()
    other.used = this.#frame
  }
}

const wrong = (tile: Tile): boolean => !tile.painted || tile.dirty !== null

/** Rounded edges, so that neighbours meet without a gap or an overlap. */
const pixelsOf = (box: Box, view: Viewport) => ({
  left: Math.round(box.minX * view.scale + view.offsetX),
  top: Math.round(box.minY * view.scale + view.offsetY),
  right: Math.round(box.maxX * view.scale + view.offsetX),
  bottom: Math.round(box.maxY * view.scale + view.offsetY),
})

const place = (context: CanvasRenderingContext2D, view: Viewport, level: TileLevel, tile: Tile): void => {
  if (tile.canvas === null) return
  const { left, top, right, bottom } = pixelsOf(tile.box, view)
  if (right <= 0 || bottom <= 0 || left >= view.width || top >= view.height) return
  if (level.scale === view.scale) context.drawImage(tile.canvas, left, top)
  else context.drawImage(tile.canvas, left, top, right - left, bottom - top)
}
