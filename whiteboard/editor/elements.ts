import { radians } from '../geometry/types.ts'
import type { Element, ElementId, Patch } from '../model/element.ts'
import { keysBetween } from '../model/order.ts'
import { defaultSize } from '../tools/default-size.ts'
import type { EditorCore } from './core.ts'
import { newElement } from './new-element.ts'

/**
 * Adds elements from a script, in one step of undo: what is left out gets its type's defaults, a fresh id, a place above
 * everything, and for text the size that it needs; a size that is too small for what is written grows. Returns the ids in
 * the order given.
 */
export const createElements = (core: EditorCore, partial: readonly Partial<Element>[]): ElementId[] => {
  const top = core.board.ordered.at(-1)?.order ?? null
  const orders = keysBetween(top, null, partial.length)
  const elements = partial.map((fields, index) => {
    const kind = core.kinds.get(String(fields.type))
    const plain = newElement(core, kind, {})
    const place = { order: orders[index] ?? plain.order, size: defaultSize(kind.type) }
    const base = { ...plain, ...kind.defaults, ...place, ...fields }
    if (fields.size !== undefined && (kind.needsText || base.text === '')) return base
    const fitted = kind.fitted?.({ ...base, rotation: radians(0) }, core.measure)
    return { ...base, ...fitted, position: base.position }
  })
  core.transact((edit) => {
    for (const element of elements) edit.create(element)
  })
  return elements.map(({ id }) => id)
}

/** Changes fields of elements in one step of undo; a changed text, font or size makes its box fit again. */
export const updateElements = (core: EditorCore, patches: readonly ({ id: ElementId } & Patch)[]): void => {
  core.transact((edit) => {
    for (const { id, ...patch } of patches) {
      const element = core.board.get(id)
      if (element) edit.update(id, fittedPatch(core, element, patch))
    }
  })
}

/** The patch, and what of its element's box follows from it. A size that was given stays where it was put. */
const fittedPatch = (core: EditorCore, element: Element, patch: Patch): Patch => {
  const kind = core.kinds.get(element.type)
  const changed = { ...element, ...patch }
  const isSized = 'size' in patch
  const refits = isSized || 'text' in patch || 'fontSize' in patch || 'fontFamily' in patch
  if (!refits || (isSized && (kind.needsText || changed.text === ''))) return patch
  const fitted = kind.fitted?.(changed, core.measure) ?? {}
  return isSized ? { ...patch, ...fitted, position: changed.position } : { ...fitted, ...patch }
}
