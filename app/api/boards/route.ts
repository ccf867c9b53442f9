import { z } from 'zod'
import { listBoards } from '../../../server/boards/board-list.ts'
import { createBoard } from '../../../server/boards/boards.ts'
import { json } from '../_http/errors.ts'
import { limitOf } from '../_http/limit.ts'
import { takesOnly } from '../_http/methods.ts'
import { route } from '../_http/route.ts'
import { boardJson, boardUrl } from '../_http/views.ts'

const wish = z.object({ title: z.string('A title is text.').optional() })

export const POST = route(wish, async ({ boards, person, origin, body }) => {
  const { id, title } = await createBoard(boards, person.id, body.title)
  return json({ id, title, url: boardUrl(origin, id) }, 201)
})

export const GET = route(null, async ({ boards, person, origin, request: { nextUrl } }) => {
  const limit = limitOf(nextUrl.searchParams.get('limit'))
  const cursor = nextUrl.searchParams.get('cursor') ?? undefined
  const page = await listBoards(boards, person.id, { limit, cursor })
  return json({
    boards: page.boards.map((board) => boardJson(origin, board)),
    nextCursor: page.nextCursor,
  })
})

export const { OPTIONS, PUT, PATCH, DELETE } = takesOnly('GET', 'POST')
