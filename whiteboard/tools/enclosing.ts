import { boxCenter, contains, containsPoint, intersection } from '../geometry/box.ts'
import { boundsOf, elementToWorld, worldToElement } from '../geometry/transform.ts'
import { type Box, localPoint, type Vec, type WorldPoint, worldPoint } from '../geometry/types.ts'
import { worldOutline } from '../model/derive.ts'
import type { Element } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'

/** Samples per side when asking which parts of a box an element covers. */
const SAMPLES = 12

/** The parts of `area` that an element covers: asked of its type's own hit test at a grid of points. */
function* coveredPoints(area: Box, element: Element, kinds: KindRegistry, pixel: number): Generator<Vec> {
  const stepX = (area.maxX - area.minX) / SAMPLES
  const stepY = (area.maxY - area.minY) / SAMPLES
  const tolerance = Math.max(Math.hypot(stepX, stepY) / 2, pixel)
  const kind = kinds.get(element.type)
  const hits = (x: number, y: number): boolean =>
    kind.hit(element, worldToElement(element, worldPoint(x, y)), tolerance)
  const [middleX, middleY] = boxCenter(area)
  if (hits(middleX, middleY)) yield [middleX, middleY]
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      const [x, y] = [area.minX + (column + 0.5) * stepX, area.minY + (row + 0.5) * stepY]
      if (hits(x, y)) yield [x, y]
    }
  }
}

/** Whether a box meets the element itself and not only its bounds. `pixel`: board units per screen pixel. */
export const isTouched = (box: Box, element: Element, kinds: KindRegistry, pixel: number): boolean => {
  const bounds = boundsOf(element)
  if (contains(box, bounds)) return true
  const shared = intersection(box, bounds)
  return shared !== null && !coveredPoints(shared, element, kinds, pixel).next().done
}

/** Points that tell where an element is: its outline, or of one without, all that it is found to cover. */
const shapePoints = (element: Element, kinds: KindRegistry, pixel: number): readonly Vec[] => {
  const kind = kinds.get(element.type)
  if (kind.outline || kind.resize === 'proportional') return worldOutline(element, kinds)
  if (kind.resize === 'points' && kind.points) {
    const points = kind.points(element)
    const corners = kind.cornerCount?.(element) ?? points.length
    return points.slice(0, corners).map(([x, y]) => elementToWorld(element, localPoint(x, y)))
  }
  const covered = [...coveredPoints(boundsOf(element), element, kinds, pixel)]
  return covered.length > 0 ? covered : worldOutline(element, kinds)
}

/** Whether all of an element lies in a box. */
export const isInBox = (box: Box, element: Element, kinds: KindRegistry): boolean =>
  contains(box, boundsOf(element)) ||
  (element.rotation !== 0 && worldOutline(element, kinds).every((point) => containsPoint(box, point)))

/** Whether all of an element lies in a closed loop. */
export const isInLoop = (
  loop: readonly WorldPoint[],
  element: Element,
  kinds: KindRegistry,
  pixel: number,
): boolean => shapePoints(element, kinds, pixel).every((point) => windingNumber(loop, point) !== 0)

/**
 * How often a closed loop goes round a point; 0 outside. Crossing itself, a loop still encloses what it went round
 * (Dan Sunday, "Inclusion of a Point in a Polygon", 2001).
 */
export const windingNumber = (loop: readonly Vec[], [x, y]: Vec): number => {
  let winding = 0
  let before = loop.at(-1)
  for (const point of loop) {
    if (!before) break
    const side = (point[0] - before[0]) * (y - before[1]) - (x - before[0]) * (point[1] - before[1])
    if (before[1] <= y && point[1] > y && side > 0) winding += 1
    else if (before[1] > y && point[1] <= y && side < 0) winding -= 1
    before = point
  }
  return winding
}
