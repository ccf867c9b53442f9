import type { Vec } from '../../geometry/types.ts'
import { subtract } from '../../geometry/vector.ts'
import type { ChangeSet } from '../../model/changes.ts'
import type { Element, ElementId } from '../../model/element.ts'
import { duplicatePlan } from '../../model/plans/duplicate.ts'
import { translatePlan } from '../../model/plans/translate.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unlockedOf } from '../selection.ts'

/** Up to so many elements, peers get their places, which mean the same before and after the release; above, the shift. */
const PLACES_AT_MOST = 60

/** Moves what is selected. With Shift along one axis; with Alt it is copies that move, and the originals stay. */
export class TranslateGesture implements Gesture {
  readonly name = 'translate'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #ids: ReadonlySet<ElementId>
  #copies: readonly Element[] | null = null

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#start = start
    this.#ids = new Set(unlockedOf(context.board, context.selection).map(({ id }) => id))
  }

  get cursor(): Cursor {
    return this.#copies ? 'copy' : 'move'
  }

  move(input: PointerInput): void {
    const delta = this.#delta(input)
    if (input.alt) {
      this.#copies = this.#copied(delta)
      this.#context.setDraft({ type: 'create', elements: this.#copies })
      return
    }
    this.#copies = null
    const elements = this.#elements()
    this.#context.setDraft(
      elements.length > PLACES_AT_MOST
        ? { type: 'translate', ids: elements.map(({ id }) => id), delta, from: elements[0]?.position }
        : { type: 'change', patches: translatePlan(elements, delta) },
    )
  }

  commit(input: PointerInput): null {
    this.move(input)
    const copies = this.#copies
    if (copies) {
      this.#context.transact((edit) => {
        for (const copy of copies) edit.create(copy)
      })
      this.#context.select(copies.map(({ id }) => id))
      return null
    }
    const patches = translatePlan(this.#elements(), this.#delta(input))
    this.#context.transact((edit) => {
      for (const [id, patch] of patches) edit.update(id, patch)
    })
    return null
  }

  cancel(): void {}

  rebase(_changes: ChangeSet): 'keep' | 'cancel' {
    return this.#elements().length === 0 ? 'cancel' : 'keep'
  }

  #elements(): readonly Element[] {
    return unlockedOf(this.#context.board, this.#ids)
  }

  /** The copies keep their ids from one movement to the next, so that they stay the same elements on screen. */
  #copied(delta: Vec): readonly Element[] {
    const originals = this.#elements()
    const copies = this.#copies ?? this.#duplicated(originals)
    const moved = translatePlan(originals, delta)
    return copies.map((copy, index) => ({ ...copy, ...moved.get(originals[index]?.id ?? copy.id) }))
  }

  #duplicated(originals: readonly Element[]): readonly Element[] {
    const { board, focusedGroup } = this.#context
    return duplicatePlan(originals, board.ordered, [0, 0], focusedGroup)
  }

  #delta(input: PointerInput): Vec {
    const delta = subtract(input.world, this.#start.world)
    if (!input.shift) return delta
    return Math.abs(delta[0]) >= Math.abs(delta[1]) ? [delta[0], 0] : [0, delta[1]]
  }
}
