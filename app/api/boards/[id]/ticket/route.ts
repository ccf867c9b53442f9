import { z } from 'zod'
import { endOfSession, newSession, sessionCookie } from '../../../../../server/auth/session.ts'
import { signInAsGuest } from '../../../../../server/auth/sign-in.ts'
import { socketOrigin } from '../../../../../server/auth/site.ts'
import { takeOrRefuse } from '../../../../../server/auth/take-or-refuse.ts'
import { issueTicket, syncPath } from '../../../../../server/boards/join-board.ts'
import { livingLink } from '../../../../../server/boards/links.ts'
import { linkDead, Refusal } from '../../../../../server/boards/refusal.ts'
import type { PersonRow } from '../../../../../server/store/types.ts'
import { limitDeadLinks } from '../../../_http/dead-links.ts'
import { json } from '../../../_http/errors.ts'
import { takesOnly } from '../../../_http/methods.ts'
import { type Call, openRoute } from '../../../_http/route.ts'

const shown = z.object({ link: z.string('A link is the secret from its address.').nullish() })

type TicketCall = Call<z.output<typeof shown>, { readonly id: string }, PersonRow | null>

/** Somebody without a session who shows a living link to this board becomes a guest, as on the page of the link. */
const guestFor = async ({ runtime, boards, address, params, body }: TicketCall): Promise<PersonRow> => {
  if (!body.link) throw new Refusal('signed-out', 'Sign in or continue as a guest first.')
  const link = await livingLink(boards, body.link)
  if (link?.boardId !== params.id) throw linkDead()
  return signInAsGuest(runtime, { person: null, address }, undefined)
}

const answer = async (call: TicketCall): Promise<Response> => {
  const session = call.session ?? newSession(await guestFor(call))
  const link = call.body.link ?? undefined
  const holder = { ...session.person, sessionId: session.id, sessionEndsAt: endOfSession(session) }
  const issued = await issueTicket(call.boards, holder, call.params.id, link)
  const response = json({ ...issued, url: socketOrigin(call.origin) + syncPath(call.params.id) })
  if (call.session === null) response.headers.append('set-cookie', await sessionCookie(call.runtime, session))
  return response
}

/** A ticket for one connection to the board's room. */
export const POST = openRoute<typeof shown, { readonly id: string }>(shown, async (call) => {
  const { tickets, deadLinks } = call.runtime.limits
  await takeOrRefuse(tickets, call.address, 'Too many tickets were asked for.')
  return call.body.link ? limitDeadLinks(deadLinks, call.address, () => answer(call)) : answer(call)
})

export const { GET, HEAD, OPTIONS, PUT, PATCH, DELETE } = takesOnly('POST')
