import { contains } from '../geometry/box.ts'
import type { Box, Vec } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { BoardReader } from '../model/board.ts'
import type { ElementId } from '../model/element.ts'
import type { Shift } from '../model/shift.ts'
import { shiftedBox } from '../model/shifted.ts'
import { movingOnly, partsOf, stillOnly } from './shifted-parts.ts'
import { type TileBudget, TileLayer, type TileProgress } from './tile-layer.ts'
import type { TileSource } from './tile-raster.ts'
import type { Viewport } from './viewport.ts'

type Board = Pick<BoardReader, 'get' | 'ordered' | 'boxOf'>

/** Milliseconds after which what moves is shown moving even if not all of it is drawn. */
const PATIENCE = 400
/** Milliseconds without a movement after which it is drawn for the place where it is. */
const REST = 100
/** Device pixels that nobody sees. */
const SAME_PHASE = 0.02
const NO_PHASE: Vec = [0, 0]
/** Up to so many elements that stay are taken out of the tiles there are, instead of drawing all that moves anew. */
const MOST_TAKEN_OUT = 300

/** What is on the move: in a layer of its own, drawn where it stands on the board and laid out elsewhere. */
interface Moving {
  readonly board: Board
  readonly layer: TileLayer
  readonly still: TileLayer
  /** All there is as it stood before; the layer itself where next to nothing stays. */
  readonly whole: TileLayer
  shift: Shift
  /** When it moved last. */
  movedAt: number
  /** The part of a device pixel by which the layer is drawn further, so that at rest it is as sharp as if it stood there. */
  phase: Vec
  /** One of the elements, and where it stood: whether it stands elsewhere tells how the move ended. */
  readonly sample: { readonly id: ElementId | undefined; readonly position: Vec | undefined }
  readonly since: number
  /** Whether both layers are drawn, so that they are shown instead of the whole. */
  ready: boolean
}

/** What was shown as a move ended, until the board is drawn anew. */
interface Ended {
  readonly layers: readonly TileLayer[]
  readonly show: (context: CanvasRenderingContext2D, view: Viewport) => void
  /** What was in view. */
  view: Box | null
}

/**
 * Finished elements as tiles, and many of them on the move as further tiles that are only laid out elsewhere: moving all of
 * a board costs what panning costs. What was on the screen stays there until its successor is drawn.
 */
export class TileStack {
  #main: TileLayer
  #moving: Moving | null = null
  #ended: Ended | null = null

  /** @param main the tiles there are */
  constructor(main: TileLayer) {
    this.#main = main
  }

  invalidate(box: Box): void {
    for (const layer of this.#layers()) layer.invalidate(box)
  }

  invalidateAll(): void {
    for (const layer of this.#layers()) layer.invalidateAll()
  }

  clear(): void {
    for (const layer of this.#layers()) layer.clear()
    this.#dropEnded()
  }

  /** Gives back most of its memory. */
  shrink(): void {
    for (const layer of this.#layers()) layer.shrink()
    this.#dropEnded()
  }

  /**
   * Shows these elements elsewhere from now on; null shows all where they are.
   *
   * @param takeShown gives what was shown instead of it all, if anything was
   */
  setShift(shift: Shift | null, board: Board, takeShown: () => TileLayer | null): void {
    const moving = this.#moving
    if (!shift || (moving && isAnother(moving.shift, shift))) {
      if (moving) this.#end(moving, takeShown)
      if (shift) this.#begin(shift, board)
    } else if (!moving) this.#begin(shift, board)
    else {
      if (moving.shift.ids !== shift.ids) this.#exchange(moving, shift.ids)
      if (moving.shift.delta !== shift.delta) moving.movedAt = performance.now()
      moving.shift = shift
    }
  }

  work(view: Viewport, resting: boolean, source: TileSource, budget: TileBudget): TileProgress {
    const moving = this.#moving
    if (moving) return this.#workMoving(moving, view, resting, source, budget)
    const progress = this.#main.work(view, resting, source, budget)
    if (!this.#ended || !progress.complete) return progress
    this.#dropEnded()
    return { ...progress, changed: true }
  }

  show(context: CanvasRenderingContext2D, view: Viewport): void {
    const moving = this.#moving
    if (!moving) {
      const ended = this.#ended
      this.#main.show(context, view, ended && ((box, clip) => showEnded(ended, context, view, box, clip)))
    } else if (moving.ready) {
      showParts(moving, context, view)
    } else moving.whole.show(context, view)
  }

  *#layers(): Generator<TileLayer> {
    const moving = this.#moving
    if (!moving) {
      yield this.#main
      return
    }
    yield moving.still
    yield moving.whole
    if (moving.layer !== moving.whole) yield moving.layer
  }

  #begin(shift: Shift, board: Board): void {
    this.#dropEnded()
    const [id] = shift.ids
    const { still } = partsOf(board.ordered, shift.ids)
    const isNearlyAll = still.length <= MOST_TAKEN_OUT && still.length < shift.ids.size
    const layer = isNearlyAll ? this.#main : new TileLayer()
    if (isNearlyAll) for (const element of still) invalidateElement(layer, element.id, board)
    this.#moving = {
      board,
      whole: this.#main,
      layer,
      still: new TileLayer(),
      shift,
      movedAt: performance.now(),
      phase: NO_PHASE,
      sample: { id, position: id && board.get(id)?.position },
      since: performance.now(),
      ready: false,
    }
  }

  #end(moving: Moving, takeShown: () => TileLayer | null): void {
    this.#moving = null
    this.#main = moving.whole
    const { board, layer, sample, shift, still } = moving
    const isWhole = layer === moving.whole
    if (isWhole && moving.phase !== NO_PHASE) layer.invalidateAll()
    const isBack = sample.id !== undefined && board.get(sample.id)?.position === sample.position
    if (isBack || !moving.ready) {
      still.clear()
      if (!isWhole) layer.clear()
      else for (const { id } of partsOf(board.ordered, shift.ids).still) invalidateElement(layer, id, board)
      return
    }
    // What is drawn is still wanted as it is, while the whole is drawn anew.
    if (isWhole) this.#main = new TileLayer()
    const parts = [still, layer]
    const shown = takeShown()
    if (shown) for (const part of parts) part.clear()
    this.#ended = {
      layers: shown ? [shown] : parts,
      show: (context, view) => (shown ? shown.show(context, view) : showParts(moving, context, view)),
      view: null,
    }
  }

  /** What came to move, or does not any more, changes layers. */
  #exchange({ shift, board }: Moving, after: ReadonlySet<ElementId>): void {
    const before = shift.ids
    for (const layer of this.#layers()) {
      for (const id of before) if (!after.has(id)) invalidateElement(layer, id, board)
      for (const id of after) if (!before.has(id)) invalidateElement(layer, id, board)
    }
  }

  #workMoving(
    moving: Moving,
    view: Viewport,
    resting: boolean,
    source: TileSource,
    budget: TileBudget,
  ): TileProgress {
    const { ids, delta } = moving.shift
    const still = moving.still.work(view, resting, stillOnly(source, ids), budget)
    // A frame has room for one of them.
    if (!still.complete) return advanced(moving, still, false)
    const isExact = sharpen(moving, view)
    const there = shiftedView(view, moving.ready ? delta : NO_PHASE, moving.phase)
    const part = { ...movingOnly(source, ids), phase: moving.phase }
    const rest = moving.layer.work(there, resting, part, budget)
    const progress = {
      changed: still.changed || rest.changed,
      complete: rest.complete && isExact,
      more: still.more || rest.more || !isExact,
    }
    return advanced(moving, progress, rest.complete || moving.layer === moving.whole)
  }

  #dropEnded(): void {
    for (const layer of this.#ended?.layers ?? []) layer.clear()
    this.#ended = null
  }
}

const showParts = (moving: Moving, context: CanvasRenderingContext2D, view: Viewport): void => {
  moving.still.show(context, view)
  moving.layer.show(context, shiftedView(view, moving.shift.delta, moving.phase))
}

/** Whether it is another move, and not the same one of a little more or less. */
const isAnother = ({ ids: before }: Shift, { ids: after }: Shift): boolean => {
  if (before === after) return false
  const [first] = before
  return first !== undefined && !after.has(first)
}

const advanced = (moving: Moving, progress: TileProgress, isDrawn: boolean): TileProgress => {
  if (moving.ready) return progress
  moving.ready = isDrawn || performance.now() - moving.since > PATIENCE
  return { changed: true, complete: false, more: true }
}

/** Once it rests, has what moves drawn for where it is on its pixels; whether it is. */
const sharpen = (moving: Moving, { scale }: Viewport): boolean => {
  const [x, y] = [moving.shift.delta[0] * scale, moving.shift.delta[1] * scale]
  const phase: Vec = [partOf(x), partOf(y)]
  if (distance(phase, moving.phase) < SAME_PHASE) return true
  if (performance.now() - moving.movedAt < REST) return false
  moving.phase = phase
  moving.layer.invalidateAll()
  return true
}

/** What is left over from the nearest whole number, as far as it can be seen. */
const partOf = (value: number): number => {
  const part = value - Math.round(value)
  return Math.abs(part) < SAME_PHASE ? 0 : part
}

const invalidateElement = (layer: TileLayer, id: ElementId, board: Board): void => {
  const box = board.boxOf(id)
  if (box) layer.invalidate(box)
}

/** Shows a part of what the move ended with; false where that was not in view, so that nothing is known of it. */
const showEnded = (
  ended: Ended,
  context: CanvasRenderingContext2D,
  view: Viewport,
  box: Box,
  clip: () => void,
): boolean => {
  ended.view ??= view.box
  if (!contains(ended.view, visiblePart(box, view.box))) return false
  context.save()
  clip()
  ended.show(context, view)
  context.restore()
  return true
}

const visiblePart = (box: Box, view: Box): Box => ({
  minX: Math.max(box.minX, view.minX),
  minY: Math.max(box.minY, view.minY),
  maxX: Math.min(box.maxX, view.maxX),
  maxY: Math.min(box.maxY, view.maxY),
})

/** The view in which what is drawn at its old place shows as far away as it has moved, on whole pixels. */
const shiftedView = (view: Viewport, delta: Vec, phase: Vec): Viewport => {
  const x = Math.round(delta[0] * view.scale - phase[0])
  const y = Math.round(delta[1] * view.scale - phase[1])
  return {
    ...view,
    offsetX: view.offsetX + x,
    offsetY: view.offsetY + y,
    box: shiftedBox(view.box, [-x / view.scale, -y / view.scale]),
  }
}
