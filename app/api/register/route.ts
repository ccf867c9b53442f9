import { z } from 'zod'
import { register } from '../../../server/auth/sign-in.ts'
import { json } from '../_http/errors.ts'
import { takesOnly } from '../_http/methods.ts'
import { openRoute } from '../_http/route.ts'

const wish = z.object({
  name: z.string('Please give a name.'),
  email: z.string('Please give an e-mail address.'),
  password: z.string('Please choose a password.'),
})

/** Makes an account. The session is next-auth's to make: sign in with it afterwards. */
export const POST = openRoute(wish, async ({ runtime, person, address, body }) => {
  const { id, name, email } = await register(runtime, { person, address }, body)
  return json({ id, name, email }, 201)
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
