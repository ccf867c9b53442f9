import { giveRows, rowsOfPerson } from '../../collab/give-rows.ts'
import { requestDone, transactionDone } from '../../collab/indexed-db.ts'
import type { AssetId } from '../../model/surface.ts'

/** A picture that waits to be sent. */
export interface WaitingUpload {
  readonly asset: AssetId
  readonly picture: Blob
}

/** Keeps pictures that are not on the server yet, so that they survive the page. */
export interface UploadDatabase {
  all(): Promise<WaitingUpload[]>
  count(): Promise<number>
  put(upload: WaitingUpload): Promise<void>
  delete(asset: AssetId): Promise<void>
}

const NAME = 'drawbridge-uploads'
const STORE = 'uploads'

/** Bytes and not a Blob: some browsers lose those that they keep. */
interface Row {
  readonly asset: AssetId
  readonly type: string
  readonly bytes: ArrayBuffer
}

const isRow = (value: unknown): value is Row => {
  const { asset, type, bytes } = (value ?? {}) as Partial<Row>
  return typeof asset === 'string' && typeof type === 'string' && bytes instanceof ArrayBuffer
}

const openUploads = async (factory: IDBFactory): Promise<IDBDatabase> => {
  const request = factory.open(NAME, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(STORE)
  const database = await requestDone(request)
  database.onversionchange = () => database.close()
  return database
}

/**
 * A person's pictures that wait are somebody else's from now on, who sends them when they open the board; nobody's, and gone,
 * when `to` is null.
 *
 * @returns the boards that they are on
 */
export const moveUploads = async (
  from: string,
  to: string | null,
  { factory = indexedDB, range = IDBKeyRange }: { factory?: IDBFactory; range?: typeof IDBKeyRange } = {},
): Promise<ReadonlySet<string>> => {
  const database = await openUploads(factory)
  try {
    const transaction = database.transaction(STORE, 'readwrite')
    const done = transactionDone(transaction)
    const boards = await giveRows(transaction.objectStore(STORE), rowsOfPerson(range, from), to)
    await done
    return boards
  } finally {
    database.close()
  }
}

/** The pictures that one person put on one board, on this device. */
export const createUploadDatabase = (
  personId: string,
  boardId: string,
  factory: IDBFactory = indexedDB,
  range: typeof IDBKeyRange = IDBKeyRange,
): UploadDatabase => {
  const use = async <Result>(
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => IDBRequest<Result>,
  ): Promise<Result> => {
    const database = await openUploads(factory)
    try {
      const transaction = database.transaction(STORE, mode)
      const done = transactionDone(transaction)
      const [result] = await Promise.all([requestDone(work(transaction.objectStore(STORE))), done])
      return result
    } finally {
      database.close()
    }
  }
  const prefix = [personId, boardId]
  const mine = (): IDBKeyRange => range.bound(prefix, [...prefix, []])
  return {
    all: async () => {
      const rows = await use<unknown[]>('readonly', (store) => store.getAll(mine()))
      return rows
        .filter(isRow)
        .map(({ asset, type, bytes }) => ({ asset, picture: new Blob([bytes], { type }) }))
    },
    count: () => use('readonly', (store) => store.count(mine())),
    put: async ({ asset, picture }) => {
      const row: Row = { asset, type: picture.type, bytes: await picture.arrayBuffer() }
      await use('readwrite', (store) => store.put(row, [...prefix, asset]))
    },
    delete: async (asset) => {
      await use('readwrite', (store) => store.delete([...prefix, asset]))
    },
  }
}
