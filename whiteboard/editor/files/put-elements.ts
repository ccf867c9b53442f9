import { boxCenter, unionAll } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import { type Box, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { subtract } from '../../geometry/vector.ts'
import type { Element } from '../../model/element.ts'
import { keysBetween } from '../../model/order.ts'
import { withoutContents } from '../../model/plans/framing.ts'
import type { BoardSettings } from '../../model/settings.ts'
import type { EditorCore } from '../core.ts'
import { showBox } from '../showing.ts'

/** Board units between what is on the board and what comes beside it. */
const GAP = 100

/** How far what comes must be moved, so that it goes where it is wanted, or lies on nothing that is there. */
const shiftOf = (core: EditorCore, incoming: Box, at: WorldPoint | undefined): Vec => {
  if (at) return subtract(at, boxCenter(incoming))
  const present = core.board.bounds()
  if (!present) return [0, 0]
  const apart =
    incoming.minX > present.maxX ||
    incoming.maxX < present.minX ||
    incoming.minY > present.maxY ||
    incoming.maxY < present.minY
  return apart ? [0, 0] : [present.maxX + GAP - incoming.minX, present.minY - incoming.minY]
}

const moved = (element: Element, [x, y]: Vec): Element =>
  x === 0 && y === 0
    ? element
    : { ...element, position: worldPoint(element.position[0] + x, element.position[1] + y) }

/**
 * Puts elements (in drawing order, with ids that are free) above everything on the board, in one step of undo, selects and
 * shows them. They are in the frames that they say, and nowhere else.
 */
export const putElements = (
  core: EditorCore,
  elements: readonly Element[],
  { at, settings = {} }: { at?: WorldPoint | undefined; settings?: Partial<BoardSettings> } = {},
): void => {
  const bounds = unionAll(elements.map(boundsOf))
  if (!core.canEdit) throw new Error('This board is open for viewing only; nothing can be added to it here.')
  if (!bounds) return
  const shift = shiftOf(core, bounds, at)
  const orders = keysBetween(core.board.ordered.at(-1)?.order ?? null, null, elements.length)
  const isFirst = core.board.size === 0
  core.history.barrier()
  core.board.transact('user', (edit) => {
    elements.forEach((element, index) => {
      edit.create({ ...moved(element, shift), order: orders[index] ?? element.order })
    })
    if (isFirst && Object.keys(settings).length > 0) edit.configure(settings)
  })
  core.history.barrier()
  if (core.machine.tool !== 'select') core.setTool('select')
  core.focusedGroup = null
  core.select(withoutContents(elements).map(({ id }) => id))
  const [x, y] = shift
  const box = { minX: bounds.minX + x, minY: bounds.minY + y, maxX: bounds.maxX + x, maxY: bounds.maxY + y }
  if (!at) showBox(core, isFirst ? core.board.bounds() : box, { animate: false })
}
