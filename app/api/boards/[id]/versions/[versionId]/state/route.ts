import { versionState } from '../../../../../../../server/boards/versions.ts'
import { PRIVATE } from '../../../../../_http/errors.ts'
import { takesOnly } from '../../../../../_http/methods.ts'
import { route } from '../../../../../_http/route.ts'

interface Params {
  readonly id: string
  readonly versionId: string
}

const HEADERS = { ...PRIVATE, 'content-type': 'application/gzip', 'x-content-type-options': 'nosniff' }

/**
 * What a version holds, as it is stored: compressed. As a type of its own and not as an encoding of the answer, which Next
 * does not let through.
 */
export const GET = route<never, Params>(null, async ({ boards, person, params }) => {
  const packed = await versionState(boards, person.id, params.id, params.versionId)
  return new Response(new Uint8Array(packed), { headers: HEADERS })
})

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
