'use client'

import { Popover } from '@base-ui/react/popover'
import { useState } from 'react'
import type { ArrowHead } from '../../../../whiteboard/index.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import { finalFocus } from '../../ui/final-focus.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { tip } from '../../ui/tooltip.tsx'
import { HEADS, HeadPicture } from './heads.tsx'

interface HeadPopoverProps extends Opener {
  readonly end: 'start' | 'end'
  readonly label: string
  readonly value: ArrowHead | 'mixed'
  readonly choose: (head: ArrowHead) => void
}

const heads = Object.keys(HEADS) as ArrowHead[]

/** Every head that a line may have. */
const HeadPopover = ({ button, end, label, value, choose }: HeadPopoverProps) => {
  const [open, setOpen] = useState(true)
  const phone = useIsPhone()
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
            aria-label={`${label} of the line`}
            className="panel shadow-float popup-motion grid grid-cols-5 gap-0.5 p-1.5 outline-none"
          >
            {heads.map((head) => (
              <button
                key={head}
                type="button"
                aria-label={HEADS[head].label}
                {...tip({ label: HEADS[head].label })}
                aria-pressed={value === head}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => {
                  choose(head)
                  setOpen(false)
                }}
                className="button text-ink hover:bg-hover aria-pressed:bg-accent aria-pressed:text-on-accent size-10 pointer-coarse:size-11"
              >
                <HeadPicture head={head} end={end} />
              </button>
            ))}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

export default HeadPopover
