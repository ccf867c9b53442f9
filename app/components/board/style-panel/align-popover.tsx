'use client'

import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  LayoutGrid,
  type LucideIcon,
} from 'lucide-react'
import { type Command, commandTable } from '../../../../whiteboard/index.ts'
import { commandKeys } from '../../../lib/keys.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { PopoverPanel } from '../../ui/popover-panel.tsx'
import { IconButton } from '../icon-button.tsx'
import { useEditor, useSelectionFact } from '../session-context.tsx'

const ROWS: readonly (readonly (readonly [Command, LucideIcon])[])[] = [
  [
    ['align-left', AlignStartVertical],
    ['align-center', AlignCenterVertical],
    ['align-right', AlignEndVertical],
    ['distribute-horizontally', AlignHorizontalDistributeCenter],
  ],
  [
    ['align-top', AlignStartHorizontal],
    ['align-middle', AlignCenterHorizontal],
    ['align-bottom', AlignEndHorizontal],
    ['distribute-vertically', AlignVerticalDistributeCenter],
  ],
]

const Arrange = ({ command, Icon }: { command: Command; Icon: LucideIcon }) => {
  const editor = useEditor()
  const possible = useSelectionFact((each) => each.can(command))
  return (
    <IconButton
      Icon={Icon}
      label={commandTable[command].label}
      keys={commandKeys(command)}
      disabled={!possible}
      onClick={() => editor.run(command)}
    />
  )
}

/** The panel that the button is on, which is not to be covered. */
const panelOf = (): Element | null => document.querySelector('[data-style-panel]')

/** Brings what is selected into line; stays open, for one seldom comes alone. */
const AlignPopover = ({ button }: Opener) => {
  const editor = useEditor()
  const phone = useIsPhone()
  const tidies = useSelectionFact((each) => each.can('tidy'))
  return (
    <PopoverPanel
      button={button}
      label="Align and distribute"
      anchor={panelOf}
      side={phone ? 'top' : 'right'}
      align={phone ? 'center' : 'end'}
      sideOffset={8}
      className="p-1"
    >
      {() => (
        <>
          {ROWS.map((row) => (
            <div key={row[0]?.[0]} className="flex gap-0.5">
              {row.map(([command, Icon]) => (
                <Arrange key={command} command={command} Icon={Icon} />
              ))}
            </div>
          ))}
          <button
            type="button"
            disabled={!tidies}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => editor.run('tidy')}
            className="button hover:bg-hover mt-0.5 flex h-10 w-full items-center justify-center gap-2 text-sm disabled:opacity-50 pointer-coarse:h-11"
          >
            <LayoutGrid aria-hidden className="size-4.5" strokeWidth={1.75} />
            {commandTable.tidy.label}
          </button>
        </>
      )}
    </PopoverPanel>
  )
}

export default AlignPopover
