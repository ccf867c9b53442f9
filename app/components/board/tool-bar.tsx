'use client'

import { Popover } from '@base-ui/react/popover'
import { Lock, LockOpen, Palette, Shapes } from 'lucide-react'
import { useState } from 'react'
import { commandKeys, toolKeys } from '../../lib/keys.ts'
import { useIsPhone } from '../../lib/use-media.ts'
import { IconButton } from './icon-button.tsx'
import { useEditor, useEditorState } from './session-context.tsx'
import { badgeOf, SHAPE_TOOLS, TOOLS, type ToolButton } from './tools.ts'

const Tool = ({ tool, onChosen }: { tool: ToolButton; onChosen?: () => void }) => {
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
      onClick={() => {
        editor.setTool(tool.id)
        onChosen?.()
      }}
    />
  )
}

const ToolLock = () => {
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

const shapes = TOOLS.filter(({ id }) => SHAPE_TOOLS.includes(id))

/** On phones: one button for all shapes, showing the one in use. */
const ShapesButton = () => {
  const [open, setOpen] = useState(false)
  const tool = useEditorState((state) => state.tool)
  const current = shapes.find(({ id }) => id === tool)
  const Icon = current?.Icon ?? Shapes
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger
        aria-label={current ? `Shapes: ${current.label}` : 'Shapes'}
        aria-pressed={current !== undefined}
        className="button text-ink hover:bg-hover aria-pressed:bg-accent aria-pressed:text-on-accent size-11 shrink-0"
      >
        <Icon aria-hidden className="size-5" strokeWidth={1.75} />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={12} className="z-30">
          <Popover.Popup
            aria-label="Shapes"
            className="panel shadow-float popup-motion flex gap-0.5 p-1 outline-none"
          >
            {shapes.map((each) => (
              <Tool key={each.id} tool={each} onChosen={() => setOpen(false)} />
            ))}
            <span className="bg-line mx-1 w-px self-stretch" />
            <ToolLock />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

const PHONE_ORDER = ['select', 'hand', 'pen', 'shapes', 'text', 'sticky', 'eraser'] as const

const PhoneTools = () =>
  PHONE_ORDER.map((id) => {
    const tool = TOOLS.find((each) => each.id === id)
    return tool ? <Tool key={id} tool={tool} /> : <ShapesButton key={id} />
  })

const WideTools = () => (
  <>
    <ToolLock />
    <span className="bg-line mx-1 w-px self-stretch" />
    {TOOLS.map((tool) => (
      <Tool key={tool.id} tool={tool} />
    ))}
  </>
)

interface ToolBarProps {
  readonly stylesOpen: boolean
  readonly onToggleStyles: () => void
}

export const ToolBar = ({ stylesOpen, onToggleStyles }: ToolBarProps) => {
  const phone = useIsPhone()
  const canEdit = useEditorState((state) => state.canEdit)
  return (
    <div
      role="toolbar"
      aria-label="Tools"
      className="panel shadow-float pointer-events-auto flex gap-0.5 p-1"
    >
      {!canEdit && TOOLS.filter(({ edits }) => !edits).map((tool) => <Tool key={tool.id} tool={tool} />)}
      {canEdit && (phone ? <PhoneTools /> : <WideTools />)}
      {canEdit && phone && (
        <IconButton Icon={Palette} label="Style" pressed={stylesOpen} onClick={onToggleStyles} />
      )}
    </div>
  )
}
