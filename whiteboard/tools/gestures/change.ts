import { boxHeight, boxWidth } from '../../geometry/box.ts'
import { rotatedCorners } from '../../geometry/transform.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, Patches } from '../../model/element.ts'
import { frameOf } from '../../model/picked.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unlockedOf } from '../selection.ts'

/** Up to so many elements are shown as they change; it would take longer than a frame to work out more. */
export const MOST_DRAFTED = 1_000

const sharedOf = ({ id, order, groups, locked, opacity, frame, link }: Element) => ({
  id,
  order,
  groups,
  locked,
  opacity,
  frame,
  link,
})

/**
 * Changes what was selected at the press as a plan says that follows the pointer: the draft shows it, the release writes
 * it. Elements that others lock or remove meanwhile are left out; when none is left, the gesture ends.
 */
export abstract class ChangeGesture implements Gesture {
  abstract readonly name: string
  abstract readonly cursor: Cursor
  protected readonly context: EditorContext
  readonly #ids: ReadonlySet<ElementId>

  constructor(context: EditorContext) {
    this.context = context
    this.#ids = context.selection
  }

  protected abstract plan(elements: readonly Element[], input: PointerInput): Patches

  move(input: PointerInput): void {
    const elements = this.#elements()
    if (elements.length > MOST_DRAFTED) this.#outline(elements, input)
    else this.context.setDraft({ type: 'change', patches: this.plan(elements, input) })
  }

  commit(input: PointerInput): null {
    const patches = this.plan(this.#elements(), input)
    this.context.transact((edit) => {
      for (const [id, patch] of patches) edit.update(id, patch)
    })
    return null
  }

  cancel(): void {}

  rebase(): 'keep' | 'cancel' {
    return this.#elements().length === 0 ? 'cancel' : 'keep'
  }

  /** Of very many, only the frame round them is shown changing: what the plan makes of an element as large as that. */
  #outline(elements: readonly Element[], input: PointerInput): void {
    const { kinds } = this.context
    const [first] = elements
    const box = frameOf(elements, kinds)?.box
    if (!first || !box) return
    const whole: Element = {
      ...kinds.get('rectangle').defaults,
      ...sharedOf(first),
      type: 'rectangle',
      position: worldPoint(box.minX, box.minY),
      size: [boxWidth(box), boxHeight(box)],
      rotation: radians(0),
      text: '',
    }
    const changed = { ...whole, ...this.plan([whole], input).get(whole.id) }
    this.context.setHints({ frame: rotatedCorners(changed) })
  }

  #elements(): readonly Element[] {
    return unlockedOf(this.context.board, this.#ids)
  }
}
