'use client'

import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import { finalFocus } from '../ui/final-focus.ts'
import type { Opener } from '../ui/on-demand.tsx'
import { Tool, ToolLock } from './tool-buttons.tsx'
import type { ToolFamily } from './tools.ts'

interface ToolsPopoverProps extends Opener {
  readonly family: ToolFamily
  /** Whether the tool lock is here, and not on the toolbar. */
  readonly withLock: boolean
}

/** The tools that share a button. */
const ToolsPopover = ({ button, family, withLock }: ToolsPopoverProps) => {
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={12} collisionPadding={8} className="z-30">
          <Popover.Popup
            finalFocus={finalFocus}
            aria-label={family.label}
            className="panel shadow-float popup-motion p-1 outline-none"
          >
            <div
              className="grid gap-0.5"
              style={{ gridTemplateColumns: `repeat(${columnsFor(family.tools.length)}, auto)` }}
            >
              {family.tools.map((each) => (
                <Tool key={each.id} tool={each} onChosen={() => setOpen(false)} />
              ))}
              {withLock && <ToolLock />}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Up to five in one row, more in rows of four. */
const columnsFor = (count: number): number => (count <= 5 ? count : 4)

export default ToolsPopover
