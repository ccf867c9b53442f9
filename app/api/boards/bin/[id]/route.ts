import { removeFromBin } from '../../../../../server/boards/bin.ts'
import { PRIVATE } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'

/** Removes a board that is in the bin for good. */
export const DELETE = route<never, { readonly id: string }>(null, async ({ boards, person, params }) => {
  await removeFromBin(boards, person.id, params.id)
  return new Response(null, { status: 204, headers: PRIVATE })
})

export const { GET, HEAD, OPTIONS, POST, PUT, PATCH } = takesOnly('DELETE')
