import type { BoardReader } from './board.ts'
import type { Element, ElementId } from './element.ts'
import { type SelectionFrame, selectionFrame } from './handles.ts'
import type { KindRegistry } from './kind.ts'
import { compareOrder } from './order.ts'

/** What a set of ids stood for on the last board it was looked up on. */
const found = new WeakMap<
  ReadonlySet<ElementId>,
  { readonly ordered: readonly Element[]; readonly elements: readonly Element[] }
>()

/** Sets larger than this are picked out of the whole board, which is in order already, instead of being sorted. */
const SORTED_AT_MOST = 64

/**
 * The elements of a set of ids that exist, in drawing order: the same array for as long as the board stays the same, so
 * that asking at every movement of the pointer costs nothing. The set must not be changed afterwards.
 */
export const elementsOf = (board: BoardReader, ids: ReadonlySet<ElementId>): readonly Element[] => {
  const { ordered } = board
  const known = found.get(ids)
  if (known?.ordered === ordered) return known.elements
  const elements = lookUp(board, ids)
  found.set(ids, { ordered, elements })
  return elements
}

const lookUp = (board: BoardReader, ids: ReadonlySet<ElementId>): readonly Element[] => {
  if (ids.size > SORTED_AT_MOST) return board.ordered.filter(({ id }) => ids.has(id))
  const elements = [...ids].map((id) => board.get(id)).filter((element) => element !== undefined)
  return elements.sort(compareOrder)
}

/** Kept with the elements it goes round, for it is asked for at every movement and in every frame. */
const frames = new WeakMap<readonly Element[], SelectionFrame | null>()

/** The frame round these elements, as long as the list is the same. */
export const frameOf = (elements: readonly Element[], kinds: KindRegistry): SelectionFrame | null => {
  const known = frames.get(elements)
  if (known !== undefined) return known
  const frame = selectionFrame(elements, kinds)
  frames.set(elements, frame)
  return frame
}
