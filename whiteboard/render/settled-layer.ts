import { intersects } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry } from '../model/kind.ts'
import { compareOrder } from '../model/order.ts'
import { type Drafted, liveElement, NOTHING_DRAFTED } from './drafted.ts'
import { finishedIn } from './finished.ts'
import { type TileBudget, TileLayer, type TileProgress } from './tile-layer.ts'
import type { TileSource } from './tile-raster.ts'
import type { Viewport } from './viewport.ts'

/** Milliseconds without a change of what is under way after which it is drawn in order. */
const REST = 100
/** It may go on any moment, and must not be late then. */
const BUDGET: TileBudget = { urgent: 12, leisure: 12, ahead: 3, far: 3 }

const NOTHING_LEFT: TileProgress = { changed: false, complete: true, more: false }
const WAITING: TileProgress = { changed: false, complete: false, more: true }

type Shown = Pick<TileSource, 'hidden' | 'bounds' | 'query'>

/**
 * The board with all that is under way, everything in its order, as tiles: drawn once nothing of it changes any more, where
 * that is too much to be drawn at every movement.
 */
export class SettledLayer {
  #drafted: Drafted = NOTHING_DRAFTED
  #board: BoardReader | null = null
  #changedAt = Number.NEGATIVE_INFINITY
  #tiles: TileLayer | null = null
  #shown: Shown | null = null
  #isShown = false

  /** Whether all in view is drawn, so that it is shown instead of all else. */
  get isShown(): boolean {
    return this.#isShown
  }

  /** Something else is under way. */
  setDrafted(drafted: Drafted, board: BoardReader): void {
    this.#drafted = drafted
    this.#board = board
    this.#changedAt = performance.now()
    this.clear()
  }

  clear(): void {
    this.#tiles?.clear()
    this.#forget()
  }

  /** The tiles that are shown, which it leaves to who asks; null when there are none. */
  take(): TileLayer | null {
    const tiles = this.#isShown ? this.#tiles : null
    if (tiles) this.#forget()
    return tiles
  }

  work(view: Viewport, resting: boolean, source: TileSource): TileProgress {
    const { hidden, shift } = this.#drafted
    if (!this.#board || (hidden.size === 0 && shift === null)) return NOTHING_LEFT
    if (performance.now() - this.#changedAt < REST) return WAITING
    this.#tiles ??= new TileLayer()
    this.#shown ??= asShown(this.#drafted, this.#board, source.kinds)
    const progress = this.#tiles.work(view, resting, { ...source, ...this.#shown }, BUDGET)
    const changed = progress.changed || progress.complete !== this.#isShown
    this.#isShown = progress.complete
    return { ...progress, changed }
  }

  show(context: CanvasRenderingContext2D, view: Viewport): void {
    this.#tiles?.show(context, view)
  }

  #forget(): void {
    this.#tiles = null
    this.#shown = null
    this.#isShown = false
  }
}

/** What there is to be seen while something is under way. Of it no picture of the whole board is wanted. */
const asShown = (drafted: Drafted, board: BoardReader, kinds: KindRegistry): Shown => {
  const live: { readonly element: Element; readonly bounds: Box }[] = []
  for (const id of drafted.hidden) {
    const element = liveElement(drafted, board, id)
    if (element) live.push({ element, bounds: paintedBounds(element, kinds) })
  }
  live.sort((a, b) => compareOrder(a.element, b.element))
  return {
    hidden: new Set<ElementId>(),
    bounds: () => null,
    query: (box) => {
      const finished = finishedIn(box, { board, drafted })
      const among = live.filter(({ bounds }) => intersects(bounds, box)).map(({ element }) => element)
      return among.length === 0 ? finished : [...finished, ...among].sort(compareOrder)
    },
  }
}
