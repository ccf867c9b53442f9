'use client'

import { Minus, Plus, Redo2, Undo2 } from 'lucide-react'
import { useMemo, useSyncExternalStore } from 'react'
import { commandKeys } from '../../lib/keys.ts'
import { paced } from '../../lib/paced.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { IconButton } from './icon-button.tsx'
import { PenMode } from './pen-mode.tsx'
import { useEditor, useEditorState, useOpenBoard } from './session-context.tsx'

const ZoomMenu = onDemand(() => import('./zoom-menu.tsx'))

/** Milliseconds between two numbers while one zooms: nobody reads faster, and each costs layout. */
const PACE = 100

const useZoomPercent = (): number => {
  const { editor, watchEditor } = useOpenBoard().session
  const watch = useMemo(() => paced(watchEditor, PACE), [watchEditor])
  return useSyncExternalStore(watch, () => Math.round(editor.state.camera.zoom * 100))
}

/** The zoom in per cent; opens the views that one may jump to. */
const Zoom = () => {
  const percent = useZoomPercent()
  const button = (
    <button
      type="button"
      aria-label={`Zoom ${percent} %`}
      className="button hover:bg-hover h-10 w-14 text-sm tabular-nums pointer-coarse:h-11"
    >
      {percent} %
    </button>
  )
  return <ZoomMenu button={button} />
}

const UndoRedo = () => {
  const editor = useEditor()
  const canUndo = useEditorState((state) => state.canUndo)
  const canRedo = useEditorState((state) => state.canRedo)
  return (
    <div className="panel pointer-events-auto flex p-0.5">
      <IconButton
        Icon={Undo2}
        label="Undo"
        keys={commandKeys('undo')}
        disabled={!canUndo}
        onClick={() => editor.run('undo')}
      />
      <IconButton
        Icon={Redo2}
        label="Redo"
        keys={commandKeys('redo')}
        disabled={!canRedo}
        onClick={() => editor.run('redo')}
      />
    </div>
  )
}

/** Bottom left: how one looks at the board, and the way back. */
export const ViewControls = () => {
  const editor = useEditor()
  const canEdit = useEditorState((state) => state.canEdit)
  return (
    <div
      data-view-controls
      className="flex w-full items-center justify-between gap-2 roomy:w-auto roomy:justify-start"
    >
      <div className="panel pointer-events-auto flex items-center p-0.5 max-roomy:order-last">
        <IconButton
          Icon={Minus}
          label="Zoom out"
          keys={commandKeys('zoom-out')}
          className="max-sm:hidden short:hidden"
          onClick={() => editor.run('zoom-out')}
        />
        <Zoom />
        <IconButton
          Icon={Plus}
          label="Zoom in"
          keys={commandKeys('zoom-in')}
          className="max-sm:hidden short:hidden"
          onClick={() => editor.run('zoom-in')}
        />
      </div>
      <PenMode />
      {canEdit ? <UndoRedo /> : <span />}
    </div>
  )
}
