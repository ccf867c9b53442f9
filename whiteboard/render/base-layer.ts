import type { Camera } from '../geometry/camera.ts'
import type { Box } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Theme } from '../model/palette.ts'
import type { BoardSettings } from '../model/settings.ts'
import { paintBackdrop } from './backdrop.ts'
import { type Drafted, NOTHING_DRAFTED } from './drafted.ts'
import { shifting } from './late-shifting.ts'
import { SettledLayer } from './settled-layer.ts'
import { budgetFor, pace } from './tile-budget.ts'
import { TileLayer, type TileProgress } from './tile-layer.ts'
import type { TileSource } from './tile-raster.ts'
import type { TileStack } from './tile-stack.ts'
import type { Viewport } from './viewport.ts'

/** Milliseconds without zooming after which the view is drawn at its exact scale. */
export const REST = 80
/** Boxes at once above which what they lie in is drawn again as a whole. */
const MOST_PARTS = 4000
/** Milliseconds for which the picture from before stays at most, where all has to be drawn anew. */
const MOST_PATIENCE = 500
/** Milliseconds after which the first picture of a board is shown even if not all of it is there. */
const FIRST_WITHIN = 2000

/** Simple tiles, until something moves over them as a whole for the first time. */
type Tiles = TileLayer | TileStack

/** Tiles in colours that are no longer right, shown until all in view is there in the new ones. */
interface Outgoing {
  readonly tiles: Tiles
  readonly theme: Theme
  readonly until: number
}

const isSameCamera = (a: Camera, b: Camera): boolean => a.x === b.x && a.y === b.y && a.zoom === b.zoom

/** The paper with all finished elements: decides how much of it is drawn when, and what is shown meanwhile. */
export class BaseLayer {
  #tiles: Tiles = new TileLayer()
  readonly #settled = new SettledLayer()
  #drafted: Drafted = NOTHING_DRAFTED
  #board: BoardReader | null = null
  #theme: Theme
  #outgoing: Outgoing | null = null
  #camera: Camera | null = null
  #movedAt = Number.NEGATIVE_INFINITY
  #zoomedAt = Number.NEGATIVE_INFINITY
  #workedAt = Number.NEGATIVE_INFINITY
  #touchedAt = Number.NEGATIVE_INFINITY
  #share = 1
  #complete = false
  /** Whether what is on the canvas has what is under way in it. */
  #paintedSettled = false
  /** The view whose picture is left to stand while the tiles come back that were given away; until when at most. */
  #standing: { readonly camera: Camera; readonly until: number } | null = null

  /** Until when at most nothing is shown, for the first picture of the board is not complete; null when it was shown. */
  #firstUntil: number | null = null

  constructor(theme: Theme) {
    this.#theme = theme
  }

  /** Something changed on the board: what is not urgent has to take little time. */
  touched(now: number): void {
    this.#touchedAt = now
  }

  /** The board's first elements are there. They are shown together: until all in view are drawn, the paper alone. */
  begin(now: number): void {
    this.#firstUntil = now + FIRST_WITHIN
    // Nothing was seen of the way to where the view is now, so it is at rest.
    this.#camera = null
    this.#movedAt = Number.NEGATIVE_INFINITY
    this.#zoomedAt = Number.NEGATIVE_INFINITY
  }

  /** Whether the first picture of the board is still to come. */
  get isBeginning(): boolean {
    return this.#firstUntil !== null
  }

  /** This person did something that goes on: what is not in view has to wait. */
  worked(now: number): void {
    this.#workedAt = now
    this.#touchedAt = now
  }

  /** What is shown otherwise than it is on the board. */
  setDrafted(drafted: Drafted, board: BoardReader): void {
    this.#drafted = drafted
    this.#board = board
    this.#showShift(board, () => this.#settled.take())
    this.#settled.setDrafted(drafted, board)
  }

  /** Whether it shows what is under way as well, each in its order. */
  get isSettled(): boolean {
    return this.#settled.isShown && !this.#outgoing
  }

  invalidate(boxes: readonly Box[]): void {
    this.#settled.clear()
    if (boxes.length <= MOST_PARTS) for (const box of boxes) this.#tiles.invalidate(box)
    else this.#tiles.invalidate(around(boxes))
  }

  invalidateAll(): void {
    this.#tiles.invalidateAll()
    this.#settled.clear()
  }

  /** Gives memory back while nobody looks. What the canvas shows stays on it. */
  shrink(): void {
    this.#tiles.shrink()
    this.#settled.clear()
    this.#outgoing?.tiles.clear()
    this.#outgoing = null
    if (this.#camera) this.#standing = { camera: this.#camera, until: Number.POSITIVE_INFINITY }
  }

  /** The canvas has lost its picture. */
  blanked(): void {
    this.#standing = null
  }

  clear(): void {
    this.#tiles.clear()
    this.#settled.clear()
    this.#outgoing?.tiles.clear()
  }

  /** Whether zooming has come to rest. */
  isResting(now: number): boolean {
    return now - this.#zoomedAt >= REST
  }

  /**
   * Draws tiles for as long as the moment allows.
   *
   * @param inOrder whether what is live is drawn in its right place anyway
   */
  work(view: Viewport, camera: Camera, source: TileSource, elapsed: number, inOrder: boolean): TileProgress {
    const now = performance.now()
    this.#follow(camera, now)
    if (source.theme !== this.#theme) this.#changeTheme(source.theme, now)
    const moment = {
      moved: now - this.#movedAt,
      zoomed: now - this.#zoomedAt,
      // What is moved as a whole comes into view like the margin when the view moves.
      worked: this.#drafted.shift ? Number.POSITIVE_INFINITY : now - this.#workedAt,
      touched: now - this.#touchedAt,
      first: this.isBeginning,
    }
    this.#share = pace(this.#share, moment, elapsed)
    const all = this.#tiles.work(view, this.isResting(now), source, budgetFor(moment, this.#share))
    const drawn = this.#awaitFirst(all, now)
    const settled = this.#settle(drawn, view, source, inOrder)
    const progress = { ...settled, changed: settled.changed || this.isSettled !== this.#paintedSettled }
    this.#complete = progress.complete
    if (!this.#outgoing || (!progress.complete && now < this.#outgoing.until)) return progress
    this.#outgoing.tiles.clear()
    this.#outgoing = null
    return { ...progress, changed: true }
  }

  /** False when the picture from before was better left as it is. */
  paint(context: CanvasRenderingContext2D, view: Viewport, camera: Camera, settings: BoardSettings): boolean {
    if (this.#isStanding(camera)) return false
    const { tiles, theme } = this.#outgoing ?? { tiles: this.#tiles, theme: this.#theme }
    paintBackdrop(context, view, theme, settings)
    this.#paintedSettled = this.isSettled
    if (this.isBeginning) return true
    if (this.isSettled) this.#settled.show(context, view)
    else tiles.show(context, view)
    return true
  }

  /** Goes on with what is shown once nothing moves. */
  #settle(drawn: TileProgress, view: Viewport, source: TileSource, inOrder: boolean): TileProgress {
    if (inOrder) this.#settled.clear()
    // A frame has room for one of them.
    if (inOrder || (!drawn.complete && !this.#settled.isShown)) return drawn
    const settled = this.#settled.work(view, this.isResting(performance.now()), source)
    return {
      changed: drawn.changed || settled.changed,
      complete: drawn.complete && settled.complete,
      more: drawn.more || settled.more,
    }
  }

  #showShift(board: BoardReader, takeShown: () => TileLayer | null): void {
    const { shift } = this.#drafted
    const code = shifting.here
    if (shift && code && !('setShift' in this.#tiles)) this.#tiles = new code.TileStack(this.#tiles)
    if ('setShift' in this.#tiles) this.#tiles.setShift(shift, board, takeShown)
  }

  #awaitFirst(progress: TileProgress, now: number): TileProgress {
    if (this.#firstUntil === null) return progress
    if (!progress.complete && now < this.#firstUntil) return { ...progress, changed: false }
    this.#firstUntil = null
    return { ...progress, changed: true }
  }

  #isStanding(camera: Camera): boolean {
    if (this.#standing === null) return false
    const until = Math.min(this.#standing.until, performance.now() + MOST_PATIENCE)
    const stays = !this.#complete && isSameCamera(camera, this.#standing.camera) && performance.now() < until
    this.#standing = stays ? { camera, until } : null
    return stays
  }

  #follow(camera: Camera, now: number): void {
    const before = this.#camera
    this.#camera = camera
    if (before === null || isSameCamera(before, camera)) return
    this.#movedAt = now
    if (before.zoom !== camera.zoom) this.#zoomedAt = now
  }

  #changeTheme(theme: Theme, now: number): void {
    this.#outgoing?.tiles.clear()
    this.#outgoing = { tiles: this.#tiles, theme: this.#theme, until: now + MOST_PATIENCE }
    this.#tiles = new TileLayer()
    this.#settled.clear()
    if (this.#board) this.#showShift(this.#board, () => null)
    this.#theme = theme
  }
}

const around = (boxes: readonly Box[]): Box => {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    minX = Math.min(minX, box.minX)
    minY = Math.min(minY, box.minY)
    maxX = Math.max(maxX, box.maxX)
    maxY = Math.max(maxY, box.maxY)
  }
  return { minX, minY, maxX, maxY }
}
