import { listBin } from '../../../../server/boards/bin.ts'
import { json } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'
import { binnedJson } from '../../_http/views.ts'

/** What the person has put into the bin, last deleted first. `POST /api/boards/<id>/restore` takes it out again. */
export const GET = route(null, async ({ boards, person }) =>
  json({ boards: (await listBin(boards, person.id)).map(binnedJson) }),
)

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
