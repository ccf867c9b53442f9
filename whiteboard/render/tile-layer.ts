import { boxHeight, boxWidth, contains } from '../geometry/box.ts'
import { clamp } from '../geometry/clamp.ts'
import type { Box, Vec } from '../geometry/types.ts'
import { coverageOf, type StandIn, standInsFor } from './stand-ins.ts'
import { isWrong, type Tile, TileCache, type TileLevel } from './tile-cache.ts'
import {
  centreFirst,
  coarseScale,
  countTiles,
  isSameScale,
  levelScale,
  overviewScale,
  TILE,
  type TileAddress,
  tilesTouching,
  withMargin,
} from './tile-plan.ts'
import { TileRaster, type TileSource } from './tile-raster.ts'
import type { Viewport } from './viewport.ts'

/** What a frame may spend on drawing tiles, in milliseconds; each counts from the frame's beginning. */
export interface TileBudget {
  /** For what is in view and wrong, or blank. */
  readonly urgent: number
  /** For what is only sharper. */
  readonly leisure: number
  /** For the margin round the view. 0 puts it off. */
  readonly ahead: number
  /** For what may stand in some day: what lies farther round, the picture of the whole board. 0 puts it off. */
  readonly far: number
}

export interface TileProgress {
  /** Whether anything in view looks different now. */
  readonly changed: boolean
  /** Whether everything in view is drawn at its final quality. */
  readonly complete: boolean
  /** Whether there is anything left to draw, the margin included. */
  readonly more: boolean
}

export type ShowInstead = (part: Box, clip: () => void) => boolean

/** Canvases kept for each that is in view, and beyond. */
const KEEP_FACTOR = 2.5
const KEEP_MORE = 36

/** How many times too coarse what stands in while zooming may be; what is sharper need not be drawn in passing. */
const SHARP_ENOUGH = 2.2
/** Frames of the movement so far that are looked ahead, and tiles at most. */
const FRAMES_AHEAD = 20
const MOST_AHEAD = 2

interface Work {
  readonly level: TileLevel
  readonly tiles: readonly Tile[]
}

/** Finished elements as a map of tiles: drawn once for a zoom, then only laid out anew when the view moves. */
export class TileLayer {
  readonly #cache = new TileCache()
  #level: TileLevel | null = null
  #overviewLevel: TileLevel | null = null
  #frame = 0
  #view: Viewport | null = null

  invalidate(box: Box): void {
    this.#cache.invalidate(box)
  }

  invalidateAll(): void {
    this.#cache.invalidateAll()
  }

  /** Gives back its memory. */
  clear(): void {
    this.#cache.clear()
    this.#level = null
    this.#overviewLevel = null
  }

  /** Gives back most of its memory: of the whole board only a small picture stays. */
  shrink(): void {
    this.#cache.clear(this.#overviewLevel)
    this.#level = null
  }

  /** Draws what is wrong or missing, centre first, as far as the budget goes. */
  work(view: Viewport, resting: boolean, source: TileSource, budget: TileBudget): TileProgress {
    this.#frame++
    const start = performance.now()
    const level = this.#cache.level(levelScale(this.#level?.scale ?? null, view.scale, resting), this.#frame)
    const changedLevel = level !== this.#level
    this.#level = level
    const range = tilesTouching(view.box, level.scale)
    const ahead = this.#movement(view)
    const inView = this.#tilesAt(level, centreFirst(range, ahead))
    const [pressing, rest] = this.#byUrgency(level, inView, view, resting)
    // However late it is, something of what presses is drawn with each frame.
    const urgent = this.#draw({ level, tiles: pressing }, source, start + budget.urgent, 1)
    const sharper = this.#draw({ level, tiles: rest }, source, start + budget.leisure)
    const isDrawn = !inView.some(isWrong)
    const complete = isSameScale(level.scale, view.scale) && isDrawn
    let more = !isDrawn && (resting || pressing.some(isWrong) || rest.some(isWrong))
    if (complete) more = this.#workAround(level, view, ahead, source, start, budget)
    this.#keepOverview()
    this.#cache.trim(Math.ceil(countTiles(range) * KEEP_FACTOR) + KEEP_MORE, this.#frame)
    return { changed: changedLevel || urgent || sharper, complete, more }
  }

  /**
   * Lays the tiles out; where one is not drawn yet, other levels stand in. `instead` may show something else for what is not
   * drawn as it should be: it is given the part of the board, and what clips to that, and answers whether it did.
   */
  show(context: CanvasRenderingContext2D, view: Viewport, instead: ShowInstead | null = null): void {
    const level = this.#level
    if (level === null) return
    context.setTransform(1, 0, 0, 1, 0, 0)
    const others = this.#cache.standIns(level)
    for (const address of centreFirst(tilesTouching(view.box, level.scale))) {
      const tile = this.#cache.tile(level, address.column, address.row)
      if (instead && isWrong(tile) && instead(tile.box, () => clipTo(context, view, tile.box))) continue
      if (tile.painted) place(context, view, level, tile)
      else for (const standIn of standInsFor(tile.box, others)) this.#showPart(context, view, standIn)
    }
  }

  #tilesAt(level: TileLevel, addresses: readonly TileAddress[]): Tile[] {
    return addresses.map(({ column, row }) => {
      const tile = this.#cache.tile(level, column, row)
      tile.used = this.#frame
      return tile
    })
  }

  /** Tiles by which what is looked at will have moved soon, if it goes on as it does. */
  #movement(view: Viewport): Vec {
    const before = this.#view
    this.#view = view
    if (before === null || before.scale !== view.scale) return [0, 0]
    const towards = (from: number, to: number): number =>
      clamp(((from - to) * FRAMES_AHEAD) / TILE, -MOST_AHEAD, MOST_AHEAD)
    return [towards(before.offsetX, view.offsetX), towards(before.offsetY, view.offsetY)]
  }

  /** What in view is false or blank, and what could only be sharper. */
  #byUrgency(
    level: TileLevel,
    inView: readonly Tile[],
    view: Viewport,
    resting: boolean,
  ): readonly [Tile[], Tile[]] {
    const [blank, pressing]: [Tile[], Tile[]] = [[], []]
    const rest: Tile[] = []
    const others = this.#cache.standIns(level)
    const sharp = others.filter(({ scale }) => view.scale / scale < SHARP_ENOUGH)
    for (const tile of inView) {
      if (!isWrong(tile)) continue
      if (tile.painted) pressing.push(tile)
      else if (!others.some((other) => coverageOf(other, tile.box) === 'all')) blank.push(tile)
      else if (resting || !sharp.some((other) => coverageOf(other, tile.box) === 'all')) rest.push(tile)
    }
    return [[...blank, ...pressing], rest]
  }

  /** Draws what is not in view; whether something of it is left to draw. */
  #workAround(
    level: TileLevel,
    view: Viewport,
    ahead: Vec,
    source: TileSource,
    start: number,
    budget: TileBudget,
  ): boolean {
    if (budget.ahead === 0) return true
    const around = this.#tilesAt(level, centreFirst(withMargin(tilesTouching(view.box, level.scale)), ahead))
    if (this.#isLeft({ level, tiles: around }, source, start + budget.ahead)) return true
    return budget.far === 0 || this.#workFar(view, ahead, source, start + budget.far)
  }

  #workFar(view: Viewport, ahead: Vec, source: TileSource, deadline: number): boolean {
    const overview = this.#overview(view, source)
    const coarse = this.#coarse(view, ahead, overview)
    if (coarse && this.#isLeft(coarse, source, deadline)) return true
    if (overview && this.#isLeft(overview, source, deadline)) return true
    for (const { level: other, tile } of this.#cache.dirtyTiles()) {
      if (this.#isLeft({ level: other, tiles: [tile] }, source, deadline)) return true
    }
    return false
  }

  #isLeft(work: Work, source: TileSource, deadline: number): boolean {
    if (!work.tiles.some(isWrong)) return false
    this.#draw(work, source, deadline)
    return work.tiles.some(isWrong)
  }

  /** What lies round the view, coarser, so that quick panning shows something there. */
  #coarse(view: Viewport, ahead: Vec, overview: Work | null): Work | null {
    const scale = coarseScale(view.scale)
    if (overview === null || scale <= overview.level.scale) return null
    const level = this.#cache.level(scale, this.#frame)
    return {
      level,
      tiles: this.#tilesAt(level, centreFirst(withMargin(tilesTouching(view.box, scale)), ahead)),
    }
  }

  /** The picture of the whole board, so that quick zooming out shows something everywhere. */
  #overview(view: Viewport, source: TileSource): Work | null {
    const box = source.bounds()
    if (box === null || contains(view.box, box)) return null
    const level = this.#cache.level(overviewScale(box), this.#frame)
    this.#overviewLevel = level
    return { level, tiles: this.#tilesAt(level, centreFirst(tilesTouching(box, level.scale))) }
  }

  #keepOverview(): void {
    const level = this.#overviewLevel
    if (level === null) return
    level.used = this.#frame
    for (const tile of level.tiles.values()) tile.used = this.#frame
  }

  /** True when at least one of the tiles was finished. */
  #draw({ level, tiles }: Work, source: TileSource, deadline: number, atLeast = 0): boolean {
    let changed = false
    let begun = 0
    for (const tile of tiles) {
      if (!isWrong(tile)) continue
      if (begun++ >= atLeast && performance.now() > deadline) break
      const raster = this.#underWay(tile) ?? new TileRaster(this.#cache, level, tile, source)
      if (!raster.run(deadline)) break
      changed = true
    }
    return changed
  }

  #underWay(tile: Tile): TileRaster | null {
    return tile.raster instanceof TileRaster ? tile.raster : null
  }

  #showPart(context: CanvasRenderingContext2D, view: Viewport, { level, tile, part }: StandIn): void {
    tile.used = this.#frame
    level.used = this.#frame
    if (tile.canvas === null) return
    const { left, top, right, bottom } = pixelsOf(part, view)
    if (right <= left || bottom <= top) return
    const x = (part.minX - tile.box.minX) * level.scale
    const y = (part.minY - tile.box.minY) * level.scale
    const [width, height] = [boxWidth(part) * level.scale, boxHeight(part) * level.scale]
    context.drawImage(tile.canvas, x, y, width, height, left, top, right - left, bottom - top)
  }
}

/** Rounded edges, so that neighbours meet without a gap or an overlap. */
const pixelsOf = (box: Box, view: Viewport) => ({
  left: Math.round(box.minX * view.scale + view.offsetX),
  top: Math.round(box.minY * view.scale + view.offsetY),
  right: Math.round(box.maxX * view.scale + view.offsetX),
  bottom: Math.round(box.maxY * view.scale + view.offsetY),
})

const clipTo = (context: CanvasRenderingContext2D, view: Viewport, box: Box): void => {
  const { left, top, right, bottom } = pixelsOf(box, view)
  context.beginPath()
  context.rect(left, top, right - left, bottom - top)
  context.clip()
}

const place = (context: CanvasRenderingContext2D, view: Viewport, level: TileLevel, tile: Tile): void => {
  if (tile.canvas === null) return
  const { left, top, right, bottom } = pixelsOf(tile.box, view)
  if (right <= 0 || bottom <= 0 || left >= view.width || top >= view.height) return
  if (isSameScale(level.scale, view.scale)) context.drawImage(tile.canvas, left, top)
  else context.drawImage(tile.canvas, left, top, right - left, bottom - top)
}
