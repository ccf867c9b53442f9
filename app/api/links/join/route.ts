import { z } from 'zod'
import { joinByLink } from '../../../../server/boards/links.ts'
import { limitDeadLinks } from '../../_http/dead-links.ts'
import { json } from '../../_http/errors.ts'
import { takesOnly } from '../../_http/methods.ts'
import { route } from '../../_http/route.ts'

const shown = z.object({ secret: z.string('Which link?') })

/** Comes in through a share link: the board is in the person's list from now on, for as long as the link lives. */
export const POST = route(shown, async ({ boards, person, address, body, runtime: { limits } }) =>
  limitDeadLinks(limits.deadLinks, address, async () =>
    json(await joinByLink(boards, person.id, body.secret)),
  ),
)

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
