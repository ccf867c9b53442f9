import type { ComponentProps } from 'react'

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-deep',
  outline: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  quiet: 'text-ink hover:bg-hover',
  danger: 'bg-danger text-ground hover:opacity-90',
} as const

const sizes = {
  small: 'h-9 px-3 text-sm',
  medium: 'h-11 px-4 text-base',
  large: 'h-13 px-7 text-lg rounded-xl!',
} as const

export interface Look {
  look?: keyof typeof looks
  size?: keyof typeof sizes
}

export const buttonClasses = ({ look = 'outline', size = 'medium' }: Look, more = ''): string =>
  `button ${looks[look]} ${sizes[size]} ${more}`

export const Button = ({ look, size, className, ...rest }: Look & ComponentProps<'button'>) => (
  <button
    type="button"
    {...rest}
    className={buttonClasses({ ...(look && { look }), ...(size && { size }) }, className)}
  />
)

/** A link that loads a page anew: for messages, which come with every page and must not bring the router's links along. */
export const PageLink = ({ look, size, className, ...rest }: Look & ComponentProps<'a'>) => (
  <a {...rest} className={buttonClasses({ ...(look && { look }), ...(size && { size }) }, className)} />
)
