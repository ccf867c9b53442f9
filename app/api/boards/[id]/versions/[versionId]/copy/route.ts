import { takeOrRefuse } from '../../../../../../../server/auth/take-or-refuse.ts'
import { copyVersion } from '../../../../../../../server/boards/versions.ts'
import { json } from '../../../../../_http/errors.ts'
import { takesOnly } from '../../../../../_http/methods.ts'
import { route } from '../../../../../_http/route.ts'
import { boardUrl } from '../../../../../_http/views.ts'

interface Params {
  readonly id: string
  readonly versionId: string
}

/** A new board that is as the version is. */
export const POST = route<never, Params>(null, async ({ boards, person, origin, params, runtime }) => {
  await takeOrRefuse(runtime.limits.versions, person.id, 'You copied many versions.')
  const { id, title } = await copyVersion(boards, person.id, params.id, params.versionId)
  return json({ id, title, url: boardUrl(origin, id) }, 201)
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
