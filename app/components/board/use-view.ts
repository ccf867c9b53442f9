import { useEffect, useRef } from 'react'
import type { Camera, Editor } from '../../../whiteboard/index.ts'
import { keepView, recallView } from '../../lib/kept-views.ts'
import { useEditor, useLoaded, useOpenBoard } from './session-context.tsx'

/** Milliseconds after the last movement of the view until it is remembered. */
const REST = 400

/** CSS pixels at the top and at the bottom that bars may cover. */
const BARS = 72

const windowSize = () => ({ width: window.innerWidth, height: window.innerHeight })

const isUntouched = ({ x, y, zoom }: Camera): boolean => x === 0 && y === 0 && zoom === 1

/** Shows everything, unless all of it can be seen already. */
const showContent = (editor: Editor): void => {
  const content = editor.board.bounds()
  if (!content) return
  const { width, height } = windowSize()
  const fits =
    content.minX >= 0 && content.minY >= BARS && content.maxX <= width && content.maxY <= height - BARS
  if (!fits) editor.zoomToFit({ animate: false })
}

/** User Timing: all that is in view of the board as it was opened is drawn. */
const FIRST_PAINT = 'drawbridge:first-paint'

/** Somebody who comes back sees what they looked at; on the first visit, what is on the board, however small the screen. */
const useFirstLook = (): void => {
  const { id, person } = useOpenBoard()
  const editor = useEditor()
  const loaded = useLoaded()
  const looked = useRef(false)
  useEffect(() => {
    if (looked.current) return
    const kept = isUntouched(editor.state.camera) ? recallView(person.id, id, windowSize()) : null
    if (kept) editor.setCamera(kept)
    else if (!loaded) return
    else if (isUntouched(editor.state.camera)) showContent(editor)
    looked.current = true
  }, [editor, loaded, person.id, id])
}

/** Behind the first look, which it tells of. */
const useFirstPaint = (): void => {
  const { editor, firstLoad } = useOpenBoard().session
  const loaded = useLoaded()
  const marked = useRef(false)
  useEffect(() => {
    if (!loaded || marked.current) return
    marked.current = true
    void editor.whenShown().then(firstLoad.tellShown)
    void editor.whenPainted().then(() => performance.mark(FIRST_PAINT))
  }, [editor, loaded, firstLoad])
}

/** Remembers where the view comes to rest, and where it is when the board is left. */
const useKeptView = (): void => {
  const { id, person } = useOpenBoard()
  const editor = useEditor()
  const personId = person.id
  useEffect(() => {
    let camera = editor.state.camera
    let timer: ReturnType<typeof setTimeout> | undefined
    const keep = () => {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = undefined
      keepView(personId, id, camera, windowSize())
    }
    const end = editor.subscribe(() => {
      if (editor.state.camera === camera) return
      camera = editor.state.camera
      clearTimeout(timer)
      timer = setTimeout(keep, REST)
    })
    window.addEventListener('pagehide', keep)
    return () => {
      keep()
      end()
      window.removeEventListener('pagehide', keep)
    }
  }, [editor, personId, id])
}

/** Where the view begins, and that it is found again. */
export const useView = (): void => {
  useFirstLook()
  useFirstPaint()
  useKeptView()
}
