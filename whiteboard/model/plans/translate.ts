import { type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'
import type { KindRegistry } from '../kind.ts'

const NONE: readonly ElementId[] = []
/** Nothing changes. */
export const NOTHING: Patch = {}

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
    const place = { position: worldPoint(position[0] + delta[0], position[1] + delta[1]) }
    const released = moved ? releasedWithout(moved, element, kinds) : NOTHING
    patches.set(id, released === NOTHING ? place : { ...released, ...place })
  }
  return patches
}

/** What changes of an element that is moved with these and follows none of them; `NOTHING` for all others. */
export const releasedWithout = (
  moved: ReadonlySet<ElementId>,
  element: Element,
  kinds: KindRegistry,
): Patch => {
  const kind = kinds.get(element.type)
  const references = kind.references?.(element) ?? NONE
  if (references.length === 0 || references.some((id) => moved.has(id))) return NOTHING
  return kind.released?.(element) ?? NOTHING
}
