import { radians, worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { SHARED_DEFAULTS } from '../model/heal.ts'
import { createElementId } from '../model/identifiers.ts'
import type { ElementKind } from '../model/kind.ts'
import { keyBetween } from '../model/order.ts'
import type { EditorCore } from './core.ts'

/**
 * A new element in the style chosen last, above all others, with a fresh id, signed where its type has an author; not yet
 * on the board.
 */
export const newElement = (core: EditorCore, kind: ElementKind, fields: Partial<Element>): Element => {
  const top = core.board.ordered.at(-1)?.order ?? null
  const plain = {
    ...SHARED_DEFAULTS,
    rotation: radians(0),
    id: createElementId(),
    type: kind.type,
    position: worldPoint(0, 0),
    size: [0, 0] as const,
    order: keyBetween(top, null),
    text: '',
  }
  const signed = 'author' in kind.defaults ? { author: core.person } : {}
  return { ...plain, ...kind.defaults, ...core.styleMemory.fieldsFor(kind), ...signed, ...fields }
}
