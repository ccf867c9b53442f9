import { boxCenter } from '../../geometry/box.ts'
import { type Radians, radians, type WorldPoint } from '../../geometry/types.ts'
import { alignedAngle, angleOf } from '../../geometry/vector.ts'
import type { Element, ElementId, Patches } from '../../model/element.ts'
import type { SelectionFrame } from '../../model/handles.ts'
import { rotatePlan } from '../../model/plans/rotate.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unlockedOf } from '../selection.ts'

/** Turns what is selected round the middle of its frame; with Shift to whole steps of 15 degrees. */
export class RotateGesture implements Gesture {
  readonly name = 'rotate'
  readonly cursor: Cursor = 'grabbing'
  readonly #context: EditorContext
  readonly #ids: ReadonlySet<ElementId>
  readonly #center: WorldPoint
  readonly #from: Radians
  readonly #rotation: Radians

  constructor(context: EditorContext, start: PointerInput, frame: SelectionFrame) {
    this.#context = context
    this.#ids = new Set(context.selection)
    this.#center = boxCenter(frame.box)
    this.#from = angleOf(this.#center, start.world)
    this.#rotation = frame.rotation
  }

  move(input: PointerInput): void {
    this.#context.setDraft({ type: 'change', patches: this.#plan(input) })
  }

  commit(input: PointerInput): null {
    const patches = this.#plan(input)
    this.#context.transact((edit) => {
      for (const [id, patch] of patches) edit.update(id, patch)
    })
    return null
  }

  cancel(): void {}

  rebase(): 'keep' | 'cancel' {
    return this.#elements().length === 0 ? 'cancel' : 'keep'
  }

  #elements(): readonly Element[] {
    return unlockedOf(this.#context.board, this.#ids)
  }

  #plan(input: PointerInput): Patches {
    const turned = angleOf(this.#center, input.world) - this.#from
    const rotation = input.shift ? alignedAngle(this.#rotation + turned) : this.#rotation + turned
    return rotatePlan(this.#elements(), this.#center, radians(rotation - this.#rotation))
  }
}
