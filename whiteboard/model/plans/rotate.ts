import { centerOf } from '../../geometry/transform.ts'
import { type Radians, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { normalizeAngle, rotateAround } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'

/** Turns elements as one by `angle` round `center`, a point of the board. */
export const rotatePlan = (elements: readonly Element[], center: WorldPoint, angle: Radians): Patches => {
  const patches = new Map<ElementId, Patch>()
  if (angle === 0) return patches
  for (const element of elements) {
    const [x, y] = rotateAround(centerOf(element), center, angle)
    const [width, height] = element.size
    patches.set(element.id, {
      position: worldPoint(x - width / 2, y - height / 2),
      rotation: normalizeAngle(element.rotation + angle),
    })
  }
  return patches
}
