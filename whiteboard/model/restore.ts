import * as Y from 'yjs'
import type { BoardStore } from './board.ts'
import { BASE, ELEMENTS, META, readField, readFields, SCHEMA } from './document.ts'
import type { ElementId } from './element.ts'
import { type Fields, own } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { defaultOf, kindOf } from './parse-element.ts'
import type { ElementChange, RestorePlan, StoredBoard, StoredElement } from './plans/restore.ts'
import { createSharedText, readText, replaceText } from './shared-text.ts'

/** All that is stored in a document, unread types and fields included. */
export const readStored = (doc: Y.Doc): StoredBoard => {
  const elements = new Map<string, StoredElement>()
  doc.getMap<unknown>(ELEMENTS).forEach((entry, id) => {
    const fields = readFields(entry)
    if (fields) elements.set(id, { fields, text: readText(entry) })
  })
  const settings: Record<string, unknown> = {}
  doc.getMap<unknown>(META).forEach((value, key) => {
    if (key !== SCHEMA && key !== '__proto__' && !(value instanceof Y.AbstractType)) settings[key] = value
  })
  return { elements, settings }
}

/** As in `createEdit`: bytes are keys of their own beside the base. */
const newEntry = (fields: Fields): Y.Map<unknown> => {
  const base: Record<string, unknown> = {}
  const entry = new Y.Map<unknown>()
  for (const [key, value] of Object.entries(fields)) {
    if (value instanceof Uint8Array) entry.set(key, value)
    else base[key] = value
  }
  entry.set(BASE, base)
  return entry
}

/** Applies plans to one document; to be used within a transaction. */
class Restoration {
  readonly #doc: Y.Doc
  readonly #kinds: KindRegistry
  readonly #entries: Y.Map<unknown>

  constructor(doc: Y.Doc, kinds: KindRegistry) {
    this.#doc = doc
    this.#kinds = kinds
    this.#entries = doc.getMap<unknown>(ELEMENTS)
  }

  apply({ removed, added, changed, settings }: RestorePlan, whole: StoredBoard): void {
    for (const id of removed) this.#entries.delete(id)
    for (const [id, element] of added) this.#put(id, element)
    for (const [id, change] of changed) this.#change(id, change, whole)
    const meta = this.#doc.getMap<unknown>(META)
    for (const [key, value] of Object.entries(settings.set)) meta.set(key, value)
    for (const key of settings.unset) meta.delete(key)
  }

  #put(id: string, { fields, text }: StoredElement): void {
    this.#entries.set(id, newEntry(fields))
    if (text !== '') createSharedText(this.#doc, this.#entries, id as ElementId).insert(0, text)
  }

  #change(id: string, { set, unset, text }: ElementChange, whole: StoredBoard): void {
    const entry = this.#entries.get(id)
    if (!(entry instanceof Y.Map)) return
    const type = own(set, 'type') ?? readField(entry, 'type')
    const isCleared = unset.every((key) => this.#unset(entry, key, type))
    const element = whole.elements.get(id)
    if (!isCleared && element) {
      this.#put(id, element)
      return
    }
    for (const [key, value] of Object.entries(set)) entry.set(key, value)
    if (text !== null) replaceText(createSharedText(this.#doc, this.#entries, id as ElementId), text)
  }

  /** False where a field that was made with the element has no default to go back to. */
  #unset(entry: Y.Map<unknown>, key: string, type: unknown): boolean {
    if (entry.has(key)) entry.delete(key)
    if (readField(entry, key) === undefined) return true
    const value = defaultOf(kindOf(this.#kinds, type), key)
    if (value === undefined) return false
    entry.set(key, value)
    return true
  }
}

/**
 * Changes the board as a plan says, in one transaction of this person's, which is one step of undo. `then` is the state
 * that the plan was made for.
 */
export const applyRestore = (
  board: BoardStore,
  kinds: KindRegistry,
  plan: RestorePlan,
  then: StoredBoard,
): void => board.transact('user', () => new Restoration(board.doc, kinds).apply(plan, then))
