import type { Element, Patch } from '../../model/element.ts'
import { keptOf, MAX_KEPT } from './read.ts'
import { KEPT_FIELD } from './types.ts'
import type { WriteContext } from './write-base.ts'

/**
 * Gives texts that were measured in other fonts the box that they take in ours, so that nothing is cut off. They remember it
 * beside what they were in their file: what has only been measured anew has not changed.
 */
export const withFittedTexts = (elements: readonly Element[], context: WriteContext): readonly Element[] =>
  elements.map((element) => (element.type === 'text' ? fitted(element, context) : element))

const fitted = (element: Element, { kinds, measure }: WriteContext): Element => {
  const kept = keptOf(element)
  const patch: Patch = kinds.get('text').fitted?.(element, measure) ?? {}
  if (!kept || !(patch.size || patch.position)) return element
  const { position, size } = { ...element, ...patch } as Element
  const json = JSON.stringify({ ...kept, fit: [...position, ...size] })
  return json.length > MAX_KEPT ? element : { ...element, position, size, [KEPT_FIELD]: json }
}
