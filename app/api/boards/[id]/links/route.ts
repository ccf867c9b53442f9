import { z } from 'zod'
import { takeOrRefuse } from '../../../../../server/auth/take-or-refuse.ts'
import { createLink, listLinks } from '../../../../../server/boards/links.ts'
import { json } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { route } from '../../../_http/route.ts'
import { linkJson } from '../../../_http/views.ts'

interface Params {
  readonly id: string
}

const wish = z.object({
  role: z.enum(['viewer', 'editor'], 'A link is for a "viewer" or an "editor".'),
  expiresAt: z.iso.datetime('A time such as 2030-01-31T12:00:00Z, please.').nullish(),
})

export const POST = route<typeof wish, Params>(
  wish,
  async ({ boards, person, origin, params, body, runtime }) => {
    await takeOrRefuse(runtime.limits.links, person.id, 'You made many links.')
    const expiresAt = body.expiresAt ? new Date(body.expiresAt) : null
    const link = await createLink(boards, person.id, params.id, { role: body.role, expiresAt })
    return json(linkJson(origin, link), 201)
  },
)

/** The links that still work. */
export const GET = route<never, Params>(null, async ({ boards, person, origin, params }) => {
  const links = await listLinks(boards, person.id, params.id)
  return json({ links: links.map((link) => linkJson(origin, link)) })
})

export const { OPTIONS, PUT, PATCH, DELETE } = takesOnly('GET', 'POST')
