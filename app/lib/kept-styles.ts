import { useEffect } from 'react'
import type { Editor } from '../../whiteboard/index.ts'
import { keep, readKept } from './kept.ts'

/** One for all boards on this device. */
const KEY = 'drawbridge.styles'

/** Styles chosen for a tool are found again on the next visit and on other boards. */
export const useKeptStyles = (editor: Editor): void => {
  useEffect(() => {
    editor.recallStyles(readKept(KEY))
    let styles = editor.state.styles
    let written = JSON.stringify(editor.chosenStyles())
    return editor.subscribe(() => {
      if (editor.state.styles === styles) return
      styles = editor.state.styles
      const chosen = editor.chosenStyles()
      const next = JSON.stringify(chosen)
      if (next !== written) keep(KEY, chosen)
      written = next
    })
  }, [editor])
}
