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
 */
export const createHistory = (
  store: BoardStore,
  memory?: StepMemory,
  now: () => number = Date.now,
): History => {
  const { doc } = store
  const entries = doc.getMap<unknown>(ELEMENTS)
  const listeners = new Set<() => void>()
  let typing: { readonly element: ElementId; readonly at: number } | null = null
  let saved: unknown

  /** Lets the step join the last one only if both are typing on the same element, one soon after the other. */
  const joinOrSeparate = (transaction: Y.Transaction): boolean => {
    if (transaction.origin !== origins.user) return true
    const element = typedElement(transaction, entries)
    const last = typing
    const joins =
      element !== null &&
      last?.element === element &&
      now() - last.at < TYPING_PAUSE &&
      !changedTypes(transaction).has(entries)
    if (!joins) undoManager.stopCapturing()
    typing = element === null ? null : { element, at: now() }
    return true
  }

  const undoManager: Y.UndoManager = new Y.UndoManager(doc, {
    trackedOrigins: new Set([origins.user]),
    captureTimeout: Number.POSITIVE_INFINITY,
    captureTransaction: joinOrSeparate,
    deleteFilter: (item) => !isKept(item, doc),
  })

  const remember = (transaction: Y.Transaction): void => {
    if (transaction.origin === origins.user || transaction.origin === undoManager) saved = memory?.save()
  }
  const tell = (): void => {
    for (const listener of [...listeners]) listener()
  }
  doc.on('beforeTransaction', remember)
  undoManager.on('stack-item-added', ({ stackItem }: StepEvent) => {
    stackItem.meta.set(MEMORY, saved)
    tell()
  })
  undoManager.on('stack-item-popped', ({ stackItem }: StepEvent) => {
    if (memory && stackItem.meta.has(MEMORY)) memory.restore(stackItem.meta.get(MEMORY))
    tell()
  })
  undoManager.on('stack-cleared', tell)

  const barrier = (): void => {
    typing = null
    undoManager.stopCapturing()
  }

  return {
    undo: () => {
      barrier()
      undoManager.undo()
    },
    redo: () => {
      barrier()
      undoManager.redo()
    },
    get canUndo() {
      return undoManager.canUndo()
    },
    get canRedo() {
      return undoManager.canRedo()
    },
    barrier,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    dispose: () => {
      doc.off('beforeTransaction', remember)
      undoManager.destroy()
      listeners.clear()
    },
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

const isStamp = (type: unknown, keys: ReadonlySet<string | null>, doc: Y.Doc): boolean =>
  type === doc.getMap(META) && keys.size === 1 && keys.has(SCHEMA)

const changedTypes = (transaction: Y.Transaction): ReadonlyMap<unknown, ReadonlySet<string | null>> =>
  transaction.changed
