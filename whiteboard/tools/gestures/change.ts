import type { Element, ElementId, Patches } from '../../model/element.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unlockedOf } from '../selection.ts'

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
    this.context.setDraft({ type: 'change', patches: this.plan(this.#elements(), input) })
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

  #elements(): readonly Element[] {
    return unlockedOf(this.context.board, this.#ids)
  }
}
