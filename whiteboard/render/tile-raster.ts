import { contains } from '../geometry/box.ts'
import { clamp } from '../geometry/clamp.ts'
import type { Box, Vec } from '../geometry/types.ts'
import type { Element, ElementId } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry, PaintContext } from '../model/kind.ts'
import { paintElement } from '../model/paint-element.ts'
import type { Theme } from '../model/palette.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { flushCanvas } from './canvas-flush.ts'
import { type CanvasSurface, createCanvasSurface, type FindPicture } from './canvas-surface.ts'
import type { Tile, TileCache, TileLevel } from './tile-cache.ts'
import { TILE } from './tile-plan.ts'

/** What tiles are drawn from. */
export interface TileSource {
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly theme: Theme
  readonly pictures: FindPicture | undefined
  /** Device pixels, less than one each way, by which all is drawn further to the right and down. */
  readonly phase?: Vec
  /** Those that tiles leave out, for they are shown live. */
  readonly hidden: Pick<ReadonlySet<ElementId>, 'has'>
  /** All elements in drawing order; the array is replaced, never changed. */
  readonly ordered: readonly Element[]
  /** What an element may paint on; undefined for what is gone. */
  boxOf(id: ElementId): Box | undefined
  /** The box round the whole board; null when nothing is on it. */
  bounds(): Box | null
  /** Elements that meet the box, in drawing order. */
  query(box: Box): readonly Element[]
}

/** Milliseconds of drawing between two looks at the clock. */
const SLICE = 2
/** Elements drawn between two looks. */
const FEWEST = 2
const MOST = 600

const NO_PHASE: Vec = [0, 0]

interface Drawing {
  readonly canvas: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  readonly surface: CanvasSurface
}

/**
 * One tile being drawn, possibly over several frames; the tile shows its old picture until all of it is done. What changes
 * on the board meanwhile is left to the tile as its dirty part.
 */
export class TileRaster {
  readonly tile: Tile
  readonly #level: TileLevel
  readonly #cache: TileCache
  readonly #source: TileSource
  readonly #elements: readonly Element[]
  /** What of the board is drawn. */
  readonly #part: Box
  readonly #paint: PaintContext
  #drawing: Drawing | null = null
  #next = 0

  constructor(cache: TileCache, level: TileLevel, tile: Tile, source: TileSource) {
    this.tile = tile
    this.#level = level
    this.#cache = cache
    this.#source = source
    this.#paint = { measure: source.measure, editing: false, captioned: true }
    const part = tile.painted && tile.canvas !== null ? tile.dirty : null
    this.#part = part === null ? tile.box : clip(part, tile.box, 2 / level.scale)
    this.#elements = source.query(this.#part)
    tile.dirty = null
    tile.raster = this
    if (this.#elements.length > 0 || tile.canvas !== null) this.#begin(part)
  }

  /** Draws on until `deadline` (as `performance.now()`), a slice at least; true when the tile is done. */
  run(deadline: number): boolean {
    const drawing = this.#drawing
    if (drawing === null) return this.#finish(null)
    while (this.#next < this.#elements.length) {
      const start = performance.now()
      this.#drawSome(drawing.surface, this.#level.pace)
      flushCanvas(drawing.canvas)
      const end = performance.now()
      this.#level.pace = clamp((this.#level.pace * SLICE) / Math.max(0.1, end - start), FEWEST, MOST)
      if (end > deadline) break
    }
    if (this.#next < this.#elements.length) return false
    drawing.context.restore()
    return this.#finish(drawing.canvas)
  }

  /** Gives up; what it would have drawn is dirty again. */
  abandon(): void {
    this.tile.raster = null
    if (this.tile.painted) this.#cache.soil(this.tile, this.#part)
    else this.tile.dirty = null
    if (this.#drawing === null) return
    this.#drawing.context.restore()
    this.#cache.giveCanvas(this.#drawing.canvas)
    this.#drawing = null
  }

  #drawSome(surface: CanvasSurface, count: number): void {
    const { hidden } = this.#source
    const last = Math.min(this.#elements.length, this.#next + count)
    while (this.#next < last) {
      const element = this.#elements[this.#next++] as Element
      if (hidden.has(element.id)) continue
      if (element.opacity < 1) this.#limitTo(surface, paintedBounds(element, this.#source.kinds))
      paintElement(surface, element, this.#source.kinds, this.#paint)
    }
  }

  #begin(part: Box | null): void {
    const canvas = this.#cache.takeCanvas()
    const context = canvas.getContext('2d')
    if (context === null) {
      this.#cache.giveCanvas(canvas)
      return
    }
    const { scale } = this.#level
    const [left, top] = this.#corner()
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, TILE, TILE)
    context.save()
    if (part !== null && this.tile.canvas !== null && !contains(part, this.tile.box)) {
      context.drawImage(this.tile.canvas, 0, 0)
      const x = Math.floor(part.minX * scale - left) - 1
      const y = Math.floor(part.minY * scale - top) - 1
      const width = Math.ceil(part.maxX * scale - left) + 1 - x
      const height = Math.ceil(part.maxY * scale - top) + 1 - y
      context.clearRect(x, y, width, height)
      context.beginPath()
      context.rect(x, y, width, height)
      context.clip()
    }
    context.setTransform(scale, 0, 0, scale, -left, -top)
    const surface = createCanvasSurface(context, this.#source.theme, scale, this.#source.pictures)
    this.#drawing = { canvas, context, surface }
  }

  /** The tile's corner in device pixels from the board's origin. */
  #corner(): Vec {
    const [x, y] = this.#source.phase ?? NO_PHASE
    return [this.tile.column * TILE - x, this.tile.row * TILE - y]
  }

  #limitTo(surface: CanvasSurface, box: Box): void {
    const { scale } = this.#level
    const [left, top] = this.#corner()
    surface.limit({
      minX: box.minX * scale - left,
      minY: box.minY * scale - top,
      maxX: box.maxX * scale - left,
      maxY: box.maxY * scale - top,
    })
  }

  #finish(canvas: HTMLCanvasElement | null): true {
    if (this.tile.canvas !== null) this.#cache.giveCanvas(this.tile.canvas)
    this.tile.canvas = canvas
    this.tile.painted = true
    this.tile.raster = null
    this.#drawing = null
    return true
  }
}

const clip = (part: Box, whole: Box, margin: number): Box => ({
  minX: Math.max(part.minX - margin, whole.minX),
  minY: Math.max(part.minY - margin, whole.minY),
  maxX: Math.min(part.maxX + margin, whole.maxX),
  maxY: Math.min(part.maxY + margin, whole.maxY),
})
