import type { LinkRole } from '../store/types.ts'
import { accessTo, allows } from './access.ts'
import type { BoardsContext } from './context.ts'
import { livingLink } from './links.ts'
import { boardNotFound, linkDead } from './refusal.ts'

/** Where the tickets of a board are shown, on the origin of the web sockets. */
export { syncPath } from '../../whiteboard/collab/protocol.ts'

/** The person a ticket is for. */
export interface TicketHolder {
  readonly id: string
  readonly name: string
  readonly sessionVersion: number
  readonly sessionId: string
  /** Milliseconds since the epoch; null when it does not end by itself. */
  readonly sessionEndsAt?: number | null
}

export interface BoardTicket {
  readonly ticket: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  readonly role: LinkRole
}

/**
 * A ticket for one connection to the board's room. `shownLink` is the secret of a share link: it counts beside the rights
 * that the person has anyway, and a dead one takes nothing away from them.
 *
 * @throws Refusal `not-found`; `link-dead` when a link was shown and nothing else lets the person in
 */
export const issueTicket = async (
  context: BoardsContext,
  person: TicketHolder,
  boardId: string,
  shownLink?: string | undefined,
): Promise<BoardTicket> => {
  const shown = shownLink === undefined ? null : await livingLink(context, shownLink)
  const linkId = shown?.boardId === boardId ? shown.id : null
  const { access } = await accessTo(context.store, {
    boardId,
    personId: person.id,
    linkId,
    now: context.now(),
  })
  if (access === 'none') throw shownLink === undefined ? boardNotFound() : linkDead()
  const role = allows(access, 'edit') ? 'editor' : 'viewer'
  const { id: personId, name, sessionVersion, sessionId, sessionEndsAt = null } = person
  const who = { personId, name, sessionVersion, sessionId, sessionEndsAt }
  const issued = await context.tickets.issue({ ...who, boardId, role, linkId })
  return { ...issued, role }
}
