import * as Y from 'yjs'
import { browserClock, type Clock } from './clock.ts'
import {
  isWholeRow,
  openDatabase,
  type Row,
  type RowKey,
  type RowKind,
  requestDone,
  rowOf,
  rowRange,
  stores,
  transactionDone,
} from './device-database.ts'

/** How long the browser may take to open its database before the board goes on without, in milliseconds. */
const OPEN_LIMIT = 4000
/** How long peers' updates are gathered before they are written, in milliseconds. */
const GATHER = 500
/** Saved rows are made into one when there are this many and they weigh against the state, or when there are very many. */
const SOME_ROWS = 64
const VERY_MANY_ROWS = 1000
/** Unsaved rows of earlier tabs that are made into one. */
const MANY_UNSAVED_ROWS = 200

/** What was on the device and is not in this tab's document yet. */
export interface CopyContent {
  readonly updates: readonly Uint8Array[]
  /** How many of this person's changes among them are not known to be on the server. */
  readonly unsaved: number
}

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
   * @param encodeState the document's state, for making many rows one
   * @param changed called when `available` or `damaged` changed
   */
  open(encodeState: () => Uint8Array, changed: () => void): Promise<void>
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
  /** The browser's own unless given; undefined where there is none. */
  readonly factory?: IDBFactory | undefined
  readonly range?: typeof IDBKeyRange
}

interface UnsavedRow {
  readonly key: RowKey
  readonly data: Uint8Array
  readonly changes: number
  /** The change with which it is saved; null until its reader says. */
  change: number | null
}

type State =
  | { readonly type: 'closed' }
  | { readonly type: 'opening' }
  | { readonly type: 'open'; readonly database: IDBDatabase }
  | { readonly type: 'failed' }

const nothing: CopyContent = { updates: [], unsaved: 0 }

const randomTab = (): string => Math.random().toString(36).slice(2, 12)

export const createDeviceCopy = ({
  personId,
  boardId,
  clock = browserClock,
  factory = globalThis.indexedDB,
  range = globalThis.IDBKeyRange,
}: DeviceCopyOptions): DeviceCopy => {
  const tab = randomTab()
  let state: State = { type: 'closed' }
  let rows = 0
  let damaged = 0
  let encodeState: () => Uint8Array = () => new Uint8Array()
  let changed: () => void = () => {}
  /** Keys that this tab wrote or read: their content is in its document. */
  const knownKeys = new Set<string>()
  let savedKeys: RowKey[] = []
  /** Bytes of the newest state row, and of the saved rows written since. */
  let stateBytes = 0
  let bytesSince = 0
  let readOnce = false
  let savedUpTo = 0
  let unsaved: UnsavedRow[] = []
  /** Local changes made before the database was open. */
  let waiting: UnsavedRow[] = []
  let gathered: Uint8Array[] = []
  let cancelGathering: (() => void) | null = null

  const newKey = (kind: RowKind): RowKey => {
    const key: RowKey = [personId, boardId, kind, tab, rows++]
    knownKeys.add(key.join('\n'))
    return key
  }

  const fail = (): void => {
    if (state.type === 'closed' || state.type === 'failed') return
    if (state.type === 'open') state.database.close()
    state = { type: 'failed' }
    cancelGathering?.()
    gathered = []
    waiting = []
    changed()
  }

  /** Runs `work` in a transaction that is committed as soon as may be; a failure ends the copy. */
  const write = (work: (updates: IDBObjectStore, transaction: IDBTransaction) => void): Promise<void> => {
    if (state.type !== 'open') return Promise.resolve()
    try {
      const transaction = state.database.transaction(Object.values(stores), 'readwrite')
      work(transaction.objectStore(stores.updates), transaction)
      const done = transactionDone(transaction).catch(fail)
      transaction.commit?.()
      return done
    } catch {
      fail()
      return Promise.resolve()
    }
  }

  const takeGathered = (): Uint8Array[] => {
    cancelGathering?.()
    cancelGathering = null
    const taken = gathered
    gathered = []
    return taken
  }

  const putSaved = (updates: IDBObjectStore, data: readonly Uint8Array[]): void => {
    if (data.length === 0) return
    const key = newKey('saved')
    const merged = Y.mergeUpdates([...data])
    updates.put(rowOf(merged, 0), key)
    savedKeys.push(key)
    bytesSince += merged.length
  }

  const putUnsaved = (updates: IDBObjectStore, row: UnsavedRow): void => {
    updates.put(rowOf(row.data, row.changes), row.key)
    unsaved.push(row)
  }

  /** Puts the document's state in place of the saved rows that it contains, when that is worth its cost. */
  const compact = (): void => {
    const weighty = savedKeys.length >= SOME_ROWS && bytesSince * 2 >= stateBytes
    if (!weighty && savedKeys.length < VERY_MANY_ROWS) return
    const replaced = savedKeys
    savedKeys = []
    void write((updates) => {
      putSaved(updates, [encodeState()])
      for (const key of replaced) updates.delete(key)
      stateBytes = bytesSince
      bytesSince = 0
    })
  }

  const mergeAdopted = (change: number): void => {
    const adopted = unsaved.filter((row) => row.change === change)
    if (adopted.length < MANY_UNSAVED_ROWS) return
    const changes = adopted.reduce((sum, row) => sum + row.changes, 0)
    const data = Y.mergeUpdates(adopted.map((row) => row.data))
    unsaved = unsaved.filter((row) => row.change !== change)
    void write((updates) => {
      for (const row of adopted) updates.delete(row.key)
      putUnsaved(updates, { key: newKey('unsaved'), data, changes, change })
    })
  }

  const flush = (): Promise<void> => {
    const taken = takeGathered()
    if (taken.length === 0) return Promise.resolve()
    const done = write((updates) => putSaved(updates, taken))
    compact()
    return done
  }

  const setAside = (updates: IDBObjectStore, key: RowKey, value: unknown): void => {
    damaged++
    updates.delete(key)
    updates.transaction.objectStore(stores.damaged).put(value, key)
  }

  const take = (key: RowKey, row: Row): void => {
    knownKeys.add(key.join('\n'))
    if (key[2] === 'saved') savedKeys.push(key)
    else unsaved.push({ key, data: row.data, changes: row.changes, change: null })
    if (key[2] === 'saved') bytesSince += row.data.length
  }

  const readRows = async (database: IDBDatabase): Promise<[RowKey, unknown][]> => {
    const updates = database.transaction(stores.updates).objectStore(stores.updates)
    const within = rowRange(range, personId, boardId, readOnce ? 'unsaved' : undefined)
    const keys = (await requestDone(updates.getAllKeys(within))) as RowKey[]
    const unknown = keys.filter((key) => !knownKeys.has(key.join('\n')))
    if (unknown.length === 0) return []
    const values: unknown[] =
      unknown.length === keys.length
        ? await requestDone(updates.getAll(within))
        : await Promise.all(unknown.map((key) => requestDone(updates.get(key))))
    return unknown.map((key, index) => [key, values[index]])
  }

  const markSaved = (change: number): void => {
    savedUpTo = Math.max(savedUpTo, change)
    if (state.type !== 'open') return
    const isDone = (row: UnsavedRow): boolean => row.change !== null && row.change <= change
    const done = unsaved.filter(isDone)
    if (done.length === 0) return
    unsaved = unsaved.filter((row) => !isDone(row))
    const taken = takeGathered()
    void write((updates) => {
      putSaved(updates, [...taken, ...done.map((row) => row.data)])
      for (const row of done) updates.delete(row.key)
    })
    compact()
  }

  const begin = (database: IDBDatabase): void => {
    state = { type: 'open', database }
    database.onclose = fail
    const early = waiting
    waiting = []
    void write((updates, transaction) => {
      transaction.objectStore(stores.copies).put({ person: personId, board: boardId, openedAt: clock.now() })
      for (const row of early) putUnsaved(updates, row)
    })
    markSaved(savedUpTo)
  }

  return {
    get available() {
      return state.type === 'open'
    },
    get damaged() {
      return damaged
    },
    async open(encode, onChange) {
      encodeState = encode
      changed = onChange
      if (state.type !== 'closed') return
      state = { type: 'opening' }
      if (!factory) return fail()
      const cancelLimit = clock.after(OPEN_LIMIT, fail)
      try {
        const database = await openDatabase(factory)
        if (state.type === 'opening') begin(database)
        else database.close()
      } catch {
        fail()
      }
      cancelLimit()
      changed()
    },
    async read() {
      if (state.type !== 'open') return nothing
      try {
        const found = await readRows(state.database)
        const whole = found.filter((entry): entry is [RowKey, Row] => isWholeRow(entry[1]))
        const broken = found.filter(([, value]) => !isWholeRow(value))
        if (broken.length > 0) {
          await write((updates) => {
            for (const [key, value] of broken) setAside(updates, key, value)
          })
          changed()
        }
        readOnce = true
        // From here to the caller's use of them nothing may come between: what is known is taken to be in the document.
        for (const [key, row] of whole) take(key, row)
        const changes = whole.map(([key, row]) => (key[2] === 'unsaved' ? row.changes : 0))
        return { updates: whole.map(([, row]) => row.data), unsaved: changes.reduce((a, b) => a + b, 0) }
      } catch {
        fail()
        return nothing
      }
    },
    adopt(change) {
      for (const row of unsaved) row.change ??= change
      mergeAdopted(change)
      compact()
    },
    addLocal(data, change) {
      if (state.type === 'failed') return
      const row: UnsavedRow = { key: newKey('unsaved'), data, changes: 1, change }
      if (state.type !== 'open') {
        waiting.push(row)
        return
      }
      // What the change builds on goes first, or it could not be shown when the board is opened offline.
      const taken = takeGathered()
      void write((updates) => {
        putSaved(updates, taken)
        putUnsaved(updates, row)
      })
    },
    addRemote(data) {
      if (state.type === 'failed') return
      gathered.push(data)
      cancelGathering ??= clock.after(GATHER, () => void flush())
    },
    markSaved,
    async close() {
      await flush()
      cancelGathering?.()
      if (state.type === 'open') state.database.close()
      state = { type: 'closed' }
      changed = () => {}
    },
  }
}
