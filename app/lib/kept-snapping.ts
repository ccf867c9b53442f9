import type { Editor } from '../../whiteboard/index.ts'
import { keep, readKept } from './kept.ts'

const KEY = 'drawbridge.snapping'

/** Gives an editor the choice that was made on this device, and keeps it when it changes, until the answer is called. */
export const keepSnapping = (editor: Editor): (() => void) => {
  editor.setSnapping(readKept(KEY) !== false)
  let known = editor.state.snapping
  return editor.subscribe(() => {
    if (editor.state.snapping === known) return
    known = editor.state.snapping
    keep(KEY, known)
  })
}
