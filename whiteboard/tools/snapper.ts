import { boxCenter, boxHeight, boxWidth } from '../geometry/box.ts'
import type { Camera } from '../geometry/camera.ts'
import type { Box, Vec, WorldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { ResizeDirection } from '../model/handles.ts'
import type { Hints } from '../model/hints.ts'
import { nearestBoxes, snapCandidates } from '../model/plans/snapping/candidates.ts'
import {
  type SnapField,
  type SnappedMove,
  type SnappedPoint,
  type SnapResizeOptions,
  snapMove,
  snapPoint,
  snapResize,
} from '../model/plans/snapping/snap.ts'
import type { EditorContext, PointerInput } from './contract.ts'

/** CSS pixels from which something attracts. */
const REACH = 7
/** CSS pixels; what is smaller on screen attracts nothing. */
const SMALLEST = 5

/** What is near, as long as nothing moves but what is dragged, and that not far. */
interface Neighbourhood {
  readonly around: WorldPoint
  readonly boxes: readonly Box[]
}

interface Candidates {
  readonly camera: Camera
  readonly ordered: readonly Element[]
  readonly boxes: readonly Box[]
}

/**
 * Snapping for one gesture: knows what is in view and near, whether the person wants it (a setting, turned round while
 * Ctrl is held), and shows the guides. Looking for what is in view is done again only when the view or the board changed.
 */
export class Snapper {
  readonly #context: EditorContext
  readonly #moved: ReadonlySet<ElementId>
  readonly #hints: Hints | null
  #candidates: Candidates | null = null
  #near: Neighbourhood | null = null

  /**
   * @param moved what is dragged, to which nothing snaps
   * @param hints what the gesture shows beside the guides
   */
  constructor(context: EditorContext, moved: Iterable<ElementId> = [], hints: Hints | null = null) {
    this.#context = context
    this.#moved = new Set(moved)
    this.#hints = hints
  }

  /** Snaps a box that is moved as a whole; `free`: the axes along which it moves. */
  move(box: Box, input: PointerInput, free?: readonly [boolean, boolean]): Vec {
    const field = this.#field(box, input)
    if (!field) return this.#shown({ offset: [0, 0], guides: [] }).offset
    return this.#shown(snapMove(box, field, free)).offset
  }

  /** Snaps the handle of an upright box that is pulled to a point. */
  resize(
    box: Box,
    direction: ResizeDirection,
    to: WorldPoint,
    input: PointerInput,
    options: SnapResizeOptions = {},
  ): WorldPoint {
    const field = this.#field(box, input)
    if (!field) return this.#shown({ point: to, guides: [] }).point
    return this.#shown(snapResize(box, direction, to, field, options)).point
  }

  /** Snaps a point alone, by default the pointer's own. */
  point(input: PointerInput, point: WorldPoint = input.world): WorldPoint {
    const [x, y] = point
    const field = this.#field({ minX: x, minY: y, maxX: x, maxY: y }, input)
    if (!field) return this.#shown({ point, guides: [] }).point
    return this.#shown(snapPoint(point, field)).point
  }

  #shown<Result extends SnappedMove | SnappedPoint>(result: Result): Result {
    const { guides } = result
    this.#context.setHints(guides.length > 0 ? { ...this.#hints, guides } : this.#hints)
    return result
  }

  /** What there is to snap to now; null when the person does not want to. */
  #field(box: Box, { ctrl }: PointerInput): SnapField | null {
    const { board, snapping, pixel } = this.#context
    const grid = board.settings.pattern === 'grid' ? board.settings.gridStep : null
    if (grid !== null) {
      return ctrl ? null : { others: snapping ? this.#others(box) : [], reach: REACH * pixel, grid }
    }
    return snapping === ctrl ? null : { others: this.#others(box), reach: REACH * pixel, grid }
  }

  #others(box: Box): readonly Box[] {
    const { boxes } = this.#inView()
    const around = boxCenter(box)
    const known = this.#near
    const roam = (Math.max(boxWidth(box), boxHeight(box)) + 50 * this.#context.pixel) / 2
    if (known && distance(known.around, around) <= roam) return known.boxes
    this.#near = { around: around, boxes: nearestBoxes(boxes, box) }
    return this.#near.boxes
  }

  #inView(): Candidates {
    const { board, camera, view, kinds, pixel } = this.#context
    const known = this.#candidates
    if (known?.camera === camera && known.ordered === board.ordered) return known
    const elements = board.query(view)
    const boxes = snapCandidates(elements, this.#moved, kinds, SMALLEST * pixel)
    this.#near = null
    this.#candidates = { camera, ordered: board.ordered, boxes }
    return this.#candidates
  }
}
