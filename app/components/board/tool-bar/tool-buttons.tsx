'use client'

import { Lock, LockOpen } from 'lucide-react'
import { focusBoard } from '../../../lib/focus-board.ts'
import { commandKeys, toolKeys } from '../../../lib/keys.ts'
import { IconButton } from '../icon-button.tsx'
import { useEditor, useEditorState } from '../session-context.tsx'
import { badgeOf, type ToolButton } from './tools.ts'

interface ToolProps {
  readonly tool: ToolButton
  readonly onChosen?: () => void
  readonly className?: string
}

/** One tool of the toolbar. */
export const Tool = ({ tool, onChosen, className }: ToolProps) => {
  const editor = useEditor()
  const active = useEditorState((state) => state.tool === tool.id)
  return (
    <IconButton
      Icon={tool.Icon}
      label={tool.label}
      keys={toolKeys(tool.id)[0]}
      badge={badgeOf(tool.id)}
      pressed={active}
      data-tool={tool.id}
      {...(className && { className })}
      onClick={({ detail }) => {
        editor.setTool(tool.id)
        onChosen?.()
        // Who chose it by key goes on at the board, with Enter or the arrow keys.
        if (detail === 0) focusBoard()
      }}
    />
  )
}

export const ToolLock = () => {
  const editor = useEditor()
  const locked = useEditorState((state) => state.toolLocked)
  return (
    <IconButton
      Icon={locked ? Lock : LockOpen}
      label={locked ? 'Keep the tool: on' : 'Keep the tool after drawing'}
      keys={commandKeys('tool-lock-toggle')}
      pressed={locked}
      onClick={() => editor.run('tool-lock-toggle')}
    />
  )
}
