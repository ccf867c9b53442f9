import { type ReactNode, useSyncExternalStore } from 'react'
import { Button } from './button.tsx'

const never = () => () => {}

/**
 * Sends a form. Until the page's code is here it does nothing, and Enter neither: the browser would send the form by itself
 * then, with the password in the address.
 */
export const SubmitButton = ({ busy, children }: { busy: boolean; children: ReactNode }) => {
  const isHere = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  return (
    <Button type="submit" look="primary" className="w-full" disabled={busy || !isHere}>
      {children}
    </Button>
  )
}
