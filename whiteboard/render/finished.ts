import type { Box, Vec } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import { compareOrder } from '../model/order.ts'
import type { Shift } from '../model/shift.ts'
import { shiftedBox, shiftedElement } from '../model/shifted.ts'
import type { Drafted } from './drafted.ts'

export interface FinishedSource {
  readonly board: BoardReader
  readonly drafted: Drafted
}

export const back = ([x, y]: Vec): Vec => [-x, -y]

/** Whether it moves with what moves as a whole, and is not drawn by itself. */
export const isShifted = ({ hidden }: Drafted, { ids }: Shift, id: ElementId): boolean =>
  ids.has(id) && !hidden.has(id)

/** What tiles show in a box, in drawing order, as it is shown: what moves as a whole where it is by now. */
export const finishedIn = (box: Box, { board, drafted }: FinishedSource): readonly Element[] => {
  const { hidden, shift } = drafted
  const still = board.query(box).filter(({ id }) => !hidden.has(id) && !shift?.ids.has(id))
  if (!shift) return still
  const moving = board
    .query(shiftedBox(box, back(shift.delta)))
    .filter(({ id }) => isShifted(drafted, shift, id))
    .map((element) => shiftedElement(element, shift.delta))
  if (moving.length === 0) return still
  return [...still, ...moving].sort(compareOrder)
}
