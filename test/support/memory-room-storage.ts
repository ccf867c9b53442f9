import {
  DamagedSnapshotError,
  type PendingUpdate,
  type RoomStorage,
  type StoredDocument,
} from '../../server/sync/ports.ts'

interface StoredSnapshot {
  readonly seq: number
  readonly data: Uint8Array
  readonly damaged: boolean
}

interface StoredUpdate {
  readonly seq: number
  readonly data: Uint8Array
}

/** Documents in memory, with the switches that tests of rooms need. Every board exists until it is removed. */
export class MemoryRoomStorage implements RoomStorage {
  /** While set, every call is refused with it: the database is down. */
  failure: Error | null = null
  readonly #updates = new Map<string, StoredUpdate[]>()
  readonly #snapshots = new Map<string, StoredSnapshot>()
  readonly #removed = new Set<string>()
  #lastSeq = 0

  async load(boardId: string): Promise<StoredDocument> {
    this.#refuse()
    const snapshot = this.#snapshots.get(boardId)
    if (snapshot?.damaged) throw new DamagedSnapshotError(boardId, 'it was damaged by the test')
    const updates = this.#updates.get(boardId) ?? []
    return {
      snapshot: snapshot?.data.slice() ?? null,
      updates: updates.map(({ data }) => data.slice()),
      seq: updates.at(-1)?.seq ?? snapshot?.seq ?? 0,
    }
  }

  async append(updates: readonly PendingUpdate[]): Promise<number[]> {
    this.#refuse()
    return updates.map(({ boardId, data }) => {
      if (this.#removed.has(boardId)) return 0
      this.#lastSeq += 1
      const stored = this.#updates.get(boardId) ?? []
      stored.push({ seq: this.#lastSeq, data: data.slice() })
      this.#updates.set(boardId, stored)
      return this.#lastSeq
    })
  }

  async compact(boardId: string, seq: number, state: Uint8Array): Promise<void> {
    this.#refuse()
    const snapshot = this.#snapshots.get(boardId)
    if (this.#removed.has(boardId) || (snapshot && snapshot.seq >= seq)) return
    this.#snapshots.set(boardId, { seq, data: state.slice(), damaged: false })
    const kept = (this.#updates.get(boardId) ?? []).filter((update) => update.seq > seq)
    this.#updates.set(boardId, kept)
  }

  /** As when the board's row is deleted: all that hangs on it goes too. */
  remove(boardId: string): void {
    this.#removed.add(boardId)
    this.#updates.delete(boardId)
    this.#snapshots.delete(boardId)
  }

  damageSnapshot(boardId: string): void {
    const snapshot = this.#snapshots.get(boardId)
    if (!snapshot) throw new Error(`Board ${boardId} has no snapshot to damage`)
    this.#snapshots.set(boardId, { ...snapshot, damaged: true })
  }

  /** How many log entries are kept for the board. */
  logLength(boardId: string): number {
    return this.#updates.get(boardId)?.length ?? 0
  }

  #refuse(): void {
    if (this.failure) throw this.failure
  }
}
