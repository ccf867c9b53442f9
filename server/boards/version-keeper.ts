import type { Log } from '../log.ts'
import type { Store } from '../store/types.ts'
import { type Clock, partsOf, timeOfDay } from '../sync/ports.ts'
import type { Clearing } from '../sync/room/clearing.ts'
import type { WorkedBoard } from '../sync/saving/work-report.ts'
import type { WorkKnowledge } from './context.ts'
import { takeVersion } from './take-version.ts'

const MINUTE = 60_000

/** Milliseconds. */
export const keeperTimes = {
  /** A board that is worked on all the time gets a version so often. */
  working: 10 * MINUTE,
  /** Nobody has worked on it for so long: what was done is complete for now. */
  resting: 5 * MINUTE,
  /** Between two versions of a board that are made by themselves. */
  apart: 5 * MINUTE,
  /** Between two looks at what is due. */
  look: MINUTE / 2,
  /** Between two versions from before a clearing. */
  clearings: MINUTE,
  /** For what is due when the server stops. */
  stop: 2_000,
} as const

/** Makes versions of boards by itself, as the sync server tells it of work. Nothing it is told throws or waits. */
export interface VersionKeeper extends WorkKnowledge {
  worked(boards: readonly WorkedBoard[], at: Date): void
  left(boardId: string, elements: number): void
  cleared(clearing: Clearing): void
  /** Resolves when nothing is being kept. */
  idle(): Promise<void>
  /** Keeps what is not kept yet, as far as time allows. */
  stop(): Promise<void>
}

export interface VersionKeeperOptions {
  readonly store: Pick<Store, 'versions' | 'rooms'>
  /** How many elements a board has that is open; null when it is not. */
  readonly countElements: (boardId: string) => number | null
  /** Its time is that of day: versions carry it. */
  readonly clock?: Clock
  readonly log: Log
}

/** Work on a board that no version holds yet. */
interface Work {
  /** Milliseconds. */
  readonly since: number
  last: number
  /** Set once everybody has left, with how many elements there were. */
  left: { readonly elements: number } | null
  readonly authors: Set<string>
}

const isDue = ({ since, last, left }: Work, now: number): boolean =>
  left !== null || now - since >= keeperTimes.working || now - last >= keeperTimes.resting

class Keeper implements VersionKeeper {
  private readonly works = new Map<string, Work>()
  private readonly clearedAt = new Map<string, number>()
  private readonly options: Required<VersionKeeperOptions>
  /** One version at a time: states may be large. */
  private line: Promise<void> = Promise.resolve()
  private cancelLook: () => void = () => {}
  private stopped = false

  constructor(options: VersionKeeperOptions) {
    this.options = { clock: timeOfDay, ...options }
    this.lookLater()
  }

  worked(boards: readonly WorkedBoard[], at: Date): void {
    for (const { boardId, personIds } of boards) {
      const work = this.works.get(boardId)
      if (work) {
        work.last = at.getTime()
        work.left = null
        for (const personId of personIds) work.authors.add(personId)
      } else {
        const now = at.getTime()
        this.works.set(boardId, { since: now, last: now, left: null, authors: new Set(personIds) })
      }
    }
  }

  left(boardId: string, elements: number): void {
    const work = this.works.get(boardId)
    if (!work) return
    work.left = { elements }
    this.enqueue(() => this.keep(boardId))
  }

  cleared({ boardId, seq }: Clearing): void {
    const now = this.options.clock.now()
    const before = this.clearedAt.get(boardId)
    if (before !== undefined && now - before < keeperTimes.clearings) return
    this.clearedAt.set(boardId, now)
    // Read now, for the clearing itself is on its way to the disk.
    const read = this.options.store.rooms.load(boardId)
    this.enqueue(async () => {
      const stored = await read
      const updates = partsOf({ ...stored, entries: stored.entries.filter((entry) => entry.seq <= seq) })
      const authors = this.takeAuthors(boardId)
      const wish = { boardId, name: null, createdBy: null, elements: null, authors, updates }
      await takeVersion(this.options.store, { ...wish, reason: 'before-clearing', createdAt: new Date(now) })
    })
    read.catch(() => {})
  }

  takeAuthors(boardId: string): string[] {
    const work = this.works.get(boardId)
    const authors = [...(work?.authors ?? [])]
    work?.authors.clear()
    return authors
  }

  countElements(boardId: string): number | null {
    return this.options.countElements(boardId)
  }

  async idle(): Promise<void> {
    for (let seen: Promise<void> | null = null; seen !== this.line; ) {
      seen = this.line
      await seen
    }
    // What waits for the line to end goes first.
    await Promise.resolve()
  }

  async stop(): Promise<void> {
    this.stopped = true
    this.cancelLook()
    const { clock } = this.options
    const deadline = clock.now() + keeperTimes.stop
    for (const boardId of [...this.works.keys()]) {
      this.enqueue(async () => {
        if (clock.now() < deadline) await this.keep(boardId)
      })
    }
    let cancel = (): void => {}
    const late = new Promise<void>((resolve) => {
      cancel = clock.after(keeperTimes.stop, resolve)
    })
    await Promise.race([this.line, late])
    cancel()
  }

  private lookLater(): void {
    this.cancelLook = this.options.clock.after(keeperTimes.look, () => {
      if (this.stopped) return
      const now = this.options.clock.now()
      for (const [boardId, at] of this.clearedAt) {
        if (now - at >= keeperTimes.clearings) this.clearedAt.delete(boardId)
      }
      for (const [boardId, work] of this.works) {
        if (isDue(work, now)) this.enqueue(() => this.keep(boardId))
      }
      void this.line.then(() => this.stopped || this.lookLater())
    })
  }

  private enqueue(task: () => Promise<void>): void {
    this.line = this.line.then(task).catch((error: unknown) => {
      this.options.log.warn('A version of a board was not made', { error })
    })
  }

  /** Another server may have kept this work with its own; what fails is tried again at the next look. */
  private async keep(boardId: string): Promise<void> {
    const work = this.works.get(boardId)
    if (!work) return
    const { store, clock, countElements } = this.options
    const [newest] = await store.versions.list(boardId, { limit: 1 })
    const newestAt = newest?.createdAt.getTime() ?? Number.NEGATIVE_INFINITY
    const isRecent = clock.now() - newestAt < keeperTimes.apart
    if (newest?.reason === 'worked' && isRecent && !this.stopped) return
    this.works.delete(boardId)
    try {
      const elements = work.left?.elements ?? countElements(boardId)
      const authors = [...work.authors]
      const createdAt = new Date(clock.now())
      await takeVersion(store, {
        boardId,
        name: null,
        reason: 'worked',
        createdAt,
        createdBy: null,
        elements,
        authors,
      })
    } catch (error) {
      const since = this.works.get(boardId)
      for (const author of since?.authors ?? []) work.authors.add(author)
      this.works.set(boardId, since ? { ...since, since: work.since, authors: work.authors } : work)
      throw error
    }
  }
}

export const createVersionKeeper = (options: VersionKeeperOptions): VersionKeeper => new Keeper(options)
