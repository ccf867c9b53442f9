/** RFC 5321: longest address, longest part before the @. */
const MAX_ADDRESS = 254
const MAX_LOCAL = 64
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/

/**
 * The one form under which an address is stored and looked up: trimmed, lower case, NFKC. Null for anything that is not
 * one plain address; an address that only becomes plain by normalising (a look-alike @, full-width letters) is refused,
 * because mail to it would go elsewhere than its owner sees.
 */
export const normaliseEmail = (raw: string): string | null => {
  const typed = raw.trim().toLowerCase()
  const address = typed.normalize('NFKC')
  if (address !== typed || address.length > MAX_ADDRESS) return null
  const [local = '', domain = '', ...more] = address.split('@')
  if (more.length > 0 || local.length > MAX_LOCAL) return null
  return LOCAL.test(local) && DOMAIN.test(domain) ? address : null
}
