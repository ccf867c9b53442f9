import type { Tool } from './contract.ts'
import { PanGesture } from './gestures/pan.ts'

export const handTool: Tool = {
  id: 'hand',
  immediate: true,
  cursor: () => 'grab',
  drag: (start, context) => new PanGesture(context, start),
}
