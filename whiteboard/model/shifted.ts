import { type Box, type Vec, worldPoint } from '../geometry/types.ts'
import type { Element } from './element.ts'

/** An element with all that is derived of it, so much further. */
export const shiftedElement = (element: Element, [x, y]: Vec): Element => {
  const position = worldPoint(element.position[0] + x, element.position[1] + y)
  const { clip } = element
  return clip ? { ...element, position, clip: shiftedBox(clip, [x, y]) } : { ...element, position }
}

export const shiftedBox = (box: Box, [x, y]: Vec): Box => ({
  minX: box.minX + x,
  minY: box.minY + y,
  maxX: box.maxX + x,
  maxY: box.maxY + y,
})
