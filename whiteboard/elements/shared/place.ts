import { centerOf } from '../../geometry/transform.ts'
import { type Size, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { rotateAround } from '../../geometry/vector.ts'
import type { Element } from '../../model/element.ts'

/**
 * Where an element's box must be put so that the part of it that began at `offset` (own coordinates) fills a box of
 * `size`, everything in it staying where it is on the board although the centre it turns round has moved.
 */
export const replaced = (element: Element, offset: Vec, size: Size): { position: WorldPoint; size: Size } => {
  const middle: Vec = [
    element.position[0] + offset[0] + size[0] / 2,
    element.position[1] + offset[1] + size[1] / 2,
  ]
  const center = rotateAround(middle, centerOf(element), element.rotation)
  return { position: worldPoint(center[0] - size[0] / 2, center[1] - size[1] / 2), size }
}
