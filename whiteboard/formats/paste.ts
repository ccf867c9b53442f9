import { boxCenter, unionAll } from '../geometry/box.ts'
import { boundsOf } from '../geometry/transform.ts'
import type { WorldPoint } from '../geometry/types.ts'
import { subtract } from '../geometry/vector.ts'
import type { Element } from '../model/element.ts'
import { duplicatePlan } from '../model/plans/duplicate.ts'

/**
 * Copies of foreign elements with their middle at `center`, or each in its own place without one: new ids, groups kept
 * together under new ids, above all.
 */
export const pastePlan = (
  elements: readonly Element[],
  ordered: readonly Element[],
  center: WorldPoint | null,
): Element[] => {
  const bounds = unionAll(elements.map(boundsOf))
  if (!bounds) return []
  return duplicatePlan(elements, ordered, center ? subtract(center, boxCenter(bounds)) : [0, 0])
}
