import { plainState } from '../../../../../../../server/boards/version-state.ts'
import { versionState } from '../../../../../../../server/boards/versions.ts'
import { PRIVATE } from '../../../../../_http/errors.ts'
import { takesOnly } from '../../../../../_http/methods.ts'
import { route } from '../../../../../_http/route.ts'

interface Params {
  readonly id: string
  readonly versionId: string
}

const HEADERS = {
  ...PRIVATE,
  'content-type': 'application/octet-stream',
  'x-content-type-options': 'nosniff',
}

/** What a version holds, as it is stored, which is compressed; whoever cannot read that gets it plain. */
export const GET = route<never, Params>(null, async ({ boards, person, params, request }) => {
  const packed = await versionState(boards, person.id, params.id, params.versionId)
  const vary = { ...HEADERS, vary: 'accept-encoding' }
  if (/\bgzip\b/.test(request.headers.get('accept-encoding') ?? '')) {
    return new Response(new Uint8Array(packed), { headers: { ...vary, 'content-encoding': 'gzip' } })
  }
  const plain = await plainState(params.id, packed)
  return new Response(new Uint8Array(plain), { headers: vary })
})

export const { OPTIONS, POST, PUT, PATCH, DELETE } = takesOnly('GET')
