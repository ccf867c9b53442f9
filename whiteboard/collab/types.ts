import type { Identity, SizeLevel, WireRole } from './protocol.ts'

/** Why a board cannot be joined; each has its own words in the interface. */
export type SyncEnd =
  /** The session ended: sign in again. */
  | 'signed-out'
  /** The link was revoked, or the right taken away. */
  | 'access-removed'
  /** No such board, or it is in the bin. */
  | 'board-gone'
  /** A change of this client is larger than the server takes. */
  | 'too-large'
  /** This page is older than the server: reload. */
  | 'outdated'
  /** What the server has stored of the board is damaged. It does not write over it, and neither must we seed it anew. */
  | 'unreadable'
  /** The server says that this client broke the protocol. */
  | 'refused'

/** Why the client is on its own for now. It comes back by itself after each of them. */
export type OfflineCause =
  /** Nobody answers. */
  | 'unreachable'
  /** The browser says that the device has no network. */
  | 'no-network'
  /** The server is being started anew, or brought up to date. */
  | 'restarting'
  /** The server has too much to do, or its database is away. */
  | 'overloaded'
  /** This client sent more than the server takes. */
  | 'too-fast'

/**
 * What the small state of the board tells. `unsaved` counts this person's changes that are not known to be on the
 * server's disk; while it is above zero they are on this device (when `deviceCopy` is true).
 */
export type SyncStatus =
  | { readonly state: 'connecting'; readonly unsaved: number }
  | {
      readonly state: 'online'
      readonly unsaved: number
      readonly storageFailing: boolean
      /** Left out while the server has said nothing of it: the board is far from its largest size. */
      readonly size?: SizeLevel | undefined
    }
  | {
      readonly state: 'offline'
      readonly unsaved: number
      /** When the next attempt begins (milliseconds since the epoch); null while one is being made. */
      readonly retryAt: number | null
      readonly cause: OfflineCause
    }
  | { readonly state: 'ended'; readonly reason: SyncEnd; readonly unsaved: number }

/** The answer of the ticket call; see `POST /api/boards/<id>/ticket`. */
export interface TicketGrant {
  readonly ticket: string
  readonly url: string
  readonly role: WireRole
}

/** What asking for a ticket may come to: a grant, a final no, or a failure worth another try. */
export type TicketAnswer =
  | { readonly type: 'granted'; readonly grant: TicketGrant }
  | { readonly type: 'refused'; readonly reason: SyncEnd }
  | { readonly type: 'unreachable'; readonly cause?: OfflineCause }

export interface SyncClient {
  readonly status: SyncStatus
  /** What the server last said one may do; null before the first welcome. */
  readonly role: WireRole | null
  readonly identity: Identity | null
  /** True once the document holds the server's state (or the device's copy while offline). */
  readonly loaded: boolean
  /** Whether changes are also kept on this device. False in a private window that forbids it, say. */
  readonly deviceCopy: boolean
  subscribe(listener: () => void): () => void
  /** Resolves when all changes so far are on the server's disk. */
  whenSaved(): Promise<void>
  /** Tries again now. */
  retry(): void
  dispose(): void
}
