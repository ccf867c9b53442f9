import { revokeLink } from '../../../../../../server/boards/links.ts'
import { PRIVATE } from '../../../../_http/errors.ts'
import { takesOnly } from '../../../../_http/methods.ts'
import { route } from '../../../../_http/route.ts'

interface Params {
  readonly id: string
  readonly linkId: string
}

export const DELETE = route<never, Params>(null, async ({ boards, person, params }) => {
  await revokeLink(boards, person.id, params.id, params.linkId)
  return new Response(null, { status: 204, headers: PRIVATE })
})

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = takesOnly('DELETE')
