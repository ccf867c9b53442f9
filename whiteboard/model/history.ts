import * as Y from 'yjs'
import type { BoardStore, History } from './board.ts'
import { ELEMENTS, origins } from './document.ts'

/** What is remembered beside the document with every step, as the selection: saved before a step, restored when it is taken back. */
export interface StepMemory {
  save(): unknown
  restore(saved: unknown): void
}

/** Letters typed into one text within this many milliseconds of each other are one step. */
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
  const entries: unknown = doc.getMap(ELEMENTS)
  const listeners = new Set<() => void>()
  let typing: { readonly text: Y.Text; readonly at: number } | null = null
  let saved: unknown

  /** Lets the step join the last one only if both are typing into the same text, one soon after the other. */
  const joinOrSeparate = (transaction: Y.Transaction): boolean => {
    if (transaction.origin !== origins.user) return true
    const text = typedText(transaction, entries)
    const last = typing
    const joins =
      text !== null &&
      last?.text === text &&
      now() - last.at < TYPING_PAUSE &&
      !changedTypes(transaction).has(entries)
    if (!joins) undoManager.stopCapturing()
    typing = text === null ? null : { text, at: now() }
    return true
  }

  const undoManager: Y.UndoManager = new Y.UndoManager(doc, {
    trackedOrigins: new Set([origins.user]),
    captureTimeout: Number.POSITIVE_INFINITY,
    captureTransaction: joinOrSeparate,
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
 * The one text that a transaction typed into; null if it did anything else as well, apart from changing fields that
 * follow from the text, such as the size, and making the element that the text is on: typing may go on from there.
 */
const typedText = (transaction: Y.Transaction, entries: unknown): Y.Text | null => {
  let text: Y.Text | null = null
  for (const type of changedTypes(transaction).keys()) {
    if (type === entries) continue
    if (!(type instanceof Y.AbstractType)) return null
    if (type._item !== null) continue
    if (text !== null || !(type instanceof Y.Text)) return null
    text = type
  }
  return text
}

const changedTypes = (transaction: Y.Transaction): ReadonlyMap<unknown, unknown> => transaction.changed
