import type { Editor } from '../../whiteboard/index.ts'

const KEY = 'drawbridge.snapping'

/** Gives an editor the choice that was made on this device, and keeps it when it changes, until the answer is called. */
export const keepSnapping = (editor: Editor): (() => void) => {
  try {
    editor.setSnapping(localStorage.getItem(KEY) !== 'off')
  } catch {
    // Storage is forbidden: the choice holds until the page is left.
  }
  let known = editor.state.snapping
  return editor.subscribe(() => {
    if (editor.state.snapping === known) return
    known = editor.state.snapping
    try {
      if (known) localStorage.removeItem(KEY)
      else localStorage.setItem(KEY, 'off')
    } catch {
      // As above.
    }
  })
}
