import type { BoardChanges, BoardElement, Editor, ElementId } from '../../whiteboard/index.ts'
import {
  type Change,
  CONNECTING,
  changeWords,
  historyWords,
  joinWords,
  selectionWords,
} from './announce-words.ts'

/** Milliseconds without further changes after which one is said: only the last of a run is. */
const PAUSE = 180

/** Of larger boards it is not said where among all an element stands: counting would hold up the hand. */
const MOST_COUNTED = 3000

const isMoved = (a: BoardElement, b: BoardElement): boolean =>
  a.position[0] !== b.position[0] || a.position[1] !== b.position[1] || a.rotation !== b.rotation

const isResized = (a: BoardElement, b: BoardElement): boolean =>
  a.size[0] !== b.size[0] || a.size[1] !== b.size[1]

/** What a change did, told from how the selection was before. */
const readChange = (
  editor: Editor,
  changes: BoardChanges,
  before: ReadonlyMap<ElementId, BoardElement>,
): Change => {
  const now = (id: ElementId) => editor.board.get(id)
  const known = [...changes.updated].flatMap((id) => {
    const [old, element] = [before.get(id), now(id)]
    return old && element ? [{ old, element }] : []
  })
  const placed = known.filter(({ old, element }) => isMoved(old, element) || isResized(old, element))
  return {
    added: [...changes.added].map(now).filter((element) => element !== undefined),
    removed: changes.removed.size,
    placed: placed.map(({ element }) => element),
    moved: placed.some(({ old, element }) => isMoved(old, element)),
    resized: placed.some(({ old, element }) => isResized(old, element)),
    updated: changes.updated.size,
  }
}

const readSelection = (editor: Editor): string => {
  const selected = editor.selectedElements()
  const [only] = selected
  if (!only || selected.length > 1 || editor.board.size > MOST_COUNTED) return selectionWords(selected, null)
  const order = editor.readingOrder()
  return selectionWords(selected, { number: order.indexOf(only.id) + 1, total: order.length })
}

/** Says what is selected and what this person changed, one thing at a time, from now on until the answer is called. */
export const announceWork = (editor: Editor, say: (words: string) => void): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  /** What a change did, until all that came of it at once is known. */
  let change: string | null = null
  let selection = editor.state.selection
  let before = new Map(editor.selectedElements().map((element) => [element.id, element]))
  const soon = (words: () => string | null) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const said = words()
      if (said !== null) say(said)
    }, PAUSE)
  }
  const rememberAll = () => {
    before = new Map(editor.selectedElements().map((element) => [element.id, element]))
  }
  const rememberChanged = ({ updated, removed }: BoardChanges) => {
    for (const id of updated) {
      const element = before.has(id) && editor.board.get(id)
      if (element) before.set(id, element)
    }
    for (const id of removed) before.delete(id)
  }
  // The key that had this come may have been the one that selected.
  if (selection.size > 0) soon(() => readSelection(editor))
  let connecting = editor.state.connectingFrom
  const endSelection = editor.subscribe(() => {
    if (editor.state.connectingFrom !== connecting) {
      connecting = editor.state.connectingFrom
      if (connecting !== null) soon(() => CONNECTING)
    }
    if (editor.state.selection === selection) return
    selection = editor.state.selection
    rememberAll()
    if (!editor.state.busy) {
      const cause = change
      soon(() => (cause === null ? readSelection(editor) : joinWords(cause, readSelection(editor))))
    }
  })
  const endChanges = editor.board.subscribe((changes) => {
    const isOwn = changes.origin === 'user' || changes.origin === 'undo'
    if (isOwn && editor.state.editing === null) {
      const done = readChange(editor, changes, before)
      const words = changes.origin === 'undo' ? historyWords(done) : changeWords(done)
      if (words !== null) {
        change = words
        // What is selected later is not because of it.
        setTimeout(() => {
          change = null
        })
        soon(() => words)
      }
    }
    rememberChanged(changes)
  })
  return () => {
    clearTimeout(timer)
    endSelection()
    endChanges()
  }
}
