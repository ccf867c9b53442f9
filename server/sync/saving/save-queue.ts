import { encodeJoins, type Novelty, UpdateJoin } from '../relay/update-join.ts'
import type { Author, SaveTarget } from './save-target.ts'

/** Most boards get one update between two commits: only a second makes joining necessary. */
type Content =
  | { readonly type: 'nothing' }
  | { readonly type: 'one'; readonly novelty: Novelty }
  | { readonly type: 'several'; readonly join: UpdateJoin }
  /** It takes in nothing more. */
  | { readonly type: 'closed'; readonly data: Uint8Array | null }

/** What becomes one entry of the log, or nothing but the acknowledgement of frames that brought nothing new. */
export class Batch {
  /** The authors, each with the newest of their frames that is in it. */
  readonly frames = new Map<Author, number>()
  /** Told when it is saved. */
  readonly awaited: (() => void)[] = []
  /** How many updates are in it. */
  updates = 0
  /** Bytes of it, at most. */
  size = 0
  /** When the first of it came, in milliseconds since the epoch. */
  readonly since: number
  private content: Content = { type: 'nothing' }

  constructor(since: number) {
    this.since = since
  }

  /** Whether it may take this in. Those that bring nothing fit as long as it is open. */
  fits(novelty: Novelty | null, largest: number): boolean {
    const { content } = this
    if (content.type === 'closed') return false
    if (novelty === null || content.type === 'nothing') return true
    if (novelty.runs === null || this.size >= largest) return false
    return this.opened(content).fits(novelty)
  }

  /** Takes in what fits; whole, and nothing after it, what cannot be joined. */
  add(novelty: Novelty): void {
    this.updates++
    if (this.content.type === 'nothing' && (novelty.isAll || novelty.runs === null)) this.take(novelty)
    else {
      const join = this.opened(this.content)
      join.add(novelty)
      this.size = join.size
    }
  }

  /** What is written, if anything. It takes in nothing more from now on. */
  close(): Uint8Array | null {
    const { content } = this
    if (content.type === 'closed') return content.data
    let data: Uint8Array | null = null
    if (content.type === 'one') data = content.novelty.update
    if (content.type === 'several') data = encodeJoins([content.join])
    this.content = { type: 'closed', data }
    return data
  }

  private take(novelty: Novelty): void {
    // A copy: the update is a view into what the socket read, which would be kept alive with it.
    const update = new Uint8Array(novelty.update)
    this.size = update.length
    this.content =
      novelty.runs === null
        ? { type: 'closed', data: update }
        : { type: 'one', novelty: { update, isAll: true, runs: novelty.runs, deletes: novelty.deletes } }
  }

  private opened(content: Content): UpdateJoin {
    if (content.type === 'several') return content.join
    const join = new UpdateJoin()
    if (content.type === 'one') join.add(content.novelty)
    this.content = { type: 'several', join }
    return join
  }
}

/** The unsaved updates of one board, joined into few entries of the log, in the order in which they came. */
export class SaveQueue {
  readonly target: SaveTarget
  readonly settled: (() => void)[] = []
  /** Bytes of all that is in it, at most. */
  bytes = 0
  failures = 0
  retryAt = 0
  private readonly batches: Batch[] = []
  private readonly largestEntry: number

  /** @param largestEntry bytes after which an entry takes in no more */
  constructor(target: SaveTarget, largestEntry: number) {
    this.target = target
    this.largestEntry = largestEntry
  }

  get isEmpty(): boolean {
    return this.batches.length === 0
  }

  /** Resolves once all that is in it now is saved. */
  saved(): Promise<void> {
    const last = this.batches.at(-1)
    return last ? new Promise((resolve) => last.awaited.push(resolve)) : Promise.resolve()
  }

  /** Bytes of the first entry, at most. */
  get firstSize(): number {
    return this.batches[0]?.size ?? 0
  }

  get updates(): number {
    return this.batches.reduce((sum, { updates }) => sum + updates, 0)
  }

  /**
   * @param novelty null for a frame that brought nothing new: it counts as saved when all before it is
   * @param now milliseconds since the epoch
   * @returns how many bytes it took
   */
  add(novelty: Novelty | null, author: Author, frame: number, now: number): number {
    let last = this.batches.at(-1)
    if (!last?.fits(novelty, this.largestEntry)) {
      last = new Batch(now)
      this.batches.push(last)
    }
    const before = last.size
    if (novelty) last.add(novelty)
    last.frames.set(author, frame)
    this.bytes += last.size - before
    return last.size - before
  }

  /** The first entries, as many as fit into what is left of a transaction. */
  peek(entries: number, bytes: number): readonly Batch[] {
    let count = 0
    let sum = 0
    for (const { size } of this.batches) {
      if (count === entries || sum + size > bytes) break
      count++
      sum += size
    }
    return this.batches.slice(0, count)
  }

  /** They are saved. Returns how many bytes are free now. */
  remove(batches: readonly Batch[]): number {
    const freed = this.batches.splice(0, batches.length).reduce((sum, { size }) => sum + size, 0)
    this.bytes -= freed
    for (const { awaited } of batches) for (const resolve of awaited) resolve()
    return freed
  }
}
