import type { Config } from '../config.ts'
import { isSecureSite } from './site.ts'

/** Seconds for which a browser may be left before its pages act on a note. */
const KEPT = 90 * 24 * 60 * 60

/**
 * A `Set-Cookie` value that tells the pages of this browser that a guest has become part of an account, whichever way they
 * signed in: what the browser keeps under the guest's id is the account's now. `app/lib/bring-copies.ts` acts on it. Both ids
 * are no secrets, and pages have to read it.
 */
export const adoptionNote = (
  config: Pick<Config, 'publicUrl'>,
  guestId: string,
  accountId: string,
): string => {
  const secure = isSecureSite(config)
  const name = `${secure ? '__Host-' : ''}drawbridge.was.${guestId}`
  return `${name}=${accountId}; Path=/; Max-Age=${KEPT}; SameSite=Lax${secure ? '; Secure' : ''}`
}
