import type * as Y from 'yjs'
import { elementOfTextName, textName } from './document.ts'
import type { ElementId } from './element.ts'

/** The texts of elements: root types that come into being when somebody first writes. */
export interface Texts {
  open(id: ElementId): Y.Text
  /** The text if anything was ever written; opens nothing that is not there. */
  peek(id: ElementId): Y.Text | null
  /** The elements whose texts are among these root types. */
  owners(types: ReadonlySet<unknown>): ElementId[]
}

export const createTexts = (doc: Y.Doc): Texts => {
  const known = new WeakMap<object, ElementId>()

  const open = (id: ElementId): Y.Text => {
    const text = doc.getText(textName(id))
    known.set(text, id)
    return text
  }

  /** What peers wrote into before anybody here asked for it stands under its name as an untyped placeholder. */
  const find = (types: ReadonlySet<unknown>): ElementId[] => {
    const ids: ElementId[] = []
    for (const [name, type] of doc.share) {
      const id = types.has(type) ? elementOfTextName(name) : null
      if (id !== null) ids.push(id)
    }
    return ids
  }

  return {
    open,
    peek: (id) => (doc.share.has(textName(id)) ? open(id) : null),
    owners: (types) => {
      const ids: ElementId[] = []
      const unknown = new Set<unknown>()
      for (const type of types) {
        const id = typeof type === 'object' && type !== null ? known.get(type) : undefined
        if (id === undefined) unknown.add(type)
        else ids.push(id)
      }
      return unknown.size === 0 ? ids : [...ids, ...find(unknown)]
    },
  }
}
