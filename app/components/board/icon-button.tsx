'use client'

import type { LucideIcon } from 'lucide-react'
import type { ComponentProps } from 'react'
import { tip } from '../ui/tooltip.tsx'

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly Icon: LucideIcon
  readonly label: string
  readonly keys?: string | undefined
  readonly side?: 'top' | 'bottom'
  /** For buttons that stay pressed. */
  readonly pressed?: boolean
  /** A picture of the key; not part of the name. */
  readonly badge?: string | undefined
}

/** A press must not take the focus from a text that is being typed. */
const keepFocus = (event: { preventDefault: () => void }) => event.preventDefault()

/** A button of the board's chrome: a picture, its name and keys in a tooltip. */
export const IconButton = ({
  Icon,
  label,
  keys,
  side = 'top',
  pressed,
  badge,
  className = '',
  ...rest
}: IconButtonProps) => (
  <button
    type="button"
    aria-label={label}
    aria-pressed={pressed}
    onMouseDown={keepFocus}
    {...tip({ label, keys, side })}
    {...rest}
    className={`button text-ink hover:bg-hover aria-pressed:bg-accent aria-pressed:text-on-accent relative size-10 shrink-0 disabled:bg-transparent pointer-coarse:size-11 ${className}`}
  >
    <Icon aria-hidden className="size-5" strokeWidth={1.75} />
    {badge && (
      <span
        aria-hidden
        data-badge={badge}
        className="absolute right-1 bottom-0.5 text-[10px] leading-3 opacity-55 after:content-[attr(data-badge)] pointer-coarse:hidden"
      />
    )}
  </button>
)
