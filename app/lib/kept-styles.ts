import { useEffect } from 'react'
import type { Editor } from '../../whiteboard/index.ts'

/** One for all boards on this device. */
const KEY = 'drawbridge.styles'

const recall = (): unknown => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null')
  } catch {
    // Storage is forbidden, or holds something else: the styles are those of a first visit.
    return null
  }
}

const keep = (styles: string): void => {
  try {
    localStorage.setItem(KEY, styles)
  } catch {
    // Storage is forbidden or full: the choice holds until the page is left.
  }
}

/** Styles chosen for a tool are found again on the next visit and on other boards. */
export const useKeptStyles = (editor: Editor): void => {
  useEffect(() => {
    editor.recallStyles(recall())
    let styles = editor.state.styles
    let written = JSON.stringify(editor.chosenStyles())
    return editor.subscribe(() => {
      if (editor.state.styles === styles) return
      styles = editor.state.styles
      const next = JSON.stringify(editor.chosenStyles())
      if (next !== written) keep(next)
      written = next
    })
  }, [editor])
}
