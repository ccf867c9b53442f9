import type { LinkRole } from '../store/types.ts'

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
