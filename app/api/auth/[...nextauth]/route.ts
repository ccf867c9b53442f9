import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { authOptions } from '../../../../server/auth/options.ts'
import { readSession } from '../../../../server/auth/session.ts'
import { addressOf, isOwnRequest } from '../../../../server/auth/site.ts'
import { Refusal } from '../../../../server/boards/refusal.ts'
import { runtime } from '../../../../server/runtime.ts'
import { answerTo } from '../../_http/errors.ts'

interface Context {
  readonly params: Promise<{ nextauth: string[] }>
}

/**
 * next-auth, told who is signed in now. The session is read before it gets the request, because it takes a database that
 * does not answer for a session that ended, and would clear the cookie.
 */
const handle = async (request: NextRequest, context: Context): Promise<Response> => {
  const current = runtime()
  try {
    const [action = ''] = (await context.params).nextauth
    // Lets anybody write into the server's log.
    if (action === '_log') return new Response(null, { status: 204 })
    if (request.method === 'POST' && !isOwnRequest(current.config, request)) {
      throw new Refusal('foreign-origin', 'Requests from other sites are not answered.')
    }
    const session = await readSession(current, request.cookies)
    const visitor = { person: session?.person ?? null, address: addressOf(request) }
    return await NextAuth(request, context, authOptions(current, visitor, action))
  } catch (error) {
    return answerTo(error, current.store)
  }
}

export { handle as GET, handle as POST }
