import { z } from 'zod'
import { closeOwnAccount } from '../../../../server/auth/account.ts'
import { noSessionCookie } from '../../../../server/auth/session.ts'
import { PRIVATE } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'

const proof = z.object({
  password: z.string('A password is a text.').optional(),
  word: z.string('A word is a text.').optional(),
})

/** Closes the account for good: who has a password shows it, others type a word. */
export const POST = route(proof, async ({ runtime, boards, person, body }) => {
  await closeOwnAccount({ ...boards, limits: runtime.limits }, person, body)
  return new Response(null, { status: 204, headers: { ...PRIVATE, 'set-cookie': noSessionCookie(runtime) } })
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
