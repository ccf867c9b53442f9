import type { Log } from '../../log.ts'
import type { Claim } from '../gate/owners.ts'
import type { Limits } from '../limits.ts'
import type { Distribution } from '../metrics.ts'
import type { SavedUpdate } from '../nodes/node-wire.ts'
import type { Clock, PendingUpdate, RoomStorage } from '../ports.ts'
import type { Novelty } from '../relay/update-join.ts'
import { type Batch, SaveQueue } from './save-queue.ts'
import type { Author, SaveTarget } from './save-target.ts'

export interface Saver {
  /**
   * Puts what an update adds on its way to the log. `novelty` null stands for a frame that brought nothing new: it counts as
   * saved when all before it is.
   */
  add(target: SaveTarget, novelty: Novelty | null, author: Author, frame: number): void
  /** Whether the board, or the process, holds as many unsaved bytes as it may. */
  isFull(boardId: string): boolean
  isFailing(boardId: string): boolean
  /** Of all boards. */
  readonly unsavedBytes: number
  /** Resolves once nothing of the board is unsaved. */
  settled(boardId: string): Promise<void>
  /** Resolves once all of the board that is unsaved now is saved. */
  saved(boardId: string): Promise<void>
  /** Saves at once and again and again; resolves when nothing is left, or after `close`. */
  drain(): Promise<void>
  /** Tries no more; returns how many updates remain. */
  close(): number
}

/** The first batches of a queue, which are in a transaction together. */
interface Part {
  readonly queue: SaveQueue
  readonly batches: readonly Batch[]
}

interface Row extends PendingUpdate {
  readonly owners: readonly Claim[]
}

const none: readonly Claim[] = []

/** An update that brings nothing. */
const NOTHING = Uint8Array.of(0, 0)

/** What became whose goes with the first of them, or by itself. */
const rowsOf = ({ queue, batches }: Part): Row[] => {
  const { boardId } = queue.target
  const claims = queue.target.claims()
  const rows: Row[] = []
  for (const batch of batches) {
    const data = batch.close()
    if (data) rows.push({ boardId, data, owners: rows.length === 0 ? claims : none })
  }
  if (rows.length === 0 && claims.length > 0) rows.push({ boardId, data: NOTHING, owners: claims })
  return rows
}

/** So many boards in a row that cannot be written mean that the database is at fault, not a board. */
const FAILURES_OF_A_DATABASE = 3

/**
 * Group commit: one transaction a tick for all rooms, with one entry for each board as a rule. When it fails, each board is
 * tried by itself, so that one that cannot be written does not hold up the others; what failed stays in memory, in order, and
 * is tried again with back-off.
 */
class GroupSaver implements Saver {
  private readonly queues = new Map<string, SaveQueue>()
  private totalBytes = 0
  private flushing: Promise<void> | null = null
  private cancelTick: () => void = () => {}
  private closed = false
  private tickAt = Number.POSITIVE_INFINITY
  private readonly storage: RoomStorage
  private readonly limits: Limits
  private readonly clock: Clock
  private readonly log: Log
  private readonly onCommitted: (boardId: string) => void
  private readonly savedLag: Distribution

  constructor(options: SaverOptions) {
    this.storage = options.storage
    this.limits = options.limits
    this.clock = options.clock
    this.log = options.log
    this.onCommitted = options.onCommitted
    this.savedLag = options.savedLag
  }

  add(target: SaveTarget, novelty: Novelty | null, author: Author, frame: number): void {
    let queue = this.queues.get(target.boardId)
    if (!queue) {
      queue = new SaveQueue(target, this.limits.commitEntry)
      this.queues.set(target.boardId, queue)
    }
    const now = this.clock.now()
    this.totalBytes += queue.add(novelty, author, frame, now)
    if (this.flushing || queue.failures > 0) return
    if (this.tickAt > now + this.limits.commitTick) this.schedule(this.limits.commitTick)
  }

  isFull(boardId: string): boolean {
    const bytes = this.queues.get(boardId)?.bytes ?? 0
    return bytes >= this.limits.unsavedPerBoard || this.totalBytes >= this.limits.unsaved
  }

  get unsavedBytes(): number {
    return this.totalBytes
  }

  isFailing(boardId: string): boolean {
    return (this.queues.get(boardId)?.failures ?? 0) > 0
  }

  settled(boardId: string): Promise<void> {
    const queue = this.queues.get(boardId)
    return queue ? new Promise((resolve) => queue.settled.push(resolve)) : Promise.resolve()
  }

  saved(boardId: string): Promise<void> {
    return this.queues.get(boardId)?.saved() ?? Promise.resolve()
  }

  async drain(): Promise<void> {
    while (this.queues.size > 0 && !this.closed) {
      await this.flushNow()
      if (this.failingQueues() > 0) {
        await new Promise<void>((resolve) => this.clock.after(this.limits.retryFirst, resolve))
      }
    }
  }

  close(): number {
    this.closed = true
    this.cancelTick()
    return [...this.queues.values()].reduce((count, { updates }) => count + updates, 0)
  }

  private failingQueues(): number {
    return [...this.queues.values()].filter(({ failures }) => failures > 0).length
  }

  private async flushNow(): Promise<void> {
    await this.flushing
    for (const queue of this.queues.values()) queue.retryAt = 0
    await this.startFlush()
  }

  private schedule(milliseconds: number): void {
    this.cancelTick()
    this.tickAt = this.clock.now() + milliseconds
    this.cancelTick = this.clock.after(milliseconds, () => {
      this.tickAt = Number.POSITIVE_INFINITY
      void this.startFlush()
    })
  }

  /** Never rejects: what goes wrong in a flush stays in its queues. */
  private startFlush(): Promise<void> {
    this.flushing ??= this.flush()
      .catch((error: unknown) => this.log.error('Saving went wrong in an unexpected way', { error }))
      .finally(() => {
        this.flushing = null
        this.scheduleNext()
      })
    return this.flushing
  }

  private scheduleNext(): void {
    if (this.queues.size === 0 || this.closed) return
    let earliest = Number.POSITIVE_INFINITY
    for (const { retryAt } of this.queues.values()) earliest = Math.min(earliest, retryAt)
    this.schedule(Math.max(this.limits.commitTick, earliest - this.clock.now()))
  }

  private async flush(): Promise<void> {
    const parts = this.takeParts()
    if (parts.length === 0) return
    if (await this.commit(parts)) return
    await this.commitApart(parts)
  }

  /** What fits into one transaction, boards that failed lately left out. */
  private takeParts(): Part[] {
    const parts: Part[] = []
    const now = this.clock.now()
    const { commitRows, commitBytes } = this.limits
    let entries = 0
    let bytes = 0
    for (const queue of this.queues.values()) {
      if (queue.retryAt > now) continue
      // What is larger than a transaction may be gets one of its own.
      const bytesLeft = parts.length === 0 ? Math.max(commitBytes, queue.firstSize) : commitBytes - bytes
      const batches = queue.peek(commitRows - entries, bytesLeft)
      if (batches.length === 0) continue
      parts.push({ queue, batches })
      entries += batches.length
      for (const { size } of batches) bytes += size
      if (entries >= commitRows || bytes >= commitBytes) break
    }
    return parts
  }

  private async commit(parts: readonly Part[]): Promise<boolean> {
    const rows = parts.map(rowsOf)
    let seqs: readonly number[]
    try {
      const all = rows.flat()
      seqs = all.length > 0 ? await this.storage.append(all) : []
    } catch (error) {
      if (parts.length === 1) this.fail(parts, error)
      return false
    }
    const now = this.clock.now()
    let first = 0
    for (const [index, part] of parts.entries()) {
      const saved: SavedUpdate[] = []
      for (const { data, owners } of rows[index] ?? []) saved.push({ seq: seqs[first++] ?? 0, data, owners })
      this.settle(part, saved, now)
    }
    return true
  }

  private async commitApart(parts: readonly Part[]): Promise<void> {
    if (parts.length === 1) return
    let inARow = 0
    for (const [index, part] of parts.entries()) {
      if (inARow === FAILURES_OF_A_DATABASE) return this.fail(parts.slice(index), null)
      inARow = (await this.commit([part])) ? 0 : inARow + 1
    }
  }

  private settle({ queue, batches }: Part, saved: readonly SavedUpdate[], now: number): void {
    this.totalBytes -= queue.remove(batches)
    if (queue.failures > 0) queue.target.storageFailing(false)
    queue.failures = 0
    queue.retryAt = 0
    if (saved.at(-1)?.seq === 0) queue.target.boardGone()
    else {
      if (saved.length > 0) queue.target.committed(saved)
      for (const { since, updates } of batches) this.savedLag.add(now - since, updates)
      this.acknowledge(batches)
      if (saved.some(({ data }) => data !== NOTHING)) this.onCommitted(queue.target.boardId)
    }
    if (queue.isEmpty) this.drop(queue)
  }

  private acknowledge(batches: readonly Batch[]): void {
    const [only] = batches
    if (only && batches.length === 1) {
      for (const [author, frame] of only.frames) author.acknowledge(frame)
      return
    }
    const last = new Map<Author, number>()
    for (const { frames } of batches) for (const [author, frame] of frames) last.set(author, frame)
    for (const [author, frame] of last) author.acknowledge(frame)
  }

  private drop(queue: SaveQueue): void {
    this.queues.delete(queue.target.boardId)
    for (const resolve of queue.settled) resolve()
  }

  /** Failing boards go to the end of the line. */
  private fail(parts: readonly Part[], error: unknown): void {
    const boardIds = parts.map(({ queue }) => queue.target.boardId)
    this.log.error('Updates could not be saved; they are kept and tried again', { boardIds, error })
    for (const { queue } of parts) {
      const delay = Math.min(this.limits.retryLongest, this.limits.retryFirst * 2 ** queue.failures)
      queue.failures++
      queue.retryAt = this.clock.now() + delay
      this.queues.delete(queue.target.boardId)
      this.queues.set(queue.target.boardId, queue)
      if (queue.failures === 1) queue.target.storageFailing(true)
    }
  }
}

export interface SaverOptions {
  readonly storage: RoomStorage
  readonly limits: Limits
  readonly clock: Clock
  readonly log: Log
  /** Once for each board and commit. */
  readonly onCommitted: (boardId: string) => void
  /** How long updates waited for their commit, in milliseconds; those of one log entry as long as its first. */
  readonly savedLag: Distribution
}

export const createSaver = (options: SaverOptions): Saver => new GroupSaver(options)
