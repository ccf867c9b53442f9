import { isWholeRow, openDatabase, type RowKey, rowRange, stores } from './device-database.ts'
import { requestDone, transactionDone } from './indexed-db.ts'

export interface SetAsideOptions {
  readonly personId: string
  readonly boardId: string
  /** The browser's own unless given. */
  readonly factory?: IDBFactory
  readonly range?: typeof IDBKeyRange
}

/**
 * Takes the copy of a board out of use, so that it opens as it is on the server: for changes that the server will never
 * take, which would otherwise be sent again each time. Those not known to be on the server go to where damaged rows are kept,
 * for somebody to look at; what is left is on the server, and goes, since a state among it holds the same changes.
 *
 * For a page that is left right after: a board that goes on being open would write what builds on the rows that are gone.
 *
 * @returns how many changes were set aside
 * @throws where the browser gives no database
 */
export const setDeviceCopyAside = async (options: SetAsideOptions): Promise<number> => {
  const { personId, boardId, factory = globalThis.indexedDB, range = globalThis.IDBKeyRange } = options
  const database = await openDatabase(factory)
  try {
    const transaction = database.transaction([stores.updates, stores.damaged], 'readwrite')
    const done = transactionDone(transaction)
    const updates = transaction.objectStore(stores.updates)
    const unsaved = rowRange(range, personId, boardId, 'unsaved')
    const keys = (await requestDone(updates.getAllKeys(unsaved))) as RowKey[]
    const rows: unknown[] = await requestDone(updates.getAll(unsaved))
    for (const [index, key] of keys.entries()) transaction.objectStore(stores.damaged).put(rows[index], key)
    updates.delete(rowRange(range, personId, boardId))
    await done
    return rows.reduce((sum: number, row) => sum + (isWholeRow(row) ? row.changes : 0), 0)
  } finally {
    database.close()
  }
}
