import { CloseCode } from './protocol.ts'
import type { OfflineCause, SyncEnd } from './types.ts'

/** What the client does about the end of a connection. */
export type Consequence =
  /** It stays closed until the person does something about it. */
  | { readonly type: 'end'; readonly reason: SyncEnd }
  /** It comes again by itself after a while. `patience`: as if so many attempts had failed already. */
  | { readonly type: 'again'; readonly cause: OfflineCause; readonly patience: number }
  /** It comes again at once with a new ticket: nothing is wrong, but what one may do has changed. */
  | { readonly type: 'at-once' }

/** WebSocket's own codes, which `ws` sends for a frame that is too large, and one that comes in too many pieces. */
const MESSAGE_TOO_BIG = 1009
const POLICY = 1008

const end = (reason: SyncEnd): Consequence => ({ type: 'end', reason })
const again = (cause: OfflineCause, patience = 1): Consequence => ({ type: 'again', cause, patience })

const lost = again('unreachable')

/** What to do when no ticket could be had. */
export const afterNoTicket = (cause: OfflineCause): Consequence =>
  again(cause, cause === 'unreachable' ? 1 : 4)

/** Sent again, the same would be refused again: so what is malformed or too large ends the connection for good. */
const consequences: ReadonlyMap<number, Consequence> = new Map<number, Consequence>([
  [CloseCode.shuttingDown, again('restarting', 3)],
  [CloseCode.restarting, again('restarting', 3)],
  [CloseCode.overloaded, again('overloaded', 4)],
  [CloseCode.rateLimited, again('too-fast', 4)],
  [POLICY, again('too-fast', 4)],
  [CloseCode.internalError, again('restarting', 2)],
  [CloseCode.roleChanged, { type: 'at-once' }],
  [CloseCode.malformed, end('refused')],
  [CloseCode.sessionEnded, end('signed-out')],
  [CloseCode.accessRemoved, end('access-removed')],
  [CloseCode.boardGone, end('board-gone')],
  [CloseCode.tooLarge, end('too-large')],
  [MESSAGE_TOO_BIG, end('too-large')],
  [CloseCode.clientTooOld, end('outdated')],
  // Somebody has to repair it first: a person decides when to look again.
  [CloseCode.boardUnreadable, end('unreadable')],
])

const isFinal = (code: number): boolean => code >= 4400 && code < 4500

/** @param code what the socket was closed with; null when the connection was lost */
export const consequenceOf = (code: number | null): Consequence =>
  code === null ? lost : (consequences.get(code) ?? (isFinal(code) ? end('refused') : lost))

/** Bounds of the wait before another attempt, in milliseconds. */
export const SHORTEST_WAIT = 500
export const LONGEST_WAIT = 15_000

/**
 * Exponential back-off with full jitter, so that the clients of a server that restarts do not come back all at once
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param failures attempts since the last good connection, 1 for the first
 * @param random a number from 0 to 1
 * @returns milliseconds to wait
 */
export const retryDelay = (failures: number, consequence: Consequence, random: number): number => {
  // Many have their role changed by one hand: they come within half a second, not in one moment.
  if (consequence.type === 'at-once' && failures <= 1) return Math.round(random * SHORTEST_WAIT)
  const patience = consequence.type === 'again' ? consequence.patience : 1
  const ceiling = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** Math.min(Math.max(failures, patience), 10))
  return Math.round(SHORTEST_WAIT + random * (ceiling - SHORTEST_WAIT))
}
