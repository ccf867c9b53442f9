import { type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'

/** Moves elements by `delta` board units. */
export const translatePlan = (elements: readonly Element[], delta: Vec): Patches => {
  const patches = new Map<ElementId, Patch>()
  if (delta[0] === 0 && delta[1] === 0) return patches
  for (const { id, position } of elements) {
    patches.set(id, { position: worldPoint(position[0] + delta[0], position[1] + delta[1]) })
  }
  return patches
}
