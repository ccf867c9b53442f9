import { boxHeight, boxWidth, intersection } from '../../../geometry/box.ts'
import { boundsOf } from '../../../geometry/transform.ts'
import type { Box } from '../../../geometry/types.ts'
import type { Element, ElementId } from '../../element.ts'
import type { KindRegistry } from '../../kind.ts'

/** The most boxes that are compared at every movement. */
export const MOST_CANDIDATES = 200

const isLarge = (box: Box, smallest: number): boolean =>
  boxWidth(box) >= smallest || boxHeight(box) >= smallest

/**
 * The boxes among `elements` that something may snap to: not those of what is moved itself, of lines, whose boxes say
 * little about them, and of what is smaller than `smallest` board units both ways.
 */
export const snapCandidates = (
  elements: readonly Element[],
  moved: ReadonlySet<ElementId>,
  kinds: KindRegistry,
  smallest: number,
): readonly Box[] => {
  const boxes: Box[] = []
  for (const element of elements) {
    if (moved.has(element.id) || (element.frame !== null && moved.has(element.frame))) continue
    if (kinds.get(element.type).resize === 'points') continue
    const bounds = boundsOf(element)
    const shown = element.clip ? intersection(bounds, element.clip) : bounds
    if (shown && isLarge(shown, smallest)) boxes.push(shown)
  }
  return boxes
}

/** How far apart two boxes are; 0 when they meet. */
const distanceBetween = (one: Box, other: Box): number => {
  const x = Math.max(0, other.minX - one.maxX, one.minX - other.maxX)
  const y = Math.max(0, other.minY - one.maxY, one.minY - other.maxY)
  return Math.hypot(x, y)
}

/** The `most` boxes that are nearest to `box`. */
export const nearestBoxes = (boxes: readonly Box[], box: Box, most = MOST_CANDIDATES): readonly Box[] => {
  if (boxes.length <= most) return boxes
  const distances = Float64Array.from(boxes, (other) => distanceBetween(box, other))
  const limit = Float64Array.from(distances).sort()[most - 1] ?? 0
  const near: Box[] = []
  for (let index = 0; index < boxes.length && near.length < most; index++) {
    const other = boxes[index]
    if (other && (distances[index] ?? 0) <= limit) near.push(other)
  }
  return near
}
