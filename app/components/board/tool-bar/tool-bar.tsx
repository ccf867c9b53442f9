'use client'

import { ChevronUp, Ellipsis, Palette } from 'lucide-react'
import { useRef } from 'react'
import type { ToolId } from '../../../../whiteboard/index.ts'
import { useIsPhone, useMedia } from '../../../lib/use-media.ts'
import { onDemand } from '../../ui/on-demand.tsx'
import { tip } from '../../ui/tooltip.tsx'
import { IconButton } from '../icon-button.tsx'
import { useEditorState } from '../session-context.tsx'
import { useRovingFocus } from '../use-roving-focus.ts'
import { Tool, ToolLock } from './tool-buttons.tsx'
import { COMPACT_TOOLS, type ToolFamily, type ToolPlace, toolOf, VIEWER_TOOLS, WIDE_TOOLS } from './tools.ts'

const ToolsPopover = onDemand(() => import('./tools-popover.tsx'))

/** The tool of a family that is in use, or was last, for as long as the board is open. */
const useLastOf = ({ tools, first }: ToolFamily): ToolId | null => {
  const last = useRef(first)
  const tool = useEditorState((state) => state.tool)
  if (tools.some(({ id }) => id === tool)) last.current = tool
  return last.current
}

const opener =
  'button text-ink hover:bg-hover aria-expanded:bg-hover shrink-0 pointer-coarse:size-11 max-sm:min-w-0 max-sm:shrink!'

/** The button of the tool used last, and a narrow one beside it that opens the rest of its family. */
const WideFamily = ({ family }: { family: ToolFamily }) => {
  const last = useLastOf(family)
  const Icon = last === null ? Ellipsis : ChevronUp
  const button = (
    <button
      type="button"
      aria-label={family.label}
      {...tip({ label: family.label })}
      onMouseDown={(event) => event.preventDefault()}
      className={`${opener} h-10 ${last === null ? 'w-10' : 'w-5'}`}
    >
      <Icon aria-hidden className={last === null ? 'size-5' : 'size-3.5'} strokeWidth={1.75} />
    </button>
  )
  return (
    <>
      {last !== null && <Tool tool={toolOf(last)} />}
      <ToolsPopover button={button} family={family} withLock={false} />
    </>
  )
}

/** One button for a whole family, which shows the tool in use or used last. */
const CompactFamily = ({ family }: { family: ToolFamily }) => {
  const last = useLastOf(family)
  const active = useEditorState((state) => family.tools.some(({ id }) => id === state.tool))
  const shown = last === null || (!active && family.first === null) ? null : toolOf(last)
  const Icon = shown?.Icon ?? Ellipsis
  const button = (
    <button
      type="button"
      aria-label={active && shown ? `${family.label}: ${shown.label}` : family.label}
      aria-pressed={active}
      className={`${opener} aria-pressed:bg-accent aria-pressed:text-on-accent size-11`}
    >
      <Icon aria-hidden className="size-5" strokeWidth={1.75} />
    </button>
  )
  return <ToolsPopover button={button} family={family} withLock={family.first === null} />
}

const Place = ({ place, compact }: { place: ToolPlace; compact: boolean }) => {
  if (place === 'gap') return <span className="bg-line mx-1 w-px self-stretch" />
  if (typeof place !== 'string') {
    return compact ? <CompactFamily family={place} /> : <WideFamily family={place} />
  }
  return <Tool tool={toolOf(place)} className={compact ? 'max-sm:min-w-0 max-sm:shrink!' : ''} />
}

/** Windows in which the wide toolbar would not fit, with what else is at the bottom. */
const NARROW = '(max-width: 719px), (pointer: coarse) and (max-width: 899px), (max-height: 479px)'

interface ToolBarProps {
  readonly stylesOpen: boolean
  readonly onToggleStyles: () => void
}

export const ToolBar = ({ stylesOpen, onToggleStyles }: ToolBarProps) => {
  const phone = useIsPhone()
  const compact = useMedia(NARROW)
  const canEdit = useEditorState((state) => state.canEdit)
  const places = canEdit ? (compact ? COMPACT_TOOLS : WIDE_TOOLS) : VIEWER_TOOLS
  const bar = useRef<HTMLDivElement>(null)
  const onKeyDown = useRovingFocus(bar)
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label="Tools"
      onKeyDown={onKeyDown}
      className={`panel shadow-float pointer-events-auto flex p-1 ${canEdit ? 'max-sm:justify-between sm:gap-0.5' : 'mx-auto w-fit gap-0.5'}`}
    >
      {canEdit && !compact && (
        <>
          <ToolLock />
          <Place place="gap" compact={false} />
        </>
      )}
      {places.map((place, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places never change their order
        <Place key={index} place={place} compact={compact} />
      ))}
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
