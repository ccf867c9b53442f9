import { restoreBoard } from '../../../../../server/boards/boards.ts'
import { json } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'
import { boardJson } from '../../../_http/views.ts'

/** Takes back a deletion. */
export const POST = route<never, { readonly id: string }>(null, async ({ boards, person, origin, params }) =>
  json(boardJson(origin, await restoreBoard(boards, person.id, params.id))),
)

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
