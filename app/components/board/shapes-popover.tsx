'use client'

import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import type { Opener } from '../ui/on-demand.tsx'
import { Tool, ToolLock } from './tool-buttons.tsx'
import { SHAPES } from './tools.ts'

/** The tools that share a button on phones. */
const ShapesPopover = ({ button }: Opener) => {
  const [open, setOpen] = useState(true)
  return (
    <Popover.Root open={open} onOpenChange={(next) => setOpen(next)}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={12} className="z-30">
          <Popover.Popup
            aria-label="Shapes"
            className="panel shadow-float popup-motion flex gap-0.5 p-1 outline-none"
          >
            {SHAPES.map((each) => (
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

export default ShapesPopover
