import Link from 'next/link'
import type { ComponentProps } from 'react'
import { buttonClasses, type Look } from './button.tsx'

/** A link that looks like a button. */
export const ButtonLink = ({ look, size, className, ...rest }: Look & ComponentProps<typeof Link>) => (
  <Link {...rest} className={buttonClasses({ ...(look && { look }), ...(size && { size }) }, className)} />
)
