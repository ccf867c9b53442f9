/** Those that Next knows of. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Method = (typeof METHODS)[number]
type Taken = Exclude<Method, 'HEAD' | 'OPTIONS'>

/**
 * Handlers for the methods that an address does not take, and for OPTIONS: they name those that it does (RFC 9110, 15.5.6),
 * where Next's own answer would leave them out. A route exports all that are not its own, but HEAD where it has GET.
 */
export const takesOnly = (...taken: Taken[]): Record<Method, () => Response> => {
  const all: Method[] = taken.includes('GET') ? [...taken, 'HEAD', 'OPTIONS'] : [...taken, 'OPTIONS']
  const headers = { allow: all.sort().join(', ') }
  const refuse = (): Response => new Response(null, { status: 405, headers })
  const tell = (): Response => new Response(null, { status: 204, headers })
  return {
    GET: refuse,
    HEAD: refuse,
    OPTIONS: tell,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
  }
}
