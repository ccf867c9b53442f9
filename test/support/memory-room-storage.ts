import {
  type Compaction,
  type CompactionOutcome,
  DamagedSnapshotError,
  type KnownLog,
  type LogNews,
  type PendingUpdate,
  type RoomStorage,
  type StoredDocument,
} from '../../server/sync/ports.ts'

interface Snapshot {
  readonly seq: number
  readonly data: Uint8Array
  damaged: boolean
  setAside: boolean
}

interface Entry {
  readonly seq: number
  readonly data: Uint8Array
  foldedInto: number | null
  damaged: boolean
}

interface Board {
  snapshots: Snapshot[]
  entries: Entry[]
  readonly owners: Map<number, string>
}

const NO_SNAPSHOT = -1

const isAfter = (since: number) => (entry: Entry) => entry.foldedInto === null || entry.foldedInto > since

const copy = <Item extends { readonly seq: number; readonly data: Uint8Array }>({ seq, data }: Item) => ({
  seq,
  data: data.slice(),
})

/** Documents in memory, with the switches that tests of rooms need. Every board exists until it is removed. */
export class MemoryRoomStorage implements RoomStorage {
  /** While set, every call is refused with it: the database is down. */
  failure: Error | null = null
  readonly #boards = new Map<string, Board>()
  readonly #removed = new Set<string>()
  #lastSeq = 0

  async load(boardId: string): Promise<StoredDocument> {
    this.#refuse()
    const board = this.#board(boardId)
    const good = board.snapshots.filter(({ setAside, damaged }) => !setAside && !damaged).at(-1)
    if (board.snapshots.length > 0 && !good && !this.#isLogWhole(board)) {
      throw new DamagedSnapshotError(boardId, 'the test damaged a snapshot')
    }
    const entries = board.entries.filter(isAfter(good?.seq ?? NO_SNAPSHOT))
    if (entries.some(({ damaged }) => damaged)) {
      throw new DamagedSnapshotError(boardId, 'the test damaged an entry')
    }
    for (const snapshot of board.snapshots) if (snapshot.damaged) snapshot.setAside = true
    return { snapshot: good ? copy(good) : null, entries: entries.map(copy), owners: new Map(board.owners) }
  }

  async readLog(boardId: string, known: KnownLog): Promise<LogNews> {
    const { snapshot, entries, owners } = await this.load(boardId)
    const board = this.#board(boardId)
    const before = board.snapshots.filter(({ setAside }) => !setAside).at(-2)?.seq ?? null
    const isKnown = snapshot?.seq === (known.snapshot ?? undefined)
    const sameStart =
      before === null ? known.snapshot === null && this.#isLogWhole(board) : before === known.snapshot
    const missing = (entry: { readonly seq: number }) => !known.seqs.has(entry.seq)
    if (!snapshot || isKnown) {
      const data = snapshot && { seq: snapshot.seq, data: null }
      return { snapshot: data, entries: entries.filter(missing), owners }
    }
    if (!sameStart) return { snapshot, entries: entries.filter(missing), owners }
    const since = board.entries.filter(isAfter(known.snapshot ?? NO_SNAPSHOT))
    return { snapshot: { seq: snapshot.seq, data: null }, entries: since.filter(missing).map(copy), owners }
  }

  async append(updates: readonly PendingUpdate[]): Promise<number[]> {
    this.#refuse()
    return updates.map(({ boardId, data, owners = [] }) => {
      if (this.#removed.has(boardId)) return 0
      const board = this.#board(boardId)
      this.#lastSeq += 1
      board.entries.push({ seq: this.#lastSeq, data: data.slice(), foldedInto: null, damaged: false })
      for (const [client, person] of owners) {
        if (!board.owners.has(client)) board.owners.set(client, person)
      }
      return this.#lastSeq
    })
  }

  async compact(boardId: string, { basedOn, covers, state }: Compaction): Promise<CompactionOutcome> {
    this.#refuse()
    const board = this.#board(boardId)
    const base = basedOn ?? NO_SNAPSHOT
    const covered = new Set(covers)
    const newest = board.snapshots.at(-1)?.seq ?? NO_SNAPSHOT
    const good = board.snapshots.filter(({ setAside }) => !setAside).at(-1)?.seq ?? NO_SNAPSHOT
    const setAside = board.entries.filter(({ foldedInto }) => foldedInto !== null && foldedInto > base)
    if (this.#removed.has(boardId) || good !== base) return { type: 'superseded' }
    if (!setAside.every(({ seq }) => covered.has(seq))) return { type: 'superseded' }
    const seq = Math.max(newest + 1, ...covers)
    board.snapshots.push({ seq, data: state.slice(), damaged: false, setAside: false })
    for (const entry of board.entries) {
      if (entry.foldedInto === null && covered.has(entry.seq)) entry.foldedInto = seq
    }
    board.entries = board.entries.filter(isAfter(base))
    board.snapshots = board.snapshots.filter((snapshot) => snapshot.seq >= base || snapshot.setAside)
    return { type: 'written', seq }
  }

  /** As when the board's row is deleted: all that hangs on it goes too. */
  remove(boardId: string): void {
    this.#removed.add(boardId)
    this.#boards.delete(boardId)
  }

  /** Damages the newest snapshot that was not set aside yet. */
  damageSnapshot(boardId: string): void {
    const snapshot = this.#board(boardId).snapshots.findLast(({ damaged }) => !damaged)
    if (!snapshot) throw new Error(`Board ${boardId} has no snapshot to damage`)
    snapshot.damaged = true
  }

  damageEntry(boardId: string, seq: number): void {
    const entry = this.#board(boardId).entries.find((other) => other.seq === seq)
    if (!entry) throw new Error(`Board ${boardId} has no entry ${seq} to damage`)
    entry.damaged = true
  }

  /** How many log entries no snapshot has taken in. */
  logLength(boardId: string): number {
    return this.#board(boardId).entries.filter(({ foldedInto }) => foldedInto === null).length
  }

  /** All log entries and snapshots that are kept, the ones that nobody reads any more among them. */
  kept(boardId: string): { entries: number; snapshots: number } {
    const { entries, snapshots } = this.#board(boardId)
    return { entries: entries.length, snapshots: snapshots.length }
  }

  #board(boardId: string): Board {
    const known = this.#boards.get(boardId)
    if (known) return known
    const board: Board = { snapshots: [], entries: [], owners: new Map() }
    if (!this.#removed.has(boardId)) this.#boards.set(boardId, board)
    return board
  }

  /** Whether the log goes back to the beginning. */
  #isLogWhole({ snapshots, entries }: Board): boolean {
    const [first] = snapshots
    return entries.some(({ foldedInto }) => foldedInto !== null && foldedInto === first?.seq)
  }

  #refuse(): void {
    if (this.failure) throw this.failure
  }
}
