'use client'

import { Palette, Shapes } from 'lucide-react'
import { useIsPhone } from '../../lib/use-media.ts'
import { onDemand } from '../ui/on-demand.tsx'
import { IconButton } from './icon-button.tsx'
import { useEditorState } from './session-context.tsx'
import { Tool, ToolLock } from './tool-buttons.tsx'
import { SHAPES, TOOLS } from './tools.ts'

const ShapesPopover = onDemand(() => import('./shapes-popover.tsx'))

/** On phones: one button for all shapes, showing the one in use. */
const ShapesButton = () => {
  const tool = useEditorState((state) => state.tool)
  const current = SHAPES.find(({ id }) => id === tool)
  const Icon = current?.Icon ?? Shapes
  const button = (
    <button
      type="button"
      aria-label={current ? `Shapes: ${current.label}` : 'Shapes'}
      aria-pressed={current !== undefined}
      className="button text-ink hover:bg-hover aria-pressed:bg-accent aria-pressed:text-on-accent size-11 max-sm:min-w-0 max-sm:shrink"
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
    </button>
  )
  return <ShapesPopover button={button} />
}

const PHONE_ORDER = ['select', 'hand', 'pen', 'shapes', 'text', 'sticky', 'eraser'] as const

const PhoneTools = () =>
  PHONE_ORDER.map((id) => {
    const tool = TOOLS.find((each) => each.id === id)
    return tool ? (
      <Tool key={id} tool={tool} className="max-sm:min-w-0 max-sm:shrink!" />
    ) : (
      <ShapesButton key={id} />
    )
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
      className={`panel shadow-float pointer-events-auto flex p-1 ${canEdit ? 'max-sm:justify-between sm:gap-0.5' : 'mx-auto w-fit gap-0.5'}`}
    >
      {!canEdit && TOOLS.filter(({ edits }) => !edits).map((tool) => <Tool key={tool.id} tool={tool} />)}
      {canEdit && (phone ? <PhoneTools /> : <WideTools />)}
      {canEdit && phone && (
        <IconButton
          Icon={Palette}
          label="Style"
          className="max-sm:min-w-0 max-sm:shrink!"
          pressed={stylesOpen}
          onClick={onToggleStyles}
        />
      )}
    </div>
  )
}
