import type { Tool } from './contract.ts'
import { ErasePartsGesture } from './gestures/erase-parts.ts'

export const partialEraserTool: Tool = {
  id: 'partial-eraser',
  immediate: true,
  cursor: () => 'eraser',
  drag: (start, context) => new ErasePartsGesture(context, start),
}
