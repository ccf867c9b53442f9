import type { Tool } from './contract.ts'
import { DrawInkGesture } from './gestures/draw-ink.ts'

export const highlighterTool: Tool = {
  id: 'highlighter',
  immediate: true,
  cursor: () => 'crosshair',
  drag: (start, context) => new DrawInkGesture(context, start, 'highlighter'),
}
