import { boxCorners } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import { add, subtract } from '../../geometry/vector.ts'
import type { BoardReader } from '../../model/board.ts'
import type { ChangeSet } from '../../model/changes.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { KindRegistry } from '../../model/kind.ts'
import { frameOf } from '../../model/picked.ts'
import { duplicatePlan } from '../../model/plans/duplicate.ts'
import { withContents, withoutContents } from '../../model/plans/framing.ts'
import { translatePlan } from '../../model/plans/translate.ts'
import { shiftedBox } from '../../model/shifted.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unlockedOf } from '../selection.ts'
import { Snapper } from '../snapper.ts'
import { MOST_DRAFTED } from './change.ts'

/** Up to so many elements, peers get their places, which mean the same before and after the release; above, the shift. */
const PLACES_AT_MOST = 60

interface Named {
  readonly ids: readonly ElementId[]
  readonly all?: true
}

/** The ids of lists, kept with them: what follows from them is worked out once for a draft's list. */
const named = new WeakMap<readonly Element[], Named>()

const idsOf = (elements: readonly Element[], { ordered }: Pick<BoardReader, 'ordered'>): Named => {
  const known = named.get(elements)
  if (known) return known
  const ids = elements.map(({ id }) => id)
  const free = ordered.reduce((count, { locked }) => (locked ? count : count + 1), 0)
  const made: Named = free === ids.length ? { ids, all: true } : { ids }
  named.set(elements, made)
  return made
}

/** The frame round several goes round their boxes, and is known already. */
const boxOf = (elements: readonly Element[], kinds: KindRegistry): Box | null => {
  const [first] = elements
  if (first && elements.length === 1) return boundsOf(first)
  return frameOf(elements, kinds)?.box ?? null
}

/** Copies under way. They snap to their originals, which stay. */
interface Copies {
  /** As they lie over their originals. */
  readonly unmoved: readonly Element[]
  readonly elements: readonly Element[]
  readonly snapper: Snapper
}

/**
 * Moves what is selected. With Shift along one axis; with Alt it is copies that move, and the originals stay. It snaps to
 * what is near.
 */
export class TranslateGesture implements Gesture {
  readonly name = 'translate'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #ids: ReadonlySet<ElementId>
  readonly #snapper: Snapper
  /** How many elements move, those that frames carry included. */
  readonly #count: number
  #copies: Copies | null = null
  #copySnapper: Snapper | null = null
  #boxed: { readonly elements: readonly Element[]; readonly box: Box | null } | null = null

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#start = start
    const { board, selection } = context
    const elements = unlockedOf(board, selection)
    const isAll = elements.length === selection.size
    this.#ids = isAll ? selection : new Set(elements.map(({ id }) => id))
    const moved = withContents(board, elements)
    this.#count = moved.length
    this.#snapper = new Snapper(context, moved === elements ? this.#ids : moved.map(({ id }) => id))
  }

  get cursor(): Cursor {
    return this.#copies ? 'copy' : 'move'
  }

  move(input: PointerInput): void {
    if (input.alt && this.#count > MOST_DRAFTED) {
      this.#outlineCopies(input)
      return
    }
    if (input.alt) {
      this.#copies = this.#copied(input)
      this.#context.setDraft({ type: 'create', elements: this.#copies.elements })
      return
    }
    this.#copies = null
    const delta = this.#delta(input, this.#snapper)
    const elements = this.#elements()
    this.#context.setDraft(
      this.#count > PLACES_AT_MOST
        ? {
            type: 'translate',
            ...idsOf(elements, this.#context.board),
            delta,
            from: elements[0]?.position,
          }
        : { type: 'change', patches: translatePlan(elements, delta, this.#context.kinds) },
    )
  }

  commit(input: PointerInput): null {
    this.move(input)
    if (input.alt) this.#copies = this.#copied(input)
    const copies = this.#copies?.elements
    if (copies) {
      this.#context.transact((edit) => {
        for (const copy of copies) edit.create(copy)
      })
      this.#context.select(withoutContents(copies).map(({ id }) => id))
      return null
    }
    const delta = this.#delta(input, this.#snapper)
    const patches = translatePlan(this.#elements(), delta, this.#context.kinds)
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

  /** Of very many copies only the frame round them is shown. */
  #outlineCopies(input: PointerInput): void {
    this.#copySnapper ??= new Snapper(this.#context)
    const delta = this.#delta(input, this.#copySnapper)
    const box = this.#box()
    this.#context.setDraft(null)
    if (box) this.#context.setHints({ frame: boxCorners(shiftedBox(box, delta)) })
  }

  /** The copies keep their ids from one movement to the next, so that they stay the same elements on screen. */
  #copied(input: PointerInput): Copies {
    const copies = this.#copies ?? this.#duplicated()
    const moved = translatePlan(copies.unmoved, this.#delta(input, copies.snapper))
    return { ...copies, elements: copies.unmoved.map((copy) => ({ ...copy, ...moved.get(copy.id) })) }
  }

  #duplicated(): Copies {
    const { board, focusedGroup } = this.#context
    const unmoved = duplicatePlan(withContents(board, this.#elements()), board.ordered, [0, 0], focusedGroup)
    const outlined = unmoved.map(({ id }) => id)
    return { unmoved, elements: unmoved, snapper: new Snapper(this.#context, [], { outlined }) }
  }

  #delta(input: PointerInput, snapper: Snapper): Vec {
    const box = this.#box()
    const delta = subtract(input.world, this.#start.world)
    const isHorizontal = Math.abs(delta[0]) >= Math.abs(delta[1])
    const free = [!input.shift || isHorizontal, !input.shift || !isHorizontal] as const
    const [x, y] = [free[0] ? delta[0] : 0, free[1] ? delta[1] : 0]
    if (!box) return [x, y]
    const moved = { minX: box.minX + x, minY: box.minY + y, maxX: box.maxX + x, maxY: box.maxY + y }
    return add([x, y], snapper.move(moved, input, free))
  }

  /** The box round all that moves, where it stands on the board. */
  #box(): Box | null {
    const elements = this.#elements()
    if (this.#boxed?.elements !== elements) {
      this.#boxed = { elements, box: boxOf(elements, this.#context.kinds) }
    }
    return this.#boxed.box
  }
}
