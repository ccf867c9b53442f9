import { useEffect } from 'react'
import type { Editor } from '../../../whiteboard/index.ts'
import { useEditor } from './session-context.tsx'

/** CSS pixels that stay free below the line that is typed: the bars of a phone lie there. */
const CLEAR = 140

/** The lowest point of the window that no on-screen keyboard covers. */
const visibleBottom = ({ offsetTop, height }: VisualViewport): number =>
  Math.min(offsetTop + height, window.innerHeight)

/** Moves the view up as far as the text that is being typed lies too low. */
const show = (editor: Editor, viewport: VisualViewport): void => {
  const typed = document.activeElement
  if (editor.state.editing === null || !(typed instanceof HTMLTextAreaElement)) return
  const { top, bottom } = typed.getBoundingClientRect()
  const hidden = bottom - (visibleBottom(viewport) - CLEAR)
  // Of a long text the beginning stays in view.
  const lift = Math.min(hidden, Math.max(0, top - viewport.offsetTop))
  if (lift <= 0) return
  const { camera } = editor.state
  editor.setCamera({ ...camera, y: camera.y + lift / camera.zoom })
}

/** Keeps what is being typed above the on-screen keyboard when it comes up. */
export const useTypingInView = (): void => {
  const editor = useEditor()
  useEffect(() => {
    const viewport = window.visualViewport
    if (!viewport) return
    const onResize = () => show(editor, viewport)
    viewport.addEventListener('resize', onResize)
    return () => viewport.removeEventListener('resize', onResize)
  }, [editor])
}
