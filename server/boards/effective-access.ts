import type { LinkRole, Store } from '../store/types.ts'
import { accessTo, allows } from './access.ts'
import type { TicketClaims } from './tickets.ts'

export type EffectiveAccess =
  /** `until`: when it ends by itself, since a link or the session expires (milliseconds since the epoch). */
  | { readonly access: LinkRole; readonly until?: number | null }
  | { readonly denied: 'board-gone' | 'access-removed' | 'session-ended' }

/**
 * What the holder of a ticket may do now: the lower of what the ticket says and what the database says at `now`. The
 * sync server asks at the connect and again whenever access may have changed. That a link or a session expires makes no
 * event: the answer says when to ask again.
 */
export const effectiveAccess = async (
  store: Store,
  claims: Omit<TicketClaims, 'ticketId' | 'name' | 'expiresAt'>,
  now: Date = new Date(),
): Promise<EffectiveAccess> => {
  const person = await store.people.find(claims.personId)
  if (!person || person.sessionVersion !== claims.sessionVersion) return { denied: 'session-ended' }
  if (await store.sessions.hasEnded(claims.sessionId)) return { denied: 'session-ended' }
  const { sessionEndsAt = null } = claims
  if (sessionEndsAt !== null && sessionEndsAt <= now.getTime()) return { denied: 'session-ended' }
  const board = await store.boards.find(claims.boardId)
  if (!board || board.deletedAt !== null) return { denied: 'board-gone' }
  const { access, until } = await accessTo(store, {
    boardId: claims.boardId,
    personId: claims.personId,
    linkId: claims.linkId,
    now,
  })
  if (access === 'none') return { denied: 'access-removed' }
  const ends = [until?.getTime() ?? null, sessionEndsAt].filter((end) => end !== null)
  return {
    access: allows(access, 'edit') ? claims.role : 'viewer',
    until: ends.length > 0 ? Math.min(...ends) : null,
  }
}
