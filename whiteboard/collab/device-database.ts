import { hashBytes } from '../model/hash.ts'
import { requestDone } from './indexed-db.ts'

/**
 * The database of this browser for the copies of boards: rows of document updates, a list of the copies, and rows that
 * were found damaged.
 */
const NAME = 'drawbridge'
const VERSION = 1

/** Updates the server is known to have, and this person's own changes that it is not known to have. */
export type RowKind = 'saved' | 'unsaved'

/** `[person, board, kind, tab, number]`: all rows of a copy lie together, and a tab knows its keys beforehand. */
export type RowKey = [person: string, board: string, kind: RowKind, tab: string, number: number]

export interface Row {
  readonly data: Uint8Array
  /** How many changes of this person the row holds; 0 for saved rows. */
  readonly changes: number
  /** `hashBytes` of `data`: a damaged row is told from a whole one before it touches a document. */
  readonly checksum: number
}

/** A copy, as listed in the database. */
export interface CopyEntry {
  readonly person: string
  readonly board: string
  /** Milliseconds since the epoch. */
  readonly openedAt: number
}

export const stores = { updates: 'updates', copies: 'copies', damaged: 'damaged' } as const

export const rowOf = (data: Uint8Array, changes: number): Row => ({
  data,
  changes,
  checksum: hashBytes(data),
})

export const isWholeRow = (value: unknown): value is Row => {
  if (typeof value !== 'object' || value === null) return false
  const { data, changes, checksum: expected } = value as Partial<Row>
  return data instanceof Uint8Array && Number.isSafeInteger(changes) && hashBytes(data) === expected
}

/** The keys of one copy, of one kind of its rows when given. */
export const rowRange = (
  range: typeof IDBKeyRange,
  person: string,
  board: string,
  kind?: RowKind,
): IDBKeyRange => {
  const prefix = kind ? [person, board, kind] : [person, board]
  return range.bound(prefix, [...prefix, []])
}

/** @throws where the browser forbids it, as some do in private windows. */
export const openDatabase = async (factory: IDBFactory): Promise<IDBDatabase> => {
  const request = factory.open(NAME, VERSION)
  request.onupgradeneeded = () => {
    const database = request.result
    database.createObjectStore(stores.updates)
    database.createObjectStore(stores.copies, { keyPath: ['person', 'board'] })
    database.createObjectStore(stores.damaged)
  }
  const database = await requestDone(request)
  // A newer page that changes the layout, or clears the browser's data, must not have to wait for this one.
  database.onversionchange = () => database.close()
  return database
}

/** Runs `work` on a database that is open only for it. */
export const withDatabase = async <Result>(
  factory: IDBFactory,
  work: (database: IDBDatabase) => Promise<Result>,
): Promise<Result> => {
  const database = await openDatabase(factory)
  try {
    return await work(database)
  } finally {
    database.close()
  }
}

/** The copies on this device, of everybody who used it. */
export const listDeviceCopies = (factory: IDBFactory = indexedDB): Promise<CopyEntry[]> =>
  withDatabase(factory, (database) =>
    requestDone(database.transaction(stores.copies).objectStore(stores.copies).getAll()),
  )
