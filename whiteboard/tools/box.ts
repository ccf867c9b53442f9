import { worldPoint } from '../geometry/types.ts'
import type { Tool, ToolId } from './contract.ts'
import { defaultSize } from './default-size.ts'
import { DrawBoxGesture } from './gestures/draw-box.ts'

/** A tool that draws one type of element by its box; the type has the tool's name. */
export const boxTool = (id: ToolId): Tool => ({
  id,
  cursor: () => 'crosshair',
  tap(input, context) {
    const size = defaultSize(id)
    const [width, height] = size
    const element = context.newElement(context.kinds.get(id), {
      position: worldPoint(input.world[0] - width / 2, input.world[1] - height / 2),
      size,
    })
    context.transact((edit) => edit.create(element))
    context.finishCreating([element.id])
    return null
  },
  drag: (start, context) => new DrawBoxGesture(context, start, context.kinds.get(id)),
})
