import { takeOrRefuse } from '../../../../../server/auth/take-or-refuse.ts'
import { duplicateBoard } from '../../../../../server/boards/boards.ts'
import { json } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'
import { boardUrl } from '../../../_http/views.ts'

export const POST = route<never, { readonly id: string }>(
  null,
  async ({ boards, person, origin, params, runtime }) => {
    await takeOrRefuse(runtime.limits.versions, person.id, 'You copied many boards.')
    const { id, title } = await duplicateBoard(boards, person.id, params.id)
    return json({ id, title, url: boardUrl(origin, id) }, 201)
  },
)

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
