import { z } from 'zod'
import { removeVersion, renameVersion } from '../../../../../../server/boards/versions.ts'
import { json, PRIVATE } from '../../../../_http/errors.ts'
import { takesOnly } from '../../../../_http/methods.ts'
import { route } from '../../../../_http/route.ts'
import { versionJson } from '../../../../_http/views.ts'

interface Params {
  readonly id: string
  readonly versionId: string
}

const change = z.object({ name: z.string('A name is text; null takes it away.').nullable() })

export const PATCH = route<typeof change, Params>(change, async ({ boards, person, params, body }) =>
  json(versionJson(await renameVersion(boards, person.id, params.id, params.versionId, body.name))),
)

export const DELETE = route<never, Params>(null, async ({ boards, person, params }) => {
  await removeVersion(boards, person.id, params.id, params.versionId)
  return new Response(null, { status: 204, headers: PRIVATE })
})

export const { GET, HEAD, OPTIONS, POST, PUT } = takesOnly('PATCH', 'DELETE')
