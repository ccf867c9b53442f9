import { contains } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry, PaintContext } from '../model/kind.ts'
import { paintElement } from '../model/paint-element.ts'
import type { Theme } from '../model/palette.ts'
import type { TextMeasurer } from '../model/surface.ts'
import { type CanvasSurface, createCanvasSurface, type FindPicture } from './canvas-surface.ts'
import type { Tile, TileCache, TileLevel } from './tile-cache.ts'
import { TILE } from './tile-plan.ts'

/** What tiles are drawn from. */
export interface TileSource {
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly theme: Theme
  readonly pictures: FindPicture | undefined
  /** Finished elements that meet the box, in drawing order; without those that are shown live. */
  query(box: Box): readonly Element[]
  /** The box round the whole board; null when nothing is on it. */
  bounds(): Box | null
}

/** Elements between two looks at the clock. */
const STRIDE = 8

/** One tile being drawn, possibly over several frames; the tile shows its old picture until all of it is done. */
export class TileRaster {
  readonly tile: Tile
  readonly #cache: TileCache
  readonly #source: TileSource
  readonly #elements: readonly Element[]
  readonly #version: number
  readonly #scale: number
  readonly #paint: PaintContext
  #drawing: { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D; surface: CanvasSurface } | null =
    null
  #next = 0

  constructor(cache: TileCache, level: TileLevel, tile: Tile, source: TileSource) {
    this.tile = tile
    this.#cache = cache
    this.#source = source
    this.#scale = level.scale
    this.#version = tile.version
    this.#paint = { measure: source.measure, editing: false, captioned: true }
    const part = tile.painted && tile.canvas !== null ? tile.dirty : null
    this.#elements = source.query(part === null ? tile.box : clip(part, tile.box, 2 / level.scale))
    if (this.#elements.length > 0 || tile.canvas !== null) this.#begin(part)
  }

  /** Whether the tile changed in a way that this drawing does not know. */
  get outdated(): boolean {
    return this.tile.version !== this.#version
  }

  /** Draws on until `deadline` (as `performance.now()`); true when the tile is done. */
  run(deadline: number): boolean {
    const drawing = this.#drawing
    if (drawing === null) return this.#finish(null)
    while (this.#next < this.#elements.length) {
      const element = this.#elements[this.#next++] as Element
      if (element.opacity < 1) this.#limitTo(drawing.surface, element)
      paintElement(drawing.surface, element, this.#source.kinds, this.#paint)
      if (this.#next % STRIDE === 0 && performance.now() > deadline) return this.#finishIfDone()
    }
    return this.#finishIfDone()
  }

  abandon(): void {
    if (this.#drawing === null) return
    this.#drawing.context.restore()
    this.#cache.giveCanvas(this.#drawing.canvas)
    this.#drawing = null
  }

  #begin(part: Box | null): void {
    const canvas = this.#cache.takeCanvas()
    const context = canvas.getContext('2d')
    if (context === null) {
      this.#cache.giveCanvas(canvas)
      return
    }
    const [left, top] = [this.tile.column * TILE, this.tile.row * TILE]
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, TILE, TILE)
    context.save()
    if (part !== null && this.tile.canvas !== null && !contains(part, this.tile.box)) {
      context.drawImage(this.tile.canvas, 0, 0)
      const x = Math.floor(part.minX * this.#scale - left) - 1
      const y = Math.floor(part.minY * this.#scale - top) - 1
      const width = Math.ceil(part.maxX * this.#scale - left) + 1 - x
      const height = Math.ceil(part.maxY * this.#scale - top) + 1 - y
      context.clearRect(x, y, width, height)
      context.beginPath()
      context.rect(x, y, width, height)
      context.clip()
    }
    context.setTransform(this.#scale, 0, 0, this.#scale, -left, -top)
    const surface = createCanvasSurface(context, this.#source.theme, this.#scale, this.#source.pictures)
    this.#drawing = { canvas, context, surface }
  }

  #limitTo(surface: CanvasSurface, element: Element): void {
    const box = paintedBounds(element, this.#source.kinds)
    const [left, top] = [this.tile.column * TILE, this.tile.row * TILE]
    surface.limit({
      minX: box.minX * this.#scale - left,
      minY: box.minY * this.#scale - top,
      maxX: box.maxX * this.#scale - left,
      maxY: box.maxY * this.#scale - top,
    })
  }

  #finishIfDone(): boolean {
    if (this.#next < this.#elements.length || this.#drawing === null) return false
    this.#drawing.context.restore()
    return this.#finish(this.#drawing.canvas)
  }

  #finish(canvas: HTMLCanvasElement | null): true {
    if (this.tile.canvas !== null) this.#cache.giveCanvas(this.tile.canvas)
    this.tile.canvas = canvas
    this.tile.painted = true
    this.tile.dirty = null
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
