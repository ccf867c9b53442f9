import { CloseCode, mayReconnect } from './protocol.ts'
import type { SyncEnd } from './types.ts'

/** WebSocket's own code for a frame that is larger than the server takes; sending it again would change nothing. */
const MESSAGE_TOO_BIG = 1009

const ends: ReadonlyMap<number, SyncEnd> = new Map<number, SyncEnd>([
  [CloseCode.malformed, 'refused'],
  [CloseCode.sessionEnded, 'signed-out'],
  [CloseCode.accessRemoved, 'access-removed'],
  [CloseCode.boardGone, 'board-gone'],
  [CloseCode.tooLarge, 'too-large'],
  [CloseCode.clientTooOld, 'outdated'],
  [CloseCode.boardUnreadable, 'unreadable'],
  [MESSAGE_TOO_BIG, 'too-large'],
])

/** Why a socket that was closed with `code` stays closed; null when the client is to come back. */
export const endOf = (code: number | null): SyncEnd | null => {
  if (code === null) return null
  return ends.get(code) ?? (mayReconnect(code) ? null : 'refused')
}

/** Bounds of the wait before another attempt, in milliseconds. */
export const SHORTEST_WAIT = 500
export const LONGEST_WAIT = 15_000

/** With how many failures at least the wait is reckoned after such a close: the server asked for patience. */
const patience: ReadonlyMap<number, number> = new Map<number, number>([
  [CloseCode.overloaded, 3],
  [CloseCode.rateLimited, 3],
])

/**
 * Exponential back-off with full jitter, so that the clients of a server that restarts do not come back all at once
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param failures attempts since the last good connection, 1 for the first
 * @param code what the socket was closed with; null when nobody answered
 * @param random a number from 0 to 1
 * @returns milliseconds to wait
 */
export const retryDelay = (failures: number, code: number | null, random: number): number => {
  if (code === CloseCode.roleChanged && failures <= 1) return 0
  const reckoned = Math.max(failures, (code === null ? undefined : patience.get(code)) ?? 1)
  const ceiling = Math.min(LONGEST_WAIT, SHORTEST_WAIT * 2 ** Math.min(reckoned, 10))
  return Math.round(SHORTEST_WAIT + random * (ceiling - SHORTEST_WAIT))
}
