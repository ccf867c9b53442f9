import type { Tool } from './contract.ts'
import { EraseGesture } from './gestures/erase.ts'

export const eraserTool: Tool = {
  id: 'eraser',
  immediate: true,
  cursor: () => 'eraser',
  drag: (start, context) => new EraseGesture(context, start),
}
