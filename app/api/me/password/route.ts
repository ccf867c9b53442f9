import { z } from 'zod'
import { changePassword } from '../../../../server/auth/account.ts'
import { sessionCookie } from '../../../../server/auth/session.ts'
import { Refusal } from '../../../../server/boards/refusal.ts'
import { PRIVATE } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'

const change = z.object({
  current: z.string('Please give the password that you have now.'),
  next: z.string('Please choose a password.'),
})

/** Another password: ends all sessions but this one. */
export const POST = route(change, async ({ runtime, session, body }) => {
  if (!session) throw new Refusal('signed-out', 'Sign in first.')
  const person = await changePassword(runtime, session, body)
  const cookie = await sessionCookie(runtime, { ...session, person })
  return new Response(null, { status: 204, headers: { ...PRIVATE, 'set-cookie': cookie } })
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
