import { z } from 'zod'
import { deleteBoard, getBoard, renameBoard } from '../../../../server/boards/boards.ts'
import { json, PRIVATE } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'
import { boardJson } from '../../_http/views.ts'

interface Params {
  readonly id: string
}

export const GET = route<never, Params>(null, async ({ boards, person, origin, params }) =>
  json(boardJson(origin, await getBoard(boards, person.id, params.id))),
)

const change = z.object({ title: z.string('A board needs a title.') })

export const PATCH = route<typeof change, Params>(change, async ({ boards, person, origin, params, body }) =>
  json(boardJson(origin, await renameBoard(boards, person.id, params.id, body.title))),
)

export const DELETE = route<never, Params>(null, async ({ boards, person, params }) => {
  await deleteBoard(boards, person.id, params.id)
  return new Response(null, { status: 204, headers: PRIVATE })
})

export const { OPTIONS, POST, PUT } = takesOnly('GET', 'PATCH', 'DELETE')
