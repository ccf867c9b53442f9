'use client'

import { type Command, commandTable, type ToolId } from '../../../../whiteboard/index.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { PopoverPanel } from '../../ui/popover-panel.tsx'
import { IconButton } from '../icon-button.tsx'
import { useEditor } from '../session-context.tsx'
import { toolOf } from '../tool-bar/tools.ts'
import { CONVERSIONS } from './actions.tsx'

const typeOf = (command: Command): ToolId => command.replace('convert-', '') as ToolId

/** What the selection can be turned into; its id, its text and its arrows stay. */
const ConvertPopover = ({ button }: Opener) => {
  const editor = useEditor()
  const phone = useIsPhone()
  return (
    <PopoverPanel
      button={button}
      label="Turn into"
      side={phone ? 'top' : 'right'}
      sideOffset={10}
      className="grid grid-cols-4 gap-0.5 p-1"
    >
      {(close) =>
        CONVERSIONS.filter((command) => editor.can(command)).map((command) => (
          <IconButton
            key={command}
            Icon={toolOf(typeOf(command)).Icon}
            label={commandTable[command].label}
            onClick={() => {
              editor.run(command)
              close()
            }}
          />
        ))
      }
    </PopoverPanel>
  )
}

export default ConvertPopover
