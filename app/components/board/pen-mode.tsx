'use client'

import { PenLine } from 'lucide-react'
import { useEffect } from 'react'
import { notify } from '../ui/toasts.tsx'
import { IconButton } from './icon-button.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

/** Shown while a pen draws and fingers only move the board; the way out for those who draw with both. */
export const PenMode = () => {
  const editor = useEditor()
  const on = useEditorState((state) => state.penMode && state.canEdit)
  useEffect(() => {
    if (on) notify({ kind: 'hint', text: 'Pen in use: fingers now move the board.' })
  }, [on])
  if (!on) return null
  return (
    <div className="panel pointer-events-auto flex p-0.5">
      <IconButton
        Icon={PenLine}
        label="Only the pen draws"
        pressed
        onClick={() => editor.run('pen-mode-toggle')}
      />
    </div>
  )
}
