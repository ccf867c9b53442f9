import { randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { LinkRole } from '../store/types.ts'
import { keyFor } from './keys.ts'
import { createTicketLedger, type TicketLedger } from './ticket-ledger.ts'

/** What a ticket says: who may join which board as what, once, until when. */
export interface TicketClaims {
  readonly ticketId: string
  readonly boardId: string
  readonly personId: string
  readonly name: string
  readonly role: LinkRole
  /** The share link that was shown with the request, if any: its right counts beside those the person has anyway. */
  readonly linkId: string | null
  readonly sessionVersion: number
  /** The session in which the ticket was asked for. */
  readonly sessionId: string
  /** When that session ends by itself (milliseconds since the epoch); null when it does not. */
  readonly sessionEndsAt?: number | null
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export type TicketRefusal = 'missing' | 'malformed' | 'expired' | 'used'

/** Signs tickets and lets each through once. */
export interface TicketIssuer {
  issue(claims: Omit<TicketClaims, 'ticketId' | 'expiresAt'>): Promise<{ ticket: string; expiresAt: number }>
  /** Verifies the signature and times and marks the ticket as used; a second call with the same ticket is refused. */
  redeem(ticket: string): Promise<TicketClaims | { readonly refused: TicketRefusal }>
}

/** How long a ticket may be used, in seconds. */
export const TICKET_LIFETIME = 60
/** How far ahead the clock of the node that signed may be, in seconds. Expiry gets no such allowance. */
const CLOCK_SKEW = 5
const MAX_TICKET_LENGTH = 2048
const AUDIENCE = 'ws'
const TYPE = 'ticket+jwt'

const payloadSchema = z.object({
  jti: z.string().min(1),
  sub: z.string().min(1),
  board: z.string().min(1),
  name: z.string(),
  role: z.enum(['viewer', 'editor']),
  link: z.string().nullable(),
  ver: z.number().int(),
  sid: z.string().min(1),
  end: z.number().nullable().default(null),
  exp: z.number().int(),
})

const headerSchema = z.strictObject({ alg: z.literal('HS256'), typ: z.literal(TYPE) })

const verify = async (ticket: string, key: Uint8Array, now: number): Promise<unknown> => {
  const { payload, protectedHeader } = await jwtVerify(ticket, key, {
    algorithms: ['HS256'],
    audience: AUDIENCE,
    typ: TYPE,
    currentDate: new Date(now),
    clockTolerance: CLOCK_SKEW,
    maxTokenAge: TICKET_LIFETIME,
    requiredClaims: ['jti', 'sub', 'iat', 'exp'],
  })
  // Ours say nothing else, such as where a key is to be found.
  headerSchema.parse(protectedHeader)
  return payload
}

/** What a signed and fitting ticket says, before it is known whether it was used. */
const read = async (
  ticket: string,
  key: Uint8Array,
  now: number,
): Promise<TicketClaims | { refused: TicketRefusal }> => {
  if (ticket === '') return { refused: 'missing' }
  if (ticket.length > MAX_TICKET_LENGTH) return { refused: 'malformed' }
  try {
    const payload = payloadSchema.parse(await verify(ticket, key, now))
    const { jti, sub, board, name, role, link, ver, sid, end, exp } = payload
    if (exp * 1000 <= now) return { refused: 'expired' }
    // Written out: the engine gives an object that begins with a spread a shape of its own, and open connections keep theirs.
    return {
      ticketId: jti,
      boardId: board,
      personId: sub,
      name,
      role,
      linkId: link,
      sessionVersion: ver,
      sessionId: sid,
      sessionEndsAt: end,
      expiresAt: exp * 1000,
    }
  } catch (error) {
    return { refused: error instanceof errors.JWTExpired ? 'expired' : 'malformed' }
  }
}

/**
 * Tickets are HS256 tokens under a key that is used for nothing else.
 *
 * @param secret the server's secret
 * @param clock milliseconds since the epoch
 * @param ledger remembers which tickets were used; nodes that share boards must share it
 */
export const createTicketIssuer = (
  secret: string,
  clock: () => number = Date.now,
  ledger: TicketLedger = createTicketLedger(clock),
): TicketIssuer => {
  const key = keyFor('sync-ticket', secret)
  return {
    async issue(claims) {
      const issued = Math.floor(clock() / 1000)
      const expires = issued + TICKET_LIFETIME
      const { boardId, name, role, linkId, sessionVersion: ver, sessionId: sid, sessionEndsAt: end } = claims
      const ticket = await new SignJWT({
        board: boardId,
        name,
        role,
        link: linkId,
        ver,
        sid,
        end: end ?? null,
      })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setAudience(AUDIENCE)
        .setSubject(claims.personId)
        .setJti(randomUUID())
        .setIssuedAt(issued)
        .setExpirationTime(expires)
        .sign(key)
      return { ticket, expiresAt: expires * 1000 }
    },
    async redeem(ticket) {
      const claims = await read(ticket, key, clock())
      if ('refused' in claims) return claims
      const first = await ledger.spend(claims.ticketId, claims.expiresAt)
      return first ? claims : { refused: 'used' }
    },
  }
}
