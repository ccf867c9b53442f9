'use client'

import { Popover } from '@base-ui/react/popover'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { finalFocus } from './final-focus.ts'
import type { Opener } from './on-demand.tsx'

interface PopoverPanelProps
  extends Opener,
    Pick<ComponentProps<typeof Popover.Positioner>, 'anchor' | 'side' | 'align' | 'sideOffset'> {
  /** What it is called. */
  readonly label: string
  /** How it is laid out inside. */
  readonly className: string
  readonly onOpenChange?: (open: boolean) => void
  readonly children: (close: () => void) => ReactNode
}

/** A panel that opens beside its button; what is in it may close it. */
export const PopoverPanel = (props: PopoverPanelProps) => {
  const { button, label, className, onOpenChange, children, ...place } = props
  const [open, setOpen] = useState(true)
  const change = (next: boolean) => {
    setOpen(next)
    onOpenChange?.(next)
  }
  return (
    <Popover.Root open={open} onOpenChange={(next) => change(next)}>
      <Popover.Trigger render={button} />
      <Popover.Portal>
        <Popover.Positioner {...place} collisionPadding={8} className="z-30">
          <Popover.Popup
            finalFocus={finalFocus}
            aria-label={label}
            className={`panel shadow-float popup-motion outline-none ${className}`}
          >
            {children(() => setOpen(false))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
