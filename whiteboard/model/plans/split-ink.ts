import { boxOfPoints } from '../../geometry/box.ts'
import { elementToWorld } from '../../geometry/transform.ts'
import { localPoint, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../element.ts'
import { createElementId } from '../identifiers.ts'
import { encodeInk } from '../ink.ts'
import { cutsOf, isCutField, remainingParts } from '../ink-cuts.ts'
import { isStroke, partOfInk, strokePoints } from '../ink-pieces.ts'
import { keysBetween, type Ordered } from '../order.ts'

export const isCutStroke = (element: Element): boolean => isStroke(element) && cutsOf(element).length > 0

/**
 * The pieces that are left of a cut stroke as strokes of their own, in the place and order of the one that they replace.
 * `ordered` is the whole board.
 */
export const splitStrokePlan = (element: Element, ordered: readonly Ordered[]): Element[] => {
  const points = strokePoints(element)
  const parts = remainingParts(cutsOf(element), points.length)
  const above = ordered.find(({ order }) => order > element.order)?.order ?? null
  const orders = keysBetween(element.order, above, parts.length)
  const whole = Object.fromEntries(Object.entries(element).filter(([key]) => !isCutField(key)))
  return parts.map((part, index) => {
    const piece = partOfInk(points, part)
    const box = boxOfPoints(piece) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
    const size = [box.maxX - box.minX, box.maxY - box.minY] as const
    const [centerX, centerY] = elementToWorld(
      element,
      localPoint(box.minX + size[0] / 2, box.minY + size[1] / 2),
    )
    return {
      ...(whole as Element),
      id: createElementId(),
      order: orders[index] ?? element.order,
      position: worldPoint(centerX - size[0] / 2, centerY - size[1] / 2),
      size,
      ink: encodeInk(piece.map(([x, y, pressure]) => [x - box.minX, y - box.minY, pressure])),
    }
  })
}
