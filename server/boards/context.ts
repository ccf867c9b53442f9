import type { Store } from '../store/types.ts'
import type { AccessEvents } from './access-events.ts'
import type { TicketIssuer } from './tickets.ts'

/** What the use cases work with. */
export interface BoardsContext {
  readonly store: Store
  readonly accessEvents: AccessEvents
  readonly tickets: TicketIssuer
  /** The server's secret. */
  readonly secret: string
  readonly now: () => Date
}
