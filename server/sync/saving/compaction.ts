import type { Log } from '../../log.ts'
import type { Limits } from '../limits.ts'
import type { LogEntry, LogNews, RoomStorage, StoredDocument } from '../ports.ts'

/** Bytes of snapshot for which one more log entry may gather: writing a large document often costs more than reading a log. */
const SNAPSHOT_PER_ENTRY = 4096
/** The log may grow to this part of the snapshot, however large that is. */
const LOG_PER_SNAPSHOT = 0.25

export interface CompactionOptions {
  readonly boardId: string
  readonly stored: StoredDocument
  readonly storage: RoomStorage
  readonly limits: Limits
  readonly log: Log
  /** The whole document, with all that it holds when this is called; null when it must not be stored. */
  readonly state: () => Promise<Uint8Array | null>
  /** Resolves once all that is in the document now is saved. */
  readonly saved: () => Promise<void>
  /** The document has to have what somebody else has stored before it may make a snapshot of it. */
  readonly takeIn: (stored: StoredDocument) => void
}

/** Knows which log entries a room's document holds beyond its snapshot, and makes a new snapshot of them now and then. */
export class RoomCompaction {
  private readonly options: Omit<CompactionOptions, 'stored'>
  private basedOn: number | null
  private snapshotBytes: number
  private covers: number[]
  /** Since the last attempt. */
  private entries: number
  private bytes: number
  private running: Promise<void> | null = null

  constructor({ stored, ...options }: CompactionOptions) {
    const { snapshot, entries } = stored
    this.options = options
    this.basedOn = snapshot?.seq ?? null
    this.snapshotBytes = snapshot?.data.length ?? 0
    this.covers = entries.map(({ seq }) => seq)
    this.entries = entries.length
    this.bytes = entries.reduce((sum, { data }) => sum + data.length, 0)
  }

  /** The highest number of an entry that was committed. */
  get newest(): number {
    return this.covers.reduce((highest, seq) => Math.max(highest, seq), this.basedOn ?? 0)
  }

  /** Entries that the document holds were committed. */
  add(entries: readonly LogEntry[]): void {
    for (const { seq, data } of entries) {
      this.covers.push(seq)
      this.bytes += data.length
    }
    this.entries += entries.length
    if (this.isDue()) void this.run()
  }

  /** Makes a snapshot, if there is any log. Never rejects: a failure leaves the log as it is. */
  run(): Promise<void> {
    if (this.covers.length === 0) return Promise.resolve()
    this.running ??= this.attempt().finally(() => {
      this.running = null
    })
    return this.running
  }

  /** Has the document take in what others have stored meanwhile. Rejects when that cannot be read. */
  async catchUp(): Promise<void> {
    const { boardId, storage, takeIn } = this.options
    const news = await storage.readLog(boardId, { snapshot: this.basedOn, seqs: new Set(this.covers) })
    const { snapshot, entries, owners } = news
    const data = snapshot?.data ?? null
    takeIn({ snapshot: snapshot && data ? { seq: snapshot.seq, data } : null, entries, owners })
    this.rebase(news)
    this.add(entries)
  }

  private isDue(): boolean {
    const { compactAfterRows, compactAfterBytes } = this.options.limits
    return (
      this.entries >= Math.max(compactAfterRows, this.snapshotBytes / SNAPSHOT_PER_ENTRY) ||
      this.bytes >= Math.max(compactAfterBytes, this.snapshotBytes * LOG_PER_SNAPSHOT)
    )
  }

  private async attempt(): Promise<void> {
    const { boardId, log } = this.options
    // Counted down even when it fails: the next attempt comes with the next batch of log, not with the next update.
    this.entries = 0
    this.bytes = 0
    try {
      await this.write()
    } catch (error) {
      log.error('A board could not be compacted; its log stays', { boardId, error })
    }
  }

  private async write(): Promise<void> {
    const { boardId, storage, log, saved } = this.options
    // Before the state is made, for it need not hold what comes while it is, or what is read from others while this waits.
    const { basedOn } = this
    const covers = [...this.covers]
    const state = await this.options.state()
    if (!state) return
    // A snapshot with more in it than was saved would be the only place of that, and gone with the snapshot, while others
    // may have built on it.
    await saved()
    const outcome = await storage.compact(boardId, { basedOn, covers, state })
    if (outcome.type === 'superseded') return this.catchUp()
    this.basedOn = outcome.seq
    this.snapshotBytes = state.length
    this.covers = this.covers.slice(covers.length)
    log.debug('Compacted', { boardId, seq: outcome.seq, entries: covers.length, bytes: state.length })
  }

  /** Entries that the newer snapshot took in stay among those covered: naming one twice does no harm. */
  private rebase({ snapshot }: LogNews): void {
    if (!snapshot || snapshot.seq <= (this.basedOn ?? -1)) return
    this.basedOn = snapshot.seq
    this.snapshotBytes = snapshot.data?.length ?? this.snapshotBytes
  }
}
