import type { Tool } from './contract.ts'
import { DrawInkGesture } from './gestures/draw-ink.ts'

export const penTool: Tool = {
  id: 'pen',
  immediate: true,
  cursor: () => 'crosshair',
  drag: (start, context) => new DrawInkGesture(context, start, 'ink'),
}
