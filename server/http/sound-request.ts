import type { IncomingMessage } from 'node:http'

/** Methods that some address of this server takes. */
export const METHODS: readonly string[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
/** A host name or number with an optional port: addresses are made of it when PUBLIC_URL is not set. */
const HOST = /^([a-z0-9._-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i

const isDecodable = (path: string): boolean => {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/** The status for a request that no page or route could answer sensibly; null for all others. */
export const unsound = ({ method = '', url = '', headers }: IncomingMessage): 400 | 405 | null => {
  if (!METHODS.includes(method)) return 405
  // `*`, or a whole address as for a proxy, to which pages would redirect.
  if (!url.startsWith('/')) return 400
  if (headers.host && !HOST.test(headers.host)) return 400
  const forwarded = headers['x-forwarded-host']
  if (typeof forwarded === 'string' && forwarded !== '' && !HOST.test(forwarded.split(',')[0]?.trim() ?? ''))
    return 400
  return isDecodable(url.split('?')[0] ?? '') ? null : 400
}
