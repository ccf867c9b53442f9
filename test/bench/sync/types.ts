/** What every server module's `open` is given. */
export interface ServerOptions {
  readonly port: number
  /** For what it stores; empty at the first start. */
  readonly folder: string
  /** Under which tickets are signed. */
  readonly secret: string
  readonly storage: string
}

/** What a server made for those who are about to come. */
export interface Prepared {
  readonly rooms: readonly Room[]
  readonly people: readonly { readonly id: string; readonly sessionVersion: number }[]
}

/** A board as clients name it, and the share link through which they come, where there is one. */
export interface Room {
  readonly name: string
  readonly linkId: string | null
}

/** What a server says of itself. */
export interface Usage {
  /** Seconds of the processor since its start. */
  readonly cpu: number
  /** Bytes. */
  readonly rss: number
  /** How often it read a board, and its log alone, from its database. */
  readonly loads: number
  readonly logReads: number
  /** Bytes of the heap in use. */
  readonly heap: number
  /** Boards that it has open. */
  readonly rooms: number
  /** Milliseconds that 99 of 100 turns of its event loop were late at most, since it was asked last. */
  readonly loopLag: number
}

/** How clients of a server talk: ours and y-websocket's, frames that are only passed on, or Hocuspocus'. */
export type Dialect = 'drawbridge' | 'y-websocket' | 'relay' | 'hocuspocus'

/** What is measured, each in its unit; what a row does not measure is left out. */
export interface Figures {
  /** Updates or states that reached somebody, each second. */
  readonly delivered?: number
  /** Milliseconds from sending to receiving. */
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
  /** Seconds of the server's processor for 1,000 deliveries. */
  readonly cpu?: number
  /** Hundredths of a processor that the clients took: close to 100, they are what is measured. */
  readonly clients?: number
  /** Hundredths of what was to be delivered that was. */
  readonly share?: number
  /** KB of the server's memory for each connection. */
  readonly kilobytes?: number
  /** Milliseconds until one client has all, and until 50 who come at once have all. */
  readonly one?: number
  readonly fifty?: number
  /** Reads of the board from the database while 50 came. */
  readonly loads?: number
  /** Milliseconds that its event loop was late, of 99 of 100 turns. */
  readonly loopLag?: number
  /** MB of the server's memory at the end, and what of them came while it was measured. */
  readonly megabytes?: number
  readonly growth?: number
  /** Seconds until everybody was back. */
  readonly back?: number
  /** Hundredths by which something got worse. */
  readonly worse?: number
  readonly note?: string
}

export const rowNames = [
  'room',
  'rate-200',
  'rate-50',
  'cursors',
  'rooms',
  'idle',
  'saved',
  'open',
  'pair',
  'crowd',
  'flood',
  'restart',
  'turnover',
  'large',
  'soak',
] as const
export type RowName = (typeof rowNames)[number]
