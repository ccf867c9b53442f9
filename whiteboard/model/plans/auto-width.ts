import type { Element, Patch } from '../element.ts'
import type { KindRegistry } from '../kind.ts'
import type { TextMeasurer } from '../surface.ts'

/** What lets a text take its own width again, with its size then; null for what wraps at no width that was given it. */
export const autoWidthPatch = (
  element: Element,
  kinds: KindRegistry,
  measure: TextMeasurer,
): Patch | null => {
  if (element.autoWidth !== false) return null
  const patch = { autoWidth: true }
  return { ...patch, ...kinds.get(element.type).fitted?.({ ...element, ...patch }, measure) }
}
