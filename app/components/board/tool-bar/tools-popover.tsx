'use client'

import type { Opener } from '../../ui/on-demand.tsx'
import { PopoverPanel } from '../../ui/popover-panel.tsx'
import { Tool, ToolLock } from './tool-buttons.tsx'
import type { ToolFamily } from './tools.ts'

interface ToolsPopoverProps extends Opener {
  readonly family: ToolFamily
  /** Whether the tool lock is here, and not on the toolbar. */
  readonly withLock: boolean
}

/** The tools that share a button. */
const ToolsPopover = ({ button, family, withLock }: ToolsPopoverProps) => (
  <PopoverPanel button={button} label={family.label} side="top" sideOffset={12} className="p-1">
    {(close) => (
      <div
        className="grid gap-0.5"
        style={{ gridTemplateColumns: `repeat(${columnsFor(family.tools.length)}, auto)` }}
      >
        {family.tools.map((each) => (
          <Tool key={each.id} tool={each} onChosen={close} />
        ))}
        {withLock && <ToolLock />}
      </div>
    )}
  </PopoverPanel>
)

/** Up to five in one row, more in rows of four. */
const columnsFor = (count: number): number => (count <= 5 ? count : 4)

export default ToolsPopover
