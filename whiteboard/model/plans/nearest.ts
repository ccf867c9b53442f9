import { centerOf } from '../../geometry/transform.ts'
import type { Vec } from '../../geometry/types.ts'
import { distance } from '../../geometry/vector.ts'
import type { Element } from '../element.ts'

/** How much further away what lies aside seems than what lies straight ahead. */
const ASIDE = 2

/**
 * The element that one comes to from `from`, a point of the board, in a direction (a unit vector along an axis): by the
 * distance of the middles, and those that lie aside seem further away. None lies ahead that is more aside than ahead.
 */
export const nearestInDirection = (
  elements: readonly Element[],
  from: Vec,
  [towardsX, towardsY]: Vec,
): Element | null => {
  let best: Element | null = null
  let shortest = Number.POSITIVE_INFINITY
  for (const element of elements) {
    const [x, y] = centerOf(element)
    const [dx, dy] = [x - from[0], y - from[1]]
    const ahead = dx * towardsX + dy * towardsY
    const aside = Math.abs(dx * towardsY) + Math.abs(dy * towardsX)
    if (ahead <= 0 || aside > ahead * ASIDE) continue
    const length = ahead + aside * ASIDE
    if (length < shortest) [best, shortest] = [element, length]
  }
  return best
}

/** The element whose middle is nearest to a point of the board. */
export const nearestTo = (elements: readonly Element[], point: Vec): Element | null => {
  const away = (element: Element): number => distance(centerOf(element), point)
  return elements.reduce<Element | null>(
    (best, element) => (best === null || away(element) < away(best) ? element : best),
    null,
  )
}
