import { worldPoint } from '../geometry/types.ts'
import type { Tool } from './contract.ts'
import { DrawBoxGesture } from './gestures/draw-box.ts'

/** The side of a new note, in board units. */
const NOTE_SIDE = 200

export const stickyTool: Tool = {
  id: 'sticky',
  cursor: () => 'crosshair',
  tap(input, context) {
    const note = context.newElement(context.kinds.get('sticky'), {
      position: worldPoint(input.world[0] - NOTE_SIDE / 2, input.world[1] - NOTE_SIDE / 2),
      size: [NOTE_SIDE, NOTE_SIDE],
    })
    context.transact((edit) => edit.create(note))
    context.finishCreating([note.id])
    context.editText(note.id)
    return null
  },
  drag: (start, context) => new DrawBoxGesture(context, start, context.kinds.get('sticky')),
}
