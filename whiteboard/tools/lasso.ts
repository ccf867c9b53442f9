import type { Tool } from './contract.ts'
import { LassoGesture } from './gestures/lasso.ts'
import { selectTool } from './select.ts'

/** Selects by a freely drawn loop; a tap selects as with the select tool. */
export const lassoTool: Tool = {
  id: 'lasso',
  cursor: () => 'crosshair',
  tap: (input, context) => selectTool.tap?.(input, context) ?? null,
  drag: (start, context) => new LassoGesture(context, start),
}
