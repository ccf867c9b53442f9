/** An accepted document update (Yjs v1 encoding) on its way to the log. */
export interface PendingUpdate {
  readonly boardId: string
  readonly data: Uint8Array
}

/** What is stored of a board: the newest good snapshot and the log after it. */
export interface StoredDocument {
  readonly snapshot: Uint8Array | null
  /** In the order of `seq`. */
  readonly updates: readonly Uint8Array[]
  /** The newest log entry that `snapshot` and `updates` contain; 0 for a board nobody has drawn on. */
  readonly seq: number
}

/** Where rooms keep their documents. Every implementation passes `test/support/room-storage-contract.ts`. */
export interface RoomStorage {
  /** @throws DamagedSnapshotError when the stored state fails its checksum; the row is left as it is. */
  load(boardId: string): Promise<StoredDocument>
  /**
   * Appends all updates in one transaction; resolves once they are on disk, with the `seq` of each, in the given order.
   * Either all are stored or none. An update for a board that no longer exists is dropped (its `seq` is 0).
   */
  append(updates: readonly PendingUpdate[]): Promise<number[]>
  /**
   * Stores `state` as the snapshot at `seq` and removes the log entries and older snapshots that it replaces, in one
   * transaction. Does nothing when a snapshot at `seq` or newer is there already or the board is gone.
   */
  compact(boardId: string, seq: number, state: Uint8Array): Promise<void>
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
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `task` once after `milliseconds`; returns what takes it back. */
  after(milliseconds: number, task: () => void): () => void
}

export const systemClock: Clock = {
  now: Date.now,
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds)
    return () => clearTimeout(timer)
  },
}
