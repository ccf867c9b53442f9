import type { BoardChanges, Editor, EditorState } from '../../whiteboard/index.ts'

/** Tells when something that follows from the selection may be different. */
export interface SelectionWatch {
  /** Another number whenever it may be. */
  readonly turn: number
  subscribe(listener: () => void): () => void
  dispose(): void
}

/** What of the state decides what can be done with a selection: not the view, which changes with every frame. */
const DECIDING: readonly (keyof EditorState)[] = [
  'selection',
  'canEdit',
  'styles',
  'tool',
  'editing',
  'modes',
  'allCommands',
]

/** Milliseconds for which changes of others are collected: many people move things at once. */
const COLLECTED = 100

const touches = ({ updated, removed }: BoardChanges, selection: EditorState['selection']): boolean => {
  for (const ids of [updated, removed]) for (const id of ids) if (selection.has(id)) return true
  return false
}

/** Watches the selection, and on the board what is selected. What it tells of costs as much as the selection is large. */
export const watchSelection = (editor: Editor): SelectionWatch => {
  const listeners = new Set<() => void>()
  let turn = 0
  let state = editor.state
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = (): void => {
    clearTimeout(timer)
    timer = undefined
    turn++
    for (const listener of [...listeners]) listener()
  }
  const ends = [
    editor.subscribe(() => {
      const before = state
      state = editor.state
      if (DECIDING.some((key) => state[key] !== before[key])) tell()
    }),
    editor.board.subscribe((changes) => {
      if (!touches(changes, editor.state.selection)) return
      if (changes.origin === 'remote') timer ??= setTimeout(tell, COLLECTED)
      else tell()
    }),
  ]
  return {
    get turn() {
      return turn
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    dispose() {
      clearTimeout(timer)
      for (const end of ends) end()
    },
  }
}
