import type { Element } from '../../model/element.ts'
import { compareOrder } from '../../model/order.ts'
import { elementsOf } from '../../model/picked.ts'
import { withContents } from '../../model/plans/framing.ts'
import type { EditorCore } from '../core.ts'

/** What goes out: everything, or what is selected with what its frames carry; in drawing order. */
export const exportedElements = (core: EditorCore, selectionOnly: boolean): readonly Element[] => {
  if (!selectionOnly) return core.board.ordered
  return [...withContents(core.board, elementsOf(core.board, core.selection))].sort(compareOrder)
}
