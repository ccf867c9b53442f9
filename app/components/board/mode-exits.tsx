'use client'

import { Eye, Minimize2 } from 'lucide-react'
import { commandKeys } from '../../lib/keys.ts'
import { IconButton } from './icon-button.tsx'
import { useEditor, useEditorState } from './session-context.tsx'

const LeaveFocus = () => {
  const editor = useEditor()
  return (
    <div className="panel absolute top-[calc(0.5rem+env(safe-area-inset-top))] right-2 z-20 p-0.5 opacity-60 transition-opacity focus-within:opacity-100 hover:opacity-100 lg:top-3 lg:right-3 pointer-coarse:opacity-100">
      <IconButton
        Icon={Minimize2}
        label="Show everything again"
        keys={commandKeys('focus-mode-toggle')}
        side="bottom"
        onClick={() => editor.run('focus-mode-toggle')}
      />
    </div>
  )
}

const LeaveViewing = () => {
  const editor = useEditor()
  return (
    <div className="pointer-events-none absolute inset-x-0 top-18 z-20 flex justify-center px-2">
      <div
        role="status"
        className="panel shadow-float pointer-events-auto flex items-center gap-2 rounded-full! py-1 pr-1 pl-4 text-sm"
      >
        <Eye aria-hidden className="text-soft size-4 shrink-0" />
        <span>As a viewer sees it</span>
        <button
          type="button"
          className="button hover:bg-hover text-accent-deep h-8 rounded-full! px-3 pointer-coarse:h-11"
          onClick={() => editor.run('view-mode-toggle')}
        >
          Edit again
        </button>
      </div>
    </div>
  )
}

/** The ways back from looking at the board in another way. */
const ModeExits = () => {
  const { viewing, focused, presenting, lookingBack } = useEditorState((state) => state.modes)
  if (presenting !== null || lookingBack) return null
  if (focused) return <LeaveFocus />
  return viewing ? <LeaveViewing /> : null
}

export default ModeExits
