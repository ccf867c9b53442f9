/**
 * The wire, shared by the sync server and its clients: y-websocket's messages as they are, and our own beside them.
 * Each frame is a varuint kind followed by its payload; lib0 encoding throughout.
 */

/** y-websocket's own frame kinds. */
export const FrameKind = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** Server to client: varuint n. The first n update frames of this connection are on disk. */
  saved: 16,
  /** Server to client: JSON string of `Notice`. */
  notice: 17,
} as const

/**
 * The payload kinds inside a sync frame (y-protocols). Steps 2 and updates are "update frames": both sides count those of
 * an editor, from 1. An update whose predecessors the server lacks is answered with a step 1 and counts as saved only
 * together with the step 2 that repairs it. Viewers are not asked for what they have, and theirs are not counted.
 */
export const SyncKind = { step1: 0, step2: 1, update: 2 } as const

/** The version of our own frames and of what a board consists of: a server ends older clients with 4426. */
export const PROTOCOL_VERSION = 1

/** Subprotocol of clients that understand our frame kinds (16 and up). */
export const SUBPROTOCOL = `drawbridge.v${PROTOCOL_VERSION}`

/** The version that a subprotocol of ours stands for; null for any other. */
export const versionOf = (subprotocol: string): number | null => {
  const digits = /^drawbridge\.v(\d{1,6})$/.exec(subprotocol)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** Subprotocol for clients that speak plain y-websocket and carry their ticket as a subprotocol entry. */
export const PLAIN_SUBPROTOCOL = 'y-websocket'

/** A ticket travels as the subprotocol entry `ticket.<ticket>`, or as `?ticket=<ticket>`. */
export const TICKET_PREFIX = 'ticket.'

/** Path of a board's socket. */
export const syncPath = (boardId: string): string => `/sync/${boardId}`

/** What a person may do on a board over the wire. */
export type WireRole = 'viewer' | 'editor'

export type Notice =
  /** Sent first on every connection: who the server takes you for. */
  | { readonly type: 'welcome'; readonly role: WireRole; readonly person: Identity }
  /** An update of a viewer was not applied. */
  | { readonly type: 'read-only' }
  /** The room cannot write to the database now and keeps trying; `false` when it can again. */
  | { readonly type: 'storage'; readonly failing: boolean }
  /**
   * How large the board is, to editors: `nearly-full` once a connection. When it is `full`, what you added last was not taken
   * and does not count as saved; it is asked for again when there is room. `fine` says that it was taken.
   */
  | { readonly type: 'size'; readonly level: SizeLevel }

export type SizeLevel = 'fine' | 'nearly-full' | 'full'

/** Who somebody is, as the server says: the `user` field of every awareness state is overwritten with it. */
export interface Identity {
  readonly id: string
  readonly name: string
  /** `#rrggbb`, derived from the id. */
  readonly color: string
}

/**
 * Why the server ends a socket. 44xx: final until a person does something; 45xx and 10xx: the client may try again with a
 * fresh ticket. What ours does about each, `closing.ts` says.
 */
export const CloseCode = {
  shuttingDown: 1001,
  internalError: 1011,
  restarting: 1012,
  overloaded: 1013,
  malformed: 4400,
  sessionEnded: 4401,
  accessRemoved: 4403,
  boardGone: 4404,
  tooLarge: 4413,
  clientTooOld: 4426,
  roleChanged: 4501,
  boardUnreadable: 4510,
  rateLimited: 4529,
} as const

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode]
