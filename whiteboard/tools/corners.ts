import { distanceToSegment } from '../geometry/distance.ts'
import { worldToElement } from '../geometry/transform.ts'
import type { WorldPoint } from '../geometry/types.ts'
import type { Element, Patch } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'

/** The fields of a line with one corner more, where its piece nearest to `point` is pulled there. */
export const cornerPatch = (element: Element, point: WorldPoint, kinds: KindRegistry): Patch => {
  const kind = kinds.get(element.type)
  const handles = kind.points?.(element) ?? []
  const count = kind.cornerCount?.(element) ?? handles.length
  const at = worldToElement(element, point)
  let nearest = -1
  let best = Number.POSITIVE_INFINITY
  for (let index = 0; index < handles.length - count; index++) {
    const middle = handles[count + index]
    const from = handles[index]
    const to = handles[(index + 1) % count]
    if (!from || !middle || !to) continue
    const distance = Math.min(distanceToSegment(at, from, middle), distanceToSegment(at, middle, to))
    if (distance < best) [best, nearest] = [distance, index]
  }
  // Pieces of a route at right angles have no corners of their own.
  if (nearest === -1 || element.route === 'elbow') return {}
  return kind.movePoint?.(element, count + nearest, at) ?? {}
}
