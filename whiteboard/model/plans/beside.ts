import { centerOf } from '../../geometry/transform.ts'
import { type Size, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { add, rotateAround } from '../../geometry/vector.ts'
import { isFrame } from '../derive.ts'
import type { Element } from '../element.ts'
import type { KindRegistry } from '../kind.ts'

/** The side of an element on which another is put. */
export type Side = 'right' | 'below' | 'left' | 'above'

/** Where each side lies, in the element's own system. */
export const sideVector: Readonly<Record<Side, Vec>> = {
  right: [1, 0],
  below: [0, 1],
  left: [-1, 0],
  above: [0, -1],
}

/** A place beside an element: how far out, in board units between boxes and in boxes, and how far aside of the middle. */
interface Place {
  readonly side: Side
  readonly gap: number
  /** How many boxes of the same size, each with a gap, lie between. */
  readonly count: number
  /** Board units in the element's own system. */
  readonly aside: Vec
}

/** The top left corner of a box of `size` beside an element, turned as that is. */
export const placeBeside = (element: Element, size: Size, { side, gap, count, aside }: Place): WorldPoint => {
  const [x, y] = sideVector[side]
  const [width, height] = element.size
  const out: Vec = [
    x * ((width + size[0]) / 2 + gap + count * (size[0] + gap)),
    y * ((height + size[1]) / 2 + gap + count * (size[1] + gap)),
  ]
  const center = centerOf(element)
  const [atX, atY] = rotateAround(add(center, add(out, aside)), center, element.rotation)
  return worldPoint(atX - size[0] / 2, atY - size[1] / 2)
}

/** Whether nothing should be put over it; lines and frames leave room. */
export const takesRoom = (element: Element, kinds: KindRegistry): boolean =>
  !isFrame(element) && kinds.get(element.type).resize !== 'points'
