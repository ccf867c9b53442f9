import type { Box } from '../geometry/types.ts'
import type { ChangeSet, Origin } from './changes.ts'
import type { Element, ElementId } from './element.ts'
import type { ElementIndex } from './element-index.ts'
import { inSlices, nextTask } from './slices.ts'

/** Elements read between two pauses, and between two times that the index is brought in order. */
const STEP = 50
const STRETCH = 4000

/** Elements shown at once on a board that is shown already: as many as can be without holding up the page. */
const BATCH = 20_000

type Read = (id: ElementId) => Element | null

/** What a board store lends to the reading of what came in slices. */
export interface ReadingHost {
  /** All ids in the document. */
  ids(): Iterable<ElementId>
  readonly read: Read
  /** What is shown. */
  index(): ElementIndex
  createIndex(): ElementIndex
  /** Shows another index, and tells. */
  replace(index: ElementIndex, settings: boolean): void
  /** Shows elements as `read` gives them, and tells, even if nothing has changed. */
  refresh(ids: readonly ElementId[], settings: boolean, read: Read): void
}

/**
 * Reads what was applied to the document in slices, in slices as well. Then it is shown, all at once; on a board that is
 * shown already very much comes in several times, each element as it is in the end.
 */
export class SlicedReading {
  readonly #host: ReadingHost
  /** Touched by what is being applied, and not read. */
  #touched = new Set<ElementId>()
  #settings = false
  /** While a first index is being filled: what has changed since, in whichever part of it. */
  #changedSince: Set<ElementId> | null = null
  /** Elements that are read and not shown yet. */
  readonly #read = new Map<ElementId, Element | null>()
  #arriving = false
  #running = false
  #stopped = false

  constructor(host: ReadingHost) {
    this.#host = host
  }

  /** Whether something has begun to arrive that is not shown in full. */
  get busy(): boolean {
    return this.#arriving || this.#running
  }

  /** A part of something large was applied. */
  arrived(ids: Iterable<ElementId>, settings: boolean, place: 'more' | 'last'): void {
    for (const id of ids) this.#touched.add(id)
    this.#settings ||= settings
    this.#arriving = place === 'more'
    if (!this.#arriving && !this.#running) void this.#run()
  }

  /** Something else has changed elements; whether that is to wait until the board is shown. Own work never waits. */
  holdsBack(ids: Iterable<ElementId>, settings: boolean, origin: Origin): boolean {
    if (!this.busy) return false
    for (const id of ids) {
      this.#read.delete(id)
      this.#changedSince?.add(id)
    }
    if (!this.#changedSince) return false
    this.#settings ||= settings
    return origin === 'remote' || origin === 'load'
  }

  stop(): void {
    this.#stopped = true
  }

  async #run(): Promise<void> {
    this.#running = true
    // Whoever is told may edit the board, which is not to happen inside the transaction that brought all this.
    await nextTask()
    try {
      await inSlices(this.#work(), () => this.#stopped)
    } finally {
      this.#running = false
      if (!this.#stopped) this.#end()
    }
  }

  /** Tells, unless more has come after the last look. */
  #end(): void {
    if (this.#touched.size > 0 && !this.#arriving) void this.#run()
    else this.#show([])
  }

  *#work(): Generator<undefined, void> {
    while (this.#touched.size > 0 && !this.#arriving) {
      if (this.#host.index().size === 0) yield* this.#readAll()
      else yield* this.#readTouched()
    }
  }

  #takeSettings(): boolean {
    const settings = this.#settings
    this.#settings = false
    return settings
  }

  *#readAll(): Generator<undefined, void> {
    const { ids, read, createIndex, replace } = this.#host
    this.#touched = new Set()
    this.#changedSince = new Set()
    const next = createIndex()
    let count = 0
    for (const id of ids()) {
      const element = read(id)
      if (element) next.set(element)
      if (++count % STRETCH === 0) order(next)
      if (count % STEP === 0) yield
    }
    for (const id of this.#changedSince) {
      const element = read(id)
      if (element) next.set(element)
      else next.delete(id)
    }
    this.#changedSince = null
    order(next)
    replace(next, this.#takeSettings())
  }

  *#readTouched(): Generator<undefined, void> {
    const touched = this.#touched
    this.#touched = new Set()
    let batch: ElementId[] = []
    for (const id of touched) {
      this.#read.set(id, this.#host.read(id))
      batch.push(id)
      if (batch.length % STEP === 0) yield
      if (batch.length < BATCH) continue
      this.#show(batch)
      batch = []
    }
    this.#show(batch)
  }

  /** What has changed since it was read is read again. */
  #show(ids: readonly ElementId[]): void {
    const { read, refresh } = this.#host
    refresh(ids, this.#takeSettings(), (id) => {
      const known = this.#read.get(id)
      return known === undefined ? read(id) : known
    })
    this.#read.clear()
  }
}

/** Has an index derive and order what was set: a little at a time, for all at once takes long. */
const order = (index: ElementIndex): void => {
  index.settle()
  void index.ordered
}

/** What is told when one index takes the place of another. */
export const differences = (
  before: ElementIndex,
  after: ElementIndex,
): Pick<ChangeSet, 'added' | 'updated' | 'removed' | 'left'> => {
  const added = new Set<ElementId>()
  const updated = new Set<ElementId>()
  const removed = new Set<ElementId>()
  const left = new Map<ElementId, Box>()
  for (const { id } of after.ordered) if (!before.get(id)) added.add(id)
  for (const { id } of before.ordered) {
    const box = before.boxOf(id)
    if (box) left.set(id, box)
    if (after.get(id)) updated.add(id)
    else removed.add(id)
  }
  after.takeLeft()
  return { added, updated, removed, left }
}
