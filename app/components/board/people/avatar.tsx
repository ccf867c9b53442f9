import { inkOn } from '../../../../whiteboard/index.ts'
import { initials } from '../../../lib/initials.ts'

interface AvatarProps {
  readonly name: string
  readonly color: string
  readonly ring?: boolean
  readonly stacked?: boolean
}

/** The initials of somebody in their colour. `ring`: they are followed; `stacked`: it lies on another. */
export const Avatar = ({ name, color, ring, stacked }: AvatarProps) => (
  <span
    aria-hidden
    data-initials={initials(name)}
    className="initials flex size-8 shrink-0 items-center justify-center rounded-full text-xs font-semibold select-none"
    style={{
      background: color,
      color: inkOn(color),
      ...(stacked && { boxShadow: '0 0 0 2px var(--surface)' }),
      ...(ring && { boxShadow: `0 0 0 2px var(--surface), 0 0 0 4px ${color}` }),
    }}
  />
)
