'use client'

import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import { type Command, commandTable, type ToolId } from '../../../../whiteboard/index.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import { finalFocus } from '../../ui/final-focus.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { IconButton } from '../icon-button.tsx'
import { useEditor } from '../session-context.tsx'
import { toolOf } from '../tools.ts'
import { CONVERSIONS } from './actions.tsx'

const typeOf = (command: Command): ToolId => command.replace('convert-', '') as ToolId

/** What the selection can be turned into; its id, its text and its arrows stay. */
const ConvertPopover = ({ button }: Opener) => {
  const editor = useEditor()
  const phone = useIsPhone()
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner
          side={phone ? 'top' : 'right'}
          sideOffset={10}
          collisionPadding={8}
          className="z-30"
        >
          <Popover.Popup
            finalFocus={finalFocus}
            aria-label="Turn into"
            className="panel shadow-float popup-motion grid grid-cols-4 gap-0.5 p-1 outline-none"
          >
            {CONVERSIONS.filter((command) => editor.can(command)).map((command) => (
              <IconButton
                key={command}
                Icon={toolOf(typeOf(command)).Icon}
                label={commandTable[command].label}
                onClick={() => {
                  editor.run(command)
                  setOpen(false)
                }}
              />
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

export default ConvertPopover
