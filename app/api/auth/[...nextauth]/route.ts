import { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { adoptionNote } from '../../../../server/auth/adoption-note.ts'
import { assertKnown, keepOnSite, readForm } from '../../../../server/auth/auth-request.ts'
import { authOptions } from '../../../../server/auth/options.ts'
import { readSession } from '../../../../server/auth/session.ts'
import { addressOf, isOwnRequest, siteOrigin } from '../../../../server/auth/site.ts'
import { Refusal } from '../../../../server/boards/refusal.ts'
import { runtime } from '../../../../server/runtime.ts'
import { readBytes } from '../../_http/body.ts'
import { answerTo } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'

interface Context {
  readonly params: Promise<{ nextauth: string[] }>
}

/** The same request as next-auth can take it: a body of bounded size with nothing but text fields, going on to our own site. */
const settled = async (request: NextRequest, origin: string): Promise<NextRequest> => {
  const url = new URL(request.url)
  keepOnSite(url.searchParams, origin)
  if (request.method !== 'POST') return new NextRequest(url, { headers: request.headers })
  const form = readForm(request.headers.get('content-type') ?? '', await readBytes(request))
  keepOnSite(form, origin)
  const headers = new Headers(request.headers)
  headers.set('content-type', 'application/x-www-form-urlencoded')
  headers.delete('content-length')
  return new NextRequest(url, { method: 'POST', headers, body: form.toString() })
}

/** next-auth says in the address to go on to what went wrong; that somebody has to wait belongs into the status too. */
const sayTooMany = async (response: Response): Promise<Response> => {
  const isWords = response.headers.get('content-type')?.includes('json') === true
  if (!isWords || response.status < 400) return response
  const text = await response.text()
  const isTooMany = text.includes('error=TooManyAttempts')
  const headers = new Headers(response.headers)
  if (isTooMany) headers.set('retry-after', '300')
  return new Response(text, { status: isTooMany ? 429 : response.status, headers })
}

const withNotes = (response: Response, notes: readonly string[]): Response => {
  if (notes.length === 0) return response
  const headers = new Headers(response.headers)
  for (const note of notes) headers.append('set-cookie', note)
  return new Response(response.body, { status: response.status, headers })
}

/**
 * next-auth, told who is signed in now. The session is read before it gets the request, because it takes a database that
 * does not answer for a session that ended, and would clear the cookie.
 */
const handle = async (request: NextRequest, context: Context): Promise<Response> => {
  const current = runtime()
  try {
    const path = (await context.params).nextauth
    const [action = ''] = path
    // Lets anybody write into the server's log.
    if (action === '_log') return new Response(null, { status: 204 })
    if (request.method === 'POST' && !isOwnRequest(current.config, request)) {
      throw new Refusal('foreign-origin', 'Requests from other sites are not answered.')
    }
    const session = await readSession(current, request.cookies)
    const visitor = { person: session?.person ?? null, address: addressOf(request) }
    const notes: string[] = []
    const options = authOptions(current, visitor, action, (guestId, accountId) => {
      notes.push(adoptionNote(current.config, guestId, accountId))
    })
    assertKnown(request.method, path, options)
    const answer = await NextAuth(
      await settled(request, siteOrigin(current.config, request)),
      context,
      options,
    )
    return withNotes(await sayTooMany(answer), notes)
  } catch (error) {
    return answerTo(error, current, request)
  }
}

export { handle as GET, handle as POST }

export const { OPTIONS, PUT, PATCH, DELETE } = takesOnly('GET', 'POST')
