'use client'

import type { ArrowHead } from '../../../../whiteboard/index.ts'
import { useIsPhone } from '../../../lib/use-media.ts'
import type { Opener } from '../../ui/on-demand.tsx'
import { PopoverPanel } from '../../ui/popover-panel.tsx'
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
  const phone = useIsPhone()
  return (
    <PopoverPanel
      button={button}
      label={`${label} of the line`}
      side={phone ? 'top' : 'right'}
      sideOffset={10}
      className="grid grid-cols-5 gap-0.5 p-1.5"
    >
      {(close) =>
        heads.map((head) => (
          <button
            key={head}
            type="button"
            aria-label={HEADS[head].label}
            {...tip({ label: HEADS[head].label })}
            aria-pressed={value === head}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              choose(head)
              close()
            }}
            className="button text-ink hover:bg-hover aria-pressed:bg-accent aria-pressed:text-on-accent size-10 pointer-coarse:size-11"
          >
            <HeadPicture head={head} end={end} />
          </button>
        ))
      }
    </PopoverPanel>
  )
}

export default HeadPopover
