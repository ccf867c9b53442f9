import { takeOrRefuse } from '../../../../../../../server/auth/take-or-refuse.ts'
import { keepBeforeRestore } from '../../../../../../../server/boards/versions.ts'
import { json } from '../../../../../_http/errors.ts'
import { takesOnly } from '../../../../../_http/methods.ts'
import { route } from '../../../../../_http/route.ts'
import { versionJson } from '../../../../../_http/views.ts'

interface Params {
  readonly id: string
  readonly versionId: string
}

/**
 * Before somebody goes back to a version: keeps the board as it is now. The way back is an edit of theirs, made from the
 * version's state.
 */
export const POST = route<never, Params>(null, async ({ boards, person, params, runtime }) => {
  await takeOrRefuse(runtime.limits.versions, person.id, 'You went back many times.')
  const kept = await keepBeforeRestore(boards, person.id, params.id, params.versionId)
  return json({ kept: kept && versionJson(kept) }, 201)
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
