import { worldPoint } from '../geometry/types.ts'
import type { BoardEdit, BoardReader } from '../model/board.ts'
import { FRAME_TYPE } from '../model/derive.ts'
import type { Element } from '../model/element.ts'
import { framePlan } from '../model/plans/framing.ts'
import type { EditorContext, Tool } from './contract.ts'
import { defaultSize } from './default-size.ts'
import { DrawBoxGesture } from './gestures/draw-box.ts'

/** Frames are counted, so that each can be told from the others before it has a name of its own. */
export const nextFrameName = ({ frames }: BoardReader): string => `Frame ${frames.length + 1}`

const fieldsOf = ({ board }: EditorContext): Partial<Element> => ({
  text: nextFrameName(board),
  fillStyle: 'none',
})

/** Puts a new frame on the board, below what lies wholly in it, which it takes. */
const createFrame = (edit: BoardEdit, frame: Element, board: BoardReader): void => {
  const { order, patches } = framePlan(frame, board)
  edit.create({ ...frame, order })
  for (const [id, patch] of patches) edit.update(id, patch)
}

export const frameTool: Tool = {
  id: 'frame',
  cursor: () => 'crosshair',
  tap(input, context) {
    const size = defaultSize('frame')
    const position = worldPoint(input.world[0] - size[0] / 2, input.world[1] - size[1] / 2)
    const frame = context.newElement(context.kinds.get(FRAME_TYPE), { ...fieldsOf(context), position, size })
    context.transact((edit) => createFrame(edit, frame, context.board))
    context.finishCreating([frame.id])
    return null
  },
  drag: (start, context) =>
    new DrawBoxGesture(context, start, context.kinds.get(FRAME_TYPE), {
      fields: fieldsOf(context),
      create: (edit, frame) => createFrame(edit, frame, context.board),
    }),
}
