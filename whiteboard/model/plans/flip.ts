import { boxCenter, unionAll } from '../../geometry/box.ts'
import { boundsOf, centerOf } from '../../geometry/transform.ts'
import { worldPoint } from '../../geometry/types.ts'
import { normalizeAngle } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'
import type { KindRegistry } from '../kind.ts'

/** Turns elements over as one, about the middle of the box round all of them: left to right, or top to bottom. */
export const flipPlan = (
  elements: readonly Element[],
  kinds: KindRegistry,
  direction: 'horizontal' | 'vertical',
): Patches => {
  const bounds = unionAll(elements.map(boundsOf))
  const patches = new Map<ElementId, Patch>()
  if (!bounds) return patches
  const [middleX, middleY] = boxCenter(bounds)
  const isHorizontal = direction === 'horizontal'
  for (const element of elements) {
    const [x, y] = centerOf(element)
    const [width, height] = element.size
    const [flippedX, flippedY] = isHorizontal ? [2 * middleX - x, y] : [x, 2 * middleY - y]
    patches.set(element.id, {
      ...kinds.get(element.type).mirrored?.(element, isHorizontal, !isHorizontal),
      position: worldPoint(flippedX - width / 2, flippedY - height / 2),
      rotation: normalizeAngle(-element.rotation),
    })
  }
  return patches
}
