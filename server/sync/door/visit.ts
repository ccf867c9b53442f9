import { CloseCode, PROTOCOL_VERSION, versionOf, type WireRole } from '../../../whiteboard/collab/protocol.ts'
import type { TicketClaims } from '../../boards/tickets.ts'
import type { Connection } from '../connection/connection.ts'
import type { Watched } from './access-watch.ts'

/** How a connection ends that has hardly begun. */
export interface Ending {
  readonly code: CloseCode
  readonly reason: string
}

/** Somebody between the first byte of the request and the end of their connection. */
export class Visit implements Watched {
  claims: TicketClaims
  granted: WireRole | null = null
  until: number | null = null
  connection: Connection | null = null
  /** What happened before there was a connection to close. */
  ending: Ending | null = null

  constructor(claims: TicketClaims) {
    this.claims = claims
  }

  /** Whose board is still being read comes again with a new ticket. */
  suspend(): void {
    if (this.connection) this.connection.suspend()
    else this.end(CloseCode.roleChanged, 'access changed')
  }

  resume(): void {
    this.connection?.resume()
  }

  end(code: CloseCode, reason: string): void {
    if (this.connection) this.connection.end(code, reason)
    else this.ending = { code, reason }
  }
}

/** What a client of another version than ours is told; null for all others. */
export const versionEnding = (subprotocol: string): Ending | null => {
  const version = versionOf(subprotocol)
  if (version === null || version === PROTOCOL_VERSION) return null
  return version < PROTOCOL_VERSION
    ? { code: CloseCode.clientTooOld, reason: 'client is too old' }
    : { code: CloseCode.restarting, reason: 'server is older than its client' }
}
