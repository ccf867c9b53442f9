import type { Store } from '../store/types.ts'
import type { AccessEvents } from './access-events.ts'
import type { TicketIssuer } from './tickets.ts'

/** What a version that somebody asks for says beside its state. */
export interface WorkKnowledge {
  /** Who wrote since the last version; from now on they count as named. */
  takeAuthors(boardId: string): string[]
  /** Null when the board is not open here. */
  countElements(boardId: string): number | null
}

/** What the use cases work with. */
export interface BoardsContext {
  readonly store: Store
  readonly accessEvents: AccessEvents
  readonly tickets: TicketIssuer
  /** The server's secret. */
  readonly secret: string
  readonly now: () => Date
  /** What knows of the work on boards that are open in this process; none where the sync server runs elsewhere. */
  readonly versionKeeper?: WorkKnowledge | undefined
}
