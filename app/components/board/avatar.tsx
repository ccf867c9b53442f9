import { initials } from '../../lib/initials.ts'

const channel = (color: string, from: number): number => {
  const value = Number.parseInt(color.slice(from, from + 2), 16) / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/** Black or white, whichever is easier to read on `#rrggbb`. */
export const textOn = (color: string): string => {
  const luminance = 0.2126 * channel(color, 1) + 0.7152 * channel(color, 3) + 0.0722 * channel(color, 5)
  return luminance > 0.36 ? '#1c1f23' : '#ffffff'
}

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
      color: textOn(color),
      ...(stacked && { boxShadow: '0 0 0 2px var(--surface)' }),
      ...(ring && { boxShadow: `0 0 0 2px var(--surface), 0 0 0 4px ${color}` }),
    }}
  />
)
