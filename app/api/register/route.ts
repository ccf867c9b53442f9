import { z } from 'zod'
import { newSession, sessionCookie } from '../../../server/auth/session.ts'
import { register } from '../../../server/auth/sign-in.ts'
import { json } from '../_http/errors.ts'
import { takesOnly } from '../_http/methods.ts'
import { openRoute } from '../_http/route.ts'

const wish = z.object({
  name: z.string('Please give a name.'),
  email: z.string('Please give an e-mail address.'),
  password: z.string('Please choose a password.'),
})

/**
 * Makes an account. The session is next-auth's to make: sign in with it afterwards. Only a guest, who was somebody already,
 * goes on at once: in a new session, for the old ones have ended.
 */
export const POST = openRoute(wish, async ({ runtime, person: visitor, address, body }) => {
  const person = await register(runtime, { person: visitor, address }, body)
  const { id, name, email } = person
  const response = json({ id, name, email }, 201)
  if (visitor?.id === id)
    response.headers.append('set-cookie', await sessionCookie(runtime, newSession(person)))
  return response
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
