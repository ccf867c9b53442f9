import { boxCenter, boxOfPoints, contains } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { WorldPoint } from '../../geometry/types.ts'
import { distance } from '../../geometry/vector.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { EditorContext, Gesture, PointerInput } from '../contract.ts'
import { isInLoop, windingNumber } from '../enclosing.ts'
import { unitsOf } from '../selection.ts'
import { Pace } from './pace.ts'
import { passedPoints } from './passed-points.ts'

/** CSS pixels between the points of a loop. */
const STEP = 3
/** With more elements than this in reach of a loop, the middles of their boxes decide. */
const OUTLINED_AT_MOST = 300

/** Selects what a freely drawn loop encloses; with Shift in addition to what was selected before. */
export class LassoGesture implements Gesture {
  readonly name = 'lasso'
  readonly cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #before: readonly ElementId[]
  readonly #pace = new Pace()
  #loop: readonly WorldPoint[]

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#before = [...context.selection]
    this.#loop = [start.world]
    if (!start.shift) context.select([])
  }

  move(input: PointerInput): void {
    this.#draw(input)
    if (this.#pace.isDue()) this.#select(input.shift)
  }

  #draw(input: PointerInput): void {
    for (const point of passedPoints(input)) this.#add(point)
    this.#context.setHints({ lasso: this.#loop })
  }

  #select(adds: boolean): void {
    const found = enclosed(this.#loop, this.#context)
    this.#pace.found(found.length)
    const units = unitsOf(found, this.#context)
    this.#context.select(adds ? [...this.#before, ...units] : units)
  }

  commit(input: PointerInput): null {
    this.#draw(input)
    this.#select(input.shift)
    this.#context.finishCreating([...this.#context.selection])
    return null
  }

  cancel(): void {
    this.#context.select(this.#before)
  }

  #add(point: WorldPoint): void {
    const last = this.#loop.at(-1)
    if (last && distance(last, point) < STEP * this.#context.pixel) return
    this.#loop = [...this.#loop, point]
  }
}

const enclosed = (loop: readonly WorldPoint[], context: EditorContext): readonly Element[] => {
  const box = boxOfPoints(loop)
  if (!box || loop.length < 3) return []
  const near = context.board.query(box).filter((element) => !element.locked)
  const inBox = near.filter((element) => contains(box, boundsOf(element)) || element.rotation !== 0)
  if (inBox.length <= OUTLINED_AT_MOST) {
    return inBox.filter((element) => isInLoop(loop, element, context.kinds, context.pixel))
  }
  return inBox.filter((element) => {
    return windingNumber(loop, boxCenter(boundsOf(element))) !== 0
  })
}
