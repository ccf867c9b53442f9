import { type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'
import type { KindRegistry } from '../kind.ts'

/**
 * Moves elements by `delta` board units. With `kinds`, what follows others (an arrow) and is moved without any of them
 * follows them no longer.
 */
export const translatePlan = (elements: readonly Element[], delta: Vec, kinds?: KindRegistry): Patches => {
  const patches = new Map<ElementId, Patch>()
  if (delta[0] === 0 && delta[1] === 0) return patches
  const moved = kinds && new Set(elements.map(({ id }) => id))
  for (const element of elements) {
    const { id, position } = element
    patches.set(id, {
      ...(moved && releasedWithout(moved, element, kinds)),
      position: worldPoint(position[0] + delta[0], position[1] + delta[1]),
    })
  }
  return patches
}

const releasedWithout = (moved: ReadonlySet<ElementId>, element: Element, kinds: KindRegistry): Patch => {
  const kind = kinds.get(element.type)
  const references = kind.references?.(element) ?? []
  if (references.length === 0 || references.some((id) => moved.has(id))) return {}
  return kind.released?.(element) ?? {}
}
