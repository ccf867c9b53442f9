import { boundsOf } from '../geometry/transform.ts'
import type { Element } from '../model/element.ts'
import type { Side } from '../model/plans/beside.ts'
import { nextNote } from '../model/plans/next-note.ts'
import type { EditorCore } from './core.ts'
import { newElement } from './new-element.ts'
import { bringIntoView } from './showing.ts'

/** Puts an empty note beside one, brings it into view, and opens it for typing. */
export const addNote = (core: EditorCore, note: Element, side: Side): void => {
  if (!core.canEdit) return
  core.finishTyping()
  const fields = nextNote(note, side, core.board, core.kinds)
  const next = newElement(core, core.kinds.get(note.type), fields)
  core.transact((edit) => edit.create(next))
  core.select([next.id])
  bringIntoView(core, boundsOf(next))
  core.startTyping(core.board.get(next.id) ?? next)
}
