import { contains } from '../geometry/box.ts'
import { visibleBox } from '../geometry/camera.ts'
import { boundsOf } from '../geometry/transform.ts'
import type { Element } from '../model/element.ts'
import { nextNote, type Side } from '../model/plans/next-note.ts'
import { showBox } from './commands/view.ts'
import type { EditorCore } from './core.ts'
import { newElement } from './new-element.ts'

/** Puts an empty note beside one, brings it into view, and opens it for typing. */
export const addNote = (core: EditorCore, note: Element, side: Side): void => {
  if (!core.canEdit) return
  core.finishTyping()
  const fields = nextNote(note, side, core.board, core.kinds)
  const next = newElement(core, core.kinds.get(note.type), fields)
  core.transact((edit) => edit.create(next))
  core.select([next.id])
  const { camera, size } = core.camera
  if (size[0] > 0 && !contains(visibleBox(camera, size), boundsOf(next))) {
    showBox(core, boundsOf(next), { maxZoom: camera.zoom })
  }
  core.startTyping(core.board.get(next.id) ?? next)
}
