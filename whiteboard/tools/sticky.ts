import { worldPoint } from '../geometry/types.ts'
import type { Tool } from './contract.ts'
import { defaultSize } from './default-size.ts'
import { DrawBoxGesture } from './gestures/draw-box.ts'

export const stickyTool: Tool = {
  id: 'sticky',
  cursor: () => 'crosshair',
  tap(input, context) {
    const size = defaultSize('sticky')
    const note = context.newElement(context.kinds.get('sticky'), {
      position: worldPoint(input.world[0] - size[0] / 2, input.world[1] - size[1] / 2),
      size,
    })
    context.transact((edit) => edit.create(note))
    context.finishCreating([note.id])
    context.editText(note.id)
    return null
  },
  drag: (start, context) => new DrawBoxGesture(context, start, context.kinds.get('sticky'), { writes: true }),
}
