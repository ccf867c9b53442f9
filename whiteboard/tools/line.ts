import { aimAt, bindingHint } from './aim.ts'
import type { Tool, ToolId } from './contract.ts'
import { DrawLineGesture } from './gestures/draw-line.ts'

/** A tool that draws from point to point, by a drag or with clicks; the type has the tool's name. */
export const lineTool = (id: ToolId): Tool => ({
  id,
  cursor: () => 'crosshair',
  hover: (input, context) => {
    const binds = context.kinds.get(id).references !== undefined
    const binding = binds ? bindingHint(aimAt(input, context), context) : null
    context.setHints(binding && { binding })
  },
  tap: (input, context) => new DrawLineGesture(context, input, context.kinds.get(id), { dragged: false }),
  drag: (start, context) => new DrawLineGesture(context, start, context.kinds.get(id), { dragged: true }),
})
