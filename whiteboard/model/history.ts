import * as Y from 'yjs'
import type { BoardStore, History } from './board.ts'
import { ELEMENTS, isTextKey, META, origins, ownerOf, SCHEMA } from './document.ts'
import type { ElementId } from './element.ts'
import { readText } from './shared-text.ts'

/** What is remembered beside the document with every step, as the selection: saved before a step, restored when it is taken back. */
export interface StepMemory {
  save(): unknown
  restore(saved: unknown): void
}

/** Letters typed on one element within this many milliseconds of each other are one step. */
const TYPING_PAUSE = 500

const MEMORY = 'memory'

interface StepEvent {
  readonly stackItem: { readonly meta: Map<unknown, unknown> }
}

/**
 * This person's undo: every transaction of origin `user` is one step, except that typing merges. Undo takes back what
 * the step did and nothing that others did since.
 *
 * @param now milliseconds since the epoch
 */
export const createHistory = (
  store: BoardStore,
  memory?: StepMemory,
  now: () => number = Date.now,
): History => new BoardHistory(store, memory, now)

interface Typing {
  readonly element: ElementId
  readonly at: number
  /** Whether no letter is left. */
  readonly emptied: boolean
}

class BoardHistory implements History {
  readonly #doc: Y.Doc
  readonly #memory: StepMemory | undefined
  readonly #now: () => number
  readonly #undoManager: Y.UndoManager
  readonly #listeners = new Set<() => void>()
  /** The letters written last, as long as further ones may join their step. */
  #typing: Typing | null = null
  #saved: unknown

  constructor({ doc }: BoardStore, memory: StepMemory | undefined, now: () => number) {
    this.#doc = doc
    this.#memory = memory
    this.#now = now
    this.#undoManager = new Y.UndoManager(doc, {
      trackedOrigins: new Set([origins.user]),
      captureTimeout: Number.POSITIVE_INFINITY,
      captureTransaction: (transaction) => this.#joinOrSeparate(transaction),
      deleteFilter: (item) => !isKept(item, doc),
    })
    doc.on('beforeTransaction', this.#remember)
    this.#undoManager.on('stack-item-added', ({ stackItem }: StepEvent) => {
      stackItem.meta.set(MEMORY, this.#saved)
      this.#tell()
    })
    this.#undoManager.on('stack-item-popped', ({ stackItem }: StepEvent) => {
      if (stackItem.meta.has(MEMORY)) this.#memory?.restore(stackItem.meta.get(MEMORY))
      this.#tell()
    })
    this.#undoManager.on('stack-cleared', () => this.#tell())
  }

  get canUndo(): boolean {
    return this.#undoManager.canUndo()
  }

  get canRedo(): boolean {
    return this.#undoManager.canRedo()
  }

  undo(): void {
    this.barrier()
    if (this.#undoManager.undo() === null) this.#tell()
  }

  redo(): void {
    this.barrier()
    if (this.#undoManager.redo() === null) this.#tell()
  }

  barrier(): void {
    this.#typing = null
    this.#undoManager.stopCapturing()
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  dispose(): void {
    this.#doc.off('beforeTransaction', this.#remember)
    this.#undoManager.destroy()
    this.#listeners.clear()
  }

  /**
   * Lets the step join the last one only if both are typing on the same element, one soon after the other, or if it
   * removes what lost its last letters so: that comes back with them. False where nothing changed: that is no step, and
   * takes nothing from what can be done again.
   */
  #joinOrSeparate(transaction: Y.Transaction): boolean {
    if (isEmpty(transaction)) return false
    if (transaction.origin !== origins.user) return true
    const entries = this.#doc.getMap<unknown>(ELEMENTS)
    const element = typedElement(transaction, entries)
    const last = this.#typing
    const typesOn =
      element !== null &&
      last?.element === element &&
      this.#now() - last.at < TYPING_PAUSE &&
      !changedTypes(transaction).has(entries)
    const joins = typesOn || (last?.emptied === true && isRemoved(last.element, transaction, entries))
    if (!joins) this.#undoManager.stopCapturing()
    this.#typing =
      element === null ? null : { element, at: this.#now(), emptied: isBlank(entries.get(element)) }
    return true
  }

  readonly #remember = ({ origin }: Y.Transaction): void => {
    if (origin === origins.user || origin === this.#undoManager) this.#saved = this.#memory?.save()
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener()
  }
}

/**
 * What undoing its making leaves in the document: the version of the format, and what holds the letters on an element,
 * for those of others may be in it by now. It goes with its element.
 */
const isKept = ({ parent, parentSub }: Y.Item, doc: Y.Doc): boolean => {
  if (parentSub === null || !(parent instanceof Y.AbstractType)) return false
  if (parent === doc.getMap<unknown>(META)) return parentSub === SCHEMA
  return isTextKey(parentSub) && parent._item?.parent === doc.getMap<unknown>(ELEMENTS)
}

/**
 * The one element whose letters a transaction changed; null if it did anything else as well, apart from changing fields
 * that follow from the text, such as the size, and making the element with its first letters: typing may go on from there.
 */
const typedElement = (transaction: Y.Transaction, entries: Y.Map<unknown>): ElementId | null => {
  const typed = new Set<ElementId | null>()
  for (const [type, keys] of changedTypes(transaction)) {
    const owner = ownerOf(type, entries)
    if (type === entries) for (const key of keys) typed.add(writtenAnew(key, entries))
    else if (owner === null && !isStamp(type, keys, transaction.doc)) typed.add(null)
    else if (type instanceof Y.Text || [...keys].some((key) => key !== null && isTextKey(key)))
      typed.add(owner)
  }
  const [element = null, ...others] = typed
  return others.length === 0 ? element : null
}

/** An element that was made with letters; null for one without, and for one that was removed. */
const writtenAnew = (key: string | null, entries: Y.Map<unknown>): ElementId | null =>
  key !== null && readText(entries.get(key)) !== '' ? (key as ElementId) : null

const isBlank = (entry: unknown): boolean => readText(entry).trim() === ''

const isRemoved = (element: ElementId, transaction: Y.Transaction, entries: Y.Map<unknown>): boolean =>
  changedTypes(transaction).get(entries)?.has(element) === true && !entries.has(element)

const isStamp = (type: unknown, keys: ReadonlySet<string | null>, doc: Y.Doc): boolean =>
  type === doc.getMap(META) && keys.size === 1 && keys.has(SCHEMA)

const isEmpty = ({ beforeState, afterState, deleteSet }: Y.Transaction): boolean =>
  deleteSet.clients.size === 0 &&
  [...afterState].every(([client, clock]) => (beforeState.get(client) ?? 0) === clock)

const changedTypes = (transaction: Y.Transaction): ReadonlyMap<unknown, ReadonlySet<string | null>> =>
  transaction.changed
