import { z } from 'zod'
import { takeOrRefuse } from '../../../../../server/auth/take-or-refuse.ts'
import { listVersions, nameCurrent } from '../../../../../server/boards/versions.ts'
import { json } from '../../../_http/errors.ts'
import { limitOf } from '../../../_http/limit.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'
import { versionJson } from '../../../_http/views.ts'

interface Params {
  readonly id: string
}

/** The history of a board, newest first; `named=1` leaves out what has no name. */
export const GET = route<never, Params>(null, async ({ boards, person, params, request: { nextUrl } }) => {
  const { versions, nextCursor } = await listVersions(boards, person.id, params.id, {
    limit: limitOf(nextUrl.searchParams.get('limit')),
    cursor: nextUrl.searchParams.get('cursor') ?? undefined,
    namedOnly: nextUrl.searchParams.get('named') === '1',
  })
  return json({ versions: versions.map(versionJson), nextCursor })
})

const wish = z.object({ name: z.string('A version needs a name.') })

/** Keeps the board as it is stored now, under a name. */
export const POST = route<typeof wish, Params>(wish, async ({ boards, person, params, body, runtime }) => {
  await takeOrRefuse(runtime.limits.versions, person.id, 'You kept many versions.')
  return json(versionJson(await nameCurrent(boards, person.id, params.id, body.name)), 201)
})

export const { OPTIONS, PUT, PATCH, DELETE } = takesOnly('GET', 'POST')
