import { signOutEverywhere } from '../../../../server/auth/account.ts'
import { noSessionCookie } from '../../../../server/auth/session.ts'
import { PRIVATE } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'

/** Signs out everywhere, here too. */
export const DELETE = route(null, async ({ runtime, person }) => {
  await signOutEverywhere(runtime, person)
  return new Response(null, { status: 204, headers: { ...PRIVATE, 'set-cookie': noSessionCookie(runtime) } })
})

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = takesOnly('DELETE')
