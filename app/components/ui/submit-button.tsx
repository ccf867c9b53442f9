import { type ComponentProps, useSyncExternalStore } from 'react'
import { Button, type Look } from './button.tsx'

const never = () => () => {}

/**
 * Sends a form of a page. Until the page's code is here it does nothing, and Enter neither: the browser would send the form by
 * itself then, with the password in the address.
 */
export const SubmitButton = ({ disabled, ...rest }: Look & ComponentProps<'button'>) => {
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return <Button {...rest} type="submit" disabled={disabled || !isHere} />
}
