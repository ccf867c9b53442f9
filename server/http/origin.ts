/** An origin as browsers say it, by http or https; null for whatever says more than that, or something else. */
export const readOrigin = (text: string): URL | null => {
  if (!URL.canParse(text)) return null
  const url = new URL(text)
  const { protocol, pathname, search, hash, username, password } = url
  const isBare = pathname === '/' && !search && !hash && !username && !password
  return isBare && /^https?:$/.test(protocol) ? url : null
}
