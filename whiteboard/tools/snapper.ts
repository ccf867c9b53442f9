import { boxCenter, boxFromCorners, contains, expand, intersection, intersects } from '../geometry/box.ts'
import type { Camera } from '../geometry/camera.ts'
import type { Box, Vec, WorldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { ResizeDirection } from '../model/handles.ts'
import type { Hints } from '../model/hints.ts'
import { MOST_CANDIDATES, nearestBoxes, snapCandidates } from '../model/plans/snapping/candidates.ts'
import type { SnapField, SnappedMove, SnappedPoint, SnapResizeOptions } from '../model/plans/snapping/snap.ts'
import type { EditorContext, PointerInput } from './contract.ts'
import { snapping } from './late-snapping.ts'

/** CSS pixels from which something attracts. */
const REACH = 7
/** CSS pixels; what is smaller on screen attracts nothing. */
const SMALLEST = 5

/** CSS pixels round what is moved that are looked at first, where much is in view. */
const FIRST_MARGIN = 80

/** What is near what is moved, as long as the view and the board stay the same. */
interface Neighbourhood {
  readonly camera: Camera
  readonly ordered: readonly Element[]
  readonly boxes: readonly Box[]
  /** Where it was looked from, and how far from there it still holds. */
  readonly around: Vec
  readonly roam: number
}

/**
 * Snapping for one gesture: knows what is in view and near, whether the person wants it (a setting, turned round while
 * Ctrl is held), and shows the guides. What is near is looked for again only when the view or the board changed, or, where
 * much is in view, when it went far.
 */
export class Snapper {
  readonly #context: EditorContext
  readonly #moved: ReadonlySet<ElementId>
  readonly #hints: Hints | null
  #near: Neighbourhood | null = null

  /**
   * @param moved what is dragged, to which nothing snaps
   * @param hints what the gesture shows beside the guides
   */
  constructor(context: EditorContext, moved: Iterable<ElementId> = [], hints: Hints | null = null) {
    this.#context = context
    this.#moved = moved instanceof Set ? moved : new Set(moved)
    this.#hints = hints
    void snapping.prepare()
  }

  /** Snaps a box that is moved as a whole; `free`: the axes along which it moves. */
  move(box: Box, input: PointerInput, free?: readonly [boolean, boolean]): Vec {
    const plans = snapping.here
    const field = plans && this.#field(box, input)
    if (!field) return this.#shown({ offset: [0, 0], guides: [] }).offset
    return this.#shown(plans.snapMove(box, field, free)).offset
  }

  /** Snaps the handle of an upright box that is pulled to a point. */
  resize(
    box: Box,
    direction: ResizeDirection,
    to: WorldPoint,
    input: PointerInput,
    options: SnapResizeOptions = {},
  ): WorldPoint {
    const plans = snapping.here
    const field = plans && this.#field(box, input)
    if (!field) return this.#shown({ point: to, guides: [] }).point
    return this.#shown(plans.snapResize(box, direction, to, field, options)).point
  }

  /** Snaps a point alone, by default the pointer's own. */
  point(input: PointerInput, point: WorldPoint = input.world): WorldPoint {
    const plans = snapping.here
    const field = plans && this.#field(boxFromCorners(point, point), input)
    if (!field) return this.#shown({ point, guides: [] }).point
    return this.#shown(plans.snapPoint(point, field)).point
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
    const { board, camera } = this.#context
    const known = this.#near
    const isValid =
      known?.camera === camera &&
      known.ordered === board.ordered &&
      distance(known.around, boxCenter(box)) <= known.roam
    if (isValid) return known.boxes
    this.#near = { camera, ordered: board.ordered, around: boxCenter(box), ...this.#look(box) }
    return this.#near.boxes
  }

  /** Looks round the box, further and further, until enough is found or all that is in view was looked at. */
  #look(box: Box): Pick<Neighbourhood, 'boxes' | 'roam'> {
    const { board, view, kinds, pixel } = this.#context
    for (let margin = FIRST_MARGIN * pixel; ; margin *= 2) {
      const around = expand(box, margin)
      const isAll = contains(around, view) || !intersects(around, view)
      const elements = board.query(isAll ? view : (intersection(around, view) ?? view))
      const boxes = snapCandidates(elements, this.#moved, kinds, SMALLEST * pixel)
      if (!isAll && boxes.length <= MOST_CANDIDATES) continue
      const roam = boxes.length <= MOST_CANDIDATES ? Number.POSITIVE_INFINITY : margin / 2
      return { boxes: nearestBoxes(boxes, box), roam }
    }
  }
}
