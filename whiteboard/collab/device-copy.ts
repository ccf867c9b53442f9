import * as Y from 'yjs'
import { browserClock, type Clock } from './clock.ts'
import {
  type CopyEntry,
  isWholeRow,
  openDatabase,
  type Row,
  type RowKey,
  rowOf,
  rowRange,
  stores,
} from './device-database.ts'
import { DeviceRows, type UnsavedRow } from './device-rows.ts'
import { requestDone, transactionDone } from './indexed-db.ts'

/** How long the board waits for the browser to open its database, in milliseconds; it may still open later. */
const OPEN_LIMIT = 4000
/** How long peers' updates are gathered before they are written, in milliseconds. */
const GATHER = 500

/** What was on the device and is not in this tab's document yet. */
export interface CopyContent {
  readonly updates: readonly Uint8Array[]
  /** How many of this person's changes among them are not known to be on the server. */
  readonly unsaved: number
}

export type EncodeState = () => Promise<Uint8Array | null>

/**
 * The copy of one board on this device, of one person. Rows of updates; those with this person's changes that are not
 * known to be on the server are told apart, so that a tab that was closed offline is not forgotten. Several tabs may
 * keep the same copy. Nothing here throws or rejects: where the device cannot keep a copy, `available` is false and the
 * board works without.
 */
export interface DeviceCopy {
  readonly available: boolean
  /** Rows that could not be read; they are set aside in the database. */
  readonly damaged: number
  /**
   * Resolves when it is open, or is not to be waited for.
   *
   * @param encodeState the document's state, for making many rows one: with all that was read or added before it was
   *   asked for; null when it is not to be had any more
   * @param changed called when `available` or `damaged` changed
   */
  open(encodeState: EncodeState, changed: () => void): Promise<void>
  /** All rows at first; later the unsaved changes that other tabs wrote since. */
  read(): Promise<CopyContent>
  /** The unsaved changes that `read` returned are saved when this change is. */
  adopt(change: number): void
  /** A change of this person, numbered upwards: on its way to the device when this returns. */
  addLocal(update: Uint8Array, change: number): void
  /** A peer's update. */
  addRemote(update: Uint8Array): void
  /** The server has all changes up to this number. */
  markSaved(change: number): void
  /** Writes what is gathered and ends. */
  close(): Promise<void>
}

export interface DeviceCopyOptions {
  readonly personId: string
  readonly boardId: string
  readonly clock?: Clock
  /** The browser's own unless given. */
  readonly factory?: IDBFactory
  readonly range?: typeof IDBKeyRange
}

type State =
  | { readonly type: 'new' }
  | { readonly type: 'opening' }
  | { readonly type: 'open'; readonly database: IDBDatabase }
  /** The browser gives no database, or a write failed: there is no copy (any more). */
  | { readonly type: 'failed' }
  | { readonly type: 'closed' }

/** Updates from this many bytes on are rows of their own: merging them would take long. */
const LARGE = 64 * 1024

/** Small updates as one, the large ones as they came. */
const gatherSmall = (updates: readonly Uint8Array[]): Uint8Array[] => {
  const small = updates.filter(({ length }) => length < LARGE)
  const large = updates.filter(({ length }) => length >= LARGE)
  return small.length === 0 ? large : [...large, Y.mergeUpdates(small)]
}

const none: CopyContent = { updates: [], unsaved: 0 }

class IndexedDeviceCopy implements DeviceCopy {
  damaged = 0
  private readonly person: string
  private readonly board: string
  private readonly clock: Clock
  private readonly factory: IDBFactory | undefined
  private readonly range: typeof IDBKeyRange
  private readonly rows: DeviceRows
  private state: State = { type: 'new' }
  private encodeState: EncodeState = async () => null
  private changed: () => void = () => {}
  /** Local changes made before the database was open. */
  private early: UnsavedRow[] = []
  private savedUpTo = 0
  /** Peers' updates that are not written yet. */
  private gathered: Uint8Array[] = []
  private cancelGathering: (() => void) | null = null
  private wasRead = false
  private compacting = false
  private opening: Promise<void> = Promise.resolve()
  /** From here on what is read no longer reaches the document, so its state stands for nothing. */
  private closing = false
  private reading: Promise<unknown> = Promise.resolve()

  constructor({ personId, boardId, clock, factory, range }: DeviceCopyOptions) {
    this.person = personId
    this.board = boardId
    this.rows = new DeviceRows(personId, boardId)
    this.clock = clock ?? browserClock
    this.factory = factory ?? globalThis.indexedDB
    this.range = range ?? globalThis.IDBKeyRange
  }

  get available(): boolean {
    return this.state.type === 'open'
  }

  async open(encodeState: EncodeState, changed: () => void): Promise<void> {
    if (this.state.type !== 'new') return
    this.encodeState = encodeState
    this.changed = changed
    this.state = { type: 'opening' }
    if (!this.factory) {
      this.fail()
      return
    }
    this.opening = this.openFrom(this.factory)
    let cancelLimit = (): void => {}
    const limit = new Promise<void>((resolve) => {
      cancelLimit = this.clock.after(OPEN_LIMIT, resolve)
    })
    await Promise.race([this.opening, limit])
    cancelLimit()
  }

  read(): Promise<CopyContent> {
    const content = this.reading.then(() => this.readNew())
    this.reading = content
    return content
  }

  adopt(change: number): void {
    this.rows.adopt(change)
    this.mergeAdopted(change)
    this.compact()
  }

  addLocal(data: Uint8Array, change: number): void {
    if (this.state.type === 'failed' || this.state.type === 'closed') return
    const row: UnsavedRow = { key: this.rows.newKey('unsaved'), data, changes: 1, change }
    if (this.state.type !== 'open') {
      this.early.push(row)
      return
    }
    // What the change builds on goes first, or it could not be shown when the board is opened offline.
    const gathered = this.takeGathered()
    void this.write((updates) => {
      this.putSaved(updates, gathered)
      this.putUnsaved(updates, row)
    })
  }

  addRemote(data: Uint8Array): void {
    if (this.state.type === 'failed' || this.state.type === 'closed') return
    this.gathered.push(data)
    this.cancelGathering ??= this.clock.after(GATHER, () => {
      this.cancelGathering = null
      if (this.state.type === 'open') void this.flush()
    })
  }

  markSaved(change: number): void {
    this.savedUpTo = Math.max(this.savedUpTo, change)
    if (this.state.type !== 'open') return
    const done = this.rows.takeDone(change)
    if (done.length === 0) return
    const gathered = this.takeGathered()
    void this.write((updates) => {
      this.putSaved(updates, [...gathered, ...done.map((row) => row.data)])
      for (const row of done) updates.delete(row.key)
    })
    this.compact()
  }

  async close(): Promise<void> {
    this.closing = true
    this.changed = () => {}
    // What was drawn while the database was being opened is still to be written.
    await this.opening
    const flushed = this.flush()
    const { state } = this
    this.state = { type: 'closed' }
    // The database waits for the transactions that were begun.
    if (state.type === 'open') state.database.close()
    await flushed
  }

  private async openFrom(factory: IDBFactory): Promise<void> {
    try {
      const database = await openDatabase(factory)
      if (this.state.type === 'opening') this.begin(database)
      else database.close()
    } catch {
      this.fail()
    }
  }

  private begin(database: IDBDatabase): void {
    this.state = { type: 'open', database }
    database.onclose = () => this.fail()
    const early = this.early
    this.early = []
    const entry: CopyEntry = { person: this.person, board: this.board, openedAt: this.clock.now() }
    void this.write((updates, transaction) => {
      transaction.objectStore(stores.copies).put(entry)
      for (const row of early) this.putUnsaved(updates, row)
    })
    this.markSaved(this.savedUpTo)
    this.changed()
  }

  private fail(): void {
    const { state } = this
    if (state.type === 'closed' || state.type === 'failed') return
    this.state = { type: 'failed' }
    if (state.type === 'open') state.database.close()
    this.takeGathered()
    this.early = []
    this.changed()
  }

  /** Runs `work` in a transaction that is committed as soon as may be; a failure ends the copy. Never rejects. */
  private write(work: (updates: IDBObjectStore, transaction: IDBTransaction) => void): Promise<void> {
    if (this.state.type !== 'open') return Promise.resolve()
    try {
      const transaction = this.state.database.transaction(Object.values(stores), 'readwrite')
      const done = transactionDone(transaction).catch(() => this.fail())
      work(transaction.objectStore(stores.updates), transaction)
      transaction.commit?.()
      return done
    } catch {
      this.fail()
      return Promise.resolve()
    }
  }

  private takeGathered(): Uint8Array[] {
    this.cancelGathering?.()
    this.cancelGathering = null
    const taken = this.gathered
    this.gathered = []
    return taken
  }

  private flush(): Promise<void> {
    const gathered = this.takeGathered()
    if (gathered.length === 0) return Promise.resolve()
    const done = this.write((updates) => this.putSaved(updates, gathered))
    this.compact()
    return done
  }

  private putSaved(updates: IDBObjectStore, data: readonly Uint8Array[]): void {
    for (const update of gatherSmall(data)) {
      const key = this.rows.newKey('saved')
      updates.put(rowOf(update, 0), key)
      this.rows.addSaved(key, update.length)
    }
  }

  private putUnsaved(updates: IDBObjectStore, row: UnsavedRow): void {
    updates.put(rowOf(row.data, row.changes), row.key)
    this.rows.addUnsaved(row)
  }

  /** Puts the document's state in place of the saved rows that it contains, when that is worth its cost. */
  private compact(): void {
    if (this.closing || this.compacting) return
    const worn = this.rows.takeWorn()
    if (worn.length > 0) void this.replaceWorn(worn)
  }

  private async replaceWorn(worn: readonly RowKey[]): Promise<void> {
    this.compacting = true
    const state = await this.encodeState().catch(() => null)
    this.compacting = false
    if (!state || this.closing) return
    await this.write((updates) => {
      const key = this.rows.newKey('saved')
      updates.put(rowOf(state, 0), key)
      this.rows.addState(key, state.length)
      for (const old of worn) updates.delete(old)
    })
  }

  private mergeAdopted(change: number): void {
    const adopted = this.rows.takeManyAdopted(change)
    if (adopted.length === 0) return
    const changes = adopted.reduce((sum, row) => sum + row.changes, 0)
    const data = Y.mergeUpdates(adopted.map((row) => row.data))
    void this.write((updates) => {
      for (const row of adopted) updates.delete(row.key)
      this.putUnsaved(updates, { key: this.rows.newKey('unsaved'), data, changes, change })
    })
  }

  private async readNew(): Promise<CopyContent> {
    if (this.state.type !== 'open' || this.closing) return none
    try {
      const found = await this.readRows(this.state.database)
      await this.setAside(found.filter(([, value]) => !isWholeRow(value)))
      const whole = found.filter((entry): entry is [RowKey, Row] => isWholeRow(entry[1]))
      this.wasRead = true
      // From here to the caller's use of them nothing may come between: what is known is taken to be in the document.
      for (const [key, row] of whole) this.rows.addRead(key, row)
      const changes = whole.map(([key, row]) => (key[2] === 'unsaved' ? row.changes : 0))
      return { updates: whole.map(([, row]) => row.data), unsaved: changes.reduce((a, b) => a + b, 0) }
    } catch {
      this.fail()
      return none
    }
  }

  private async readRows(database: IDBDatabase): Promise<[RowKey, unknown][]> {
    const updates = database.transaction(stores.updates).objectStore(stores.updates)
    const within = rowRange(this.range, this.person, this.board, this.wasRead ? 'unsaved' : undefined)
    const keys = (await requestDone(updates.getAllKeys(within))) as RowKey[]
    const unknown = keys.filter((key) => !this.rows.isKnown(key))
    if (unknown.length === 0) return []
    const values: unknown[] =
      unknown.length === keys.length
        ? await requestDone(updates.getAll(within))
        : await Promise.all(unknown.map((key) => requestDone(updates.get(key))))
    return unknown.map((key, index) => [key, values[index]])
  }

  /** Moves rows that cannot be read out of the way, for somebody to look at; the server has most of what they held. */
  private async setAside(broken: readonly [RowKey, unknown][]): Promise<void> {
    if (broken.length === 0) return
    this.damaged += broken.length
    await this.write((updates, transaction) => {
      for (const [key, value] of broken) {
        updates.delete(key)
        transaction.objectStore(stores.damaged).put(value, key)
      }
    })
    this.changed()
  }
}

export const createDeviceCopy = (options: DeviceCopyOptions): DeviceCopy => new IndexedDeviceCopy(options)
