import { boxCenter } from '../../geometry/box.ts'
import { type Radians, radians, type WorldPoint } from '../../geometry/types.ts'
import { alignedAngle, angleOf } from '../../geometry/vector.ts'
import type { Element, Patches } from '../../model/element.ts'
import type { SelectionFrame } from '../../model/handles.ts'
import { rotatePlan } from '../../model/plans/rotate.ts'
import type { Cursor, EditorContext, PointerInput } from '../contract.ts'
import { ChangeGesture } from './change.ts'

/** Turns what is selected round the middle of its frame; with Shift to whole steps of 15 degrees. */
export class RotateGesture extends ChangeGesture {
  readonly name = 'rotate'
  readonly cursor: Cursor = 'grabbing'
  readonly #center: WorldPoint
  readonly #from: Radians
  readonly #rotation: Radians

  constructor(context: EditorContext, start: PointerInput, frame: SelectionFrame) {
    super(context)
    this.#center = boxCenter(frame.box)
    this.#from = angleOf(this.#center, start.world)
    this.#rotation = frame.rotation
  }

  protected plan(elements: readonly Element[], input: PointerInput): Patches {
    const turned = angleOf(this.#center, input.world) - this.#from
    const rotation = input.shift ? alignedAngle(this.#rotation + turned) : this.#rotation + turned
    return rotatePlan(elements, this.#center, radians(rotation - this.#rotation))
  }
}
