'use client'

import { type RefObject, Suspense, useEffect, useState } from 'react'
import { type Editor, screenPoint } from '../../../../whiteboard/index.ts'
import { Coming } from '../../ui/coming.tsx'
import { late } from '../../ui/late.ts'
import { useEditor } from '../session-context.tsx'

const ContextMenuPopup = late(() => import('./context-menu-popup.tsx'))

/** Milliseconds that a finger rests before the menu opens, and CSS pixels that it may wander meanwhile. */
const LONG_PRESS = { delay: 500, slop: 10 }

export interface Place {
  /** CSS pixels in the window. */
  readonly x: number
  readonly y: number
}

/** What the press was on becomes the selection, with its whole group, unless it is part of it already. */
const selectAt = (editor: Editor, host: HTMLElement, { x, y }: Place): void => {
  const { left, top } = host.getBoundingClientRect()
  editor.selectAt(screenPoint(x - left, y - top))
}

/** Calls back when a finger rests on `host`; the gesture that the finger began is cancelled. */
const listenToLongPress = (host: HTMLElement, editor: Editor, open: (place: Place) => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: Place & { id: number } = { x: 0, y: 0, id: -1 }
  const stop = () => clearTimeout(timer)
  const down = (event: PointerEvent) => {
    stop()
    const { tool, penMode } = editor.state
    const quiet = tool === 'select' || tool === 'hand' || penMode
    if (event.pointerType !== 'touch' || !event.isPrimary || !quiet) return
    start = { x: event.clientX, y: event.clientY, id: event.pointerId }
    const { target } = event
    timer = setTimeout(() => {
      if (editor.isPalm(start.id)) return
      target?.dispatchEvent(
        new PointerEvent('pointercancel', { ...start, pointerId: start.id, bubbles: true }),
      )
      open(start)
    }, LONG_PRESS.delay)
  }
  const move = (event: PointerEvent) => {
    if (event.pointerId !== start.id) return
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > LONG_PRESS.slop) stop()
  }
  host.addEventListener('pointerdown', down)
  host.addEventListener('pointermove', move)
  host.addEventListener('pointerup', stop)
  host.addEventListener('pointercancel', stop)
  return () => {
    stop()
    host.removeEventListener('pointerdown', down)
    host.removeEventListener('pointermove', move)
    host.removeEventListener('pointerup', stop)
    host.removeEventListener('pointercancel', stop)
  }
}

/** The keys that open a menu where there is no such mouse button. */
const isMenuKey = ({ key, shiftKey }: KeyboardEvent): boolean =>
  key === 'ContextMenu' || (key === 'F10' && shiftKey)

/** Calls back for the menu keys, while the board or nothing has the focus. */
const listenToMenuKeys = (host: HTMLElement, open: () => void): (() => void) => {
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isMenuKey(event) || (event.target !== host && event.target !== document.body)) return
    event.preventDefault()
    open()
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

const useOpening = (host: RefObject<HTMLElement | null>) => {
  const editor = useEditor()
  const [place, setPlace] = useState<Place | 'selection' | null>(null)
  useEffect(() => {
    const element = host.current
    if (!element) return
    const open = (at: Place) => {
      selectAt(editor, element, at)
      setPlace({ x: at.x, y: at.y })
    }
    const onContextMenu = (event: MouseEvent) => {
      if (event.target instanceof HTMLTextAreaElement) return
      event.preventDefault()
      const isMouse =
        event.button === 2 || event.ctrlKey || (event instanceof PointerEvent && event.pointerType !== '')
      if (isMouse && !editor.state.busy) open({ x: event.clientX, y: event.clientY })
    }
    element.addEventListener('contextmenu', onContextMenu)
    const endings = [
      listenToLongPress(element, editor, open),
      listenToMenuKeys(element, () => editor.state.busy || setPlace('selection')),
    ]
    return () => {
      element.removeEventListener('contextmenu', onContextMenu)
      for (const end of endings) end()
    }
  }, [editor, host])
  return [place, () => setPlace(null)] as const
}

/** The menu at the pointer (right click, or a long press), or at what is selected (menu key, Shift+F10). */
export const BoardContextMenu = ({ host }: { host: RefObject<HTMLElement | null> }) => {
  const [place, close] = useOpening(host)
  if (!place) return null
  return (
    <Suspense fallback={<Coming leave={close} />}>
      <ContextMenuPopup place={place} close={close} />
    </Suspense>
  )
}
