'use client'

import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { ReactElement, ReactNode } from 'react'
import { keyCaps } from '../../lib/keys.ts'

export const Keys = ({ keys }: { keys: string }) => (
  <span className="flex gap-1">
    {keyCaps(keys).map((cap) => (
      <kbd
        key={cap}
        className="border-line bg-sunken text-soft min-w-5 rounded-md border px-1 text-center font-sans text-xs leading-5"
      >
        {cap}
      </kbd>
    ))}
  </span>
)

interface TooltipProps {
  readonly label: ReactNode
  readonly keys?: string | undefined
  readonly side?: 'top' | 'bottom' | 'left' | 'right'
  readonly children: ReactElement<Record<string, unknown>>
}

/** What a control is, for who hovers or focuses it. The control has its own accessible name. */
export const Tooltip = ({ label, keys, side = 'top', children }: TooltipProps) => (
  <Base.Root>
    <Base.Trigger render={children} />
    <Base.Portal>
      <Base.Positioner side={side} sideOffset={8} className="z-50">
        <Base.Popup className="panel shadow-float popup-motion flex items-center gap-2.5 rounded-lg! px-2.5 py-1.5 text-sm">
          {label}
          {keys && <Keys keys={keys} />}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)
