/** An accepted document update (Yjs v1 encoding) on its way to the log. */
export interface PendingUpdate {
  readonly boardId: string
  readonly data: Uint8Array
  /** The document's client ids that were nobody's so far, and whose they are from now on. */
  readonly owners?: readonly (readonly [clientId: number, personId: string])[]
}

/** One stored update. */
export interface LogEntry {
  /** Unique over all boards. Numbers rise, but of two servers one may commit a lower number later. */
  readonly seq: number
  readonly data: Uint8Array
}

/** A whole document as it was stored at some time. */
export interface StoredSnapshot {
  /** Names the snapshot among those of its board; newer ones have higher numbers. */
  readonly seq: number
  readonly data: Uint8Array
}

/** Whose a document's client ids are: client id → person id. */
export type StoredOwners = ReadonlyMap<number, string>

/** What is stored of a board. */
export interface StoredDocument {
  /** The newest good one; null when there is none yet. */
  readonly snapshot: StoredSnapshot | null
  /** The log entries that the snapshot did not take in, in the order of `seq`. Some may have lower numbers than it. */
  readonly entries: readonly LogEntry[]
  readonly owners: StoredOwners
}

/** All of a stored document as updates, the snapshot first. */
export const partsOf = ({ snapshot, entries }: StoredDocument): Uint8Array[] => {
  const updates = entries.map(({ data }) => data)
  return snapshot ? [snapshot.data, ...updates] : updates
}

/** What somebody has read of a board's log. */
export interface KnownLog {
  /** The snapshot that their copy is based on. */
  readonly snapshot: number | null
  /** The entries that they have beyond it. */
  readonly seqs: ReadonlySet<number>
}

/** What is stored beyond a `KnownLog`. */
export interface LogNews {
  /** The newest good snapshot; its data only where the entries alone do not make up for what is missing. */
  readonly snapshot: { readonly seq: number; readonly data: Uint8Array | null } | null
  readonly entries: readonly LogEntry[]
  readonly owners: StoredOwners
}

export interface Compaction {
  /** The snapshot that `state` goes back to. */
  readonly basedOn: number | null
  /** The log entries that `state` holds beyond it. */
  readonly covers: readonly number[]
  /** A whole Yjs v1 state. */
  readonly state: Uint8Array
}

export type CompactionOutcome =
  | { readonly type: 'written'; readonly seq: number }
  /** Nothing was changed: the newest good snapshot is another than `basedOn`, or the board is gone. */
  | { readonly type: 'superseded' }

/** Where rooms keep their documents. Every implementation passes `test/support/room-storage-contract.ts`. */
export interface RoomStorage {
  /**
   * A snapshot that fails its checksum is set aside, never to be read again, and never removed: what is given then is the
   * one before it and all entries since.
   *
   * @throws DamagedSnapshotError when what is left would be less than what was stored; all rows stay as they are
   */
  load(boardId: string): Promise<StoredDocument>
  /**
   * What was stored since somebody looked last.
   *
   * @throws DamagedSnapshotError
   */
  readLog(boardId: string, known: KnownLog): Promise<LogNews>
  /**
   * Appends all updates in one transaction; resolves once they are on disk, with the `seq` of each, in the given order.
   * Either all are stored or none. An update for a board that no longer exists is dropped (its `seq` is 0). StoredOwners are
   * stored with it; a client id that has one keeps it.
   */
  append(updates: readonly PendingUpdate[]): Promise<number[]>
  /**
   * Stores a snapshot that takes in exactly `covers`, in one transaction. What it took in stays until it has a successor;
   * what its predecessor took in goes, as does the snapshot before that. Compare-and-set: of two that are based on the same
   * snapshot one is written.
   */
  compact(boardId: string, compaction: Compaction): Promise<CompactionOutcome>
}

/**
 * The stored state of a board cannot be read. It must never be taken for an empty board nor be written over.
 * `instanceof` goes by the name: route handlers, bundled apart, have a class of their own by this name.
 */
export class DamagedSnapshotError extends Error {
  override readonly name = 'DamagedSnapshotError'
  readonly boardId: string
  constructor(boardId: string, detail: string) {
    super(`The stored state of board ${boardId} is damaged: ${detail}`)
    this.boardId = boardId
  }
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'DamagedSnapshotError'
  }
}

/** Time as the sync server knows it, so that tests can drive it. */
export interface Clock {
  /** Milliseconds, of which only differences mean something: they rise steadily, whatever is done to the machine's time. */
  now(): number
  /** Runs `task` once after `milliseconds`; returns what takes it back. */
  after(milliseconds: number, task: () => void): () => void
}

/**
 * Before any time that a clock tells. (To V8 a 0 is a small integer: with the first time in its place, objects of which there
 * are thousands would change their shape, and what was compiled for them would be compiled again.)
 */
export const LONG_AGO = Number.NEGATIVE_INFINITY

export const systemClock: Clock = {
  now: () => performance.now(),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** The time of day, for what is compared with dates or becomes one: milliseconds since the epoch. It may be set. */
export const timeOfDay: Clock = { now: Date.now, after: systemClock.after }
