import { type CopyEntry, openDatabase, type RowKey, rowRange, stores } from './device-database.ts'
import { requestDone, transactionDone } from './indexed-db.ts'

const moveCopy = async (transaction: IDBTransaction, rows: IDBKeyRange, entry: CopyEntry, to: string) => {
  const updates = transaction.objectStore(stores.updates)
  const copies = transaction.objectStore(stores.copies)
  const [keys, values] = await Promise.all([
    requestDone(updates.getAllKeys(rows)),
    requestDone(updates.getAll(rows)),
  ])
  for (const [index, key] of keys.entries()) {
    const [, ...rest] = key as RowKey
    updates.put(values[index], [to, ...rest])
    updates.delete(key)
  }
  copies.put({ ...entry, person: to })
  copies.delete([entry.person, entry.board])
}

/**
 * A guest has become somebody with an account: the copies of boards on this device are that person's now, and what was never
 * sent goes out when they open the board. Tabs have names of their own, so rows of two copies of a board fit together.
 */
export const moveDeviceCopies = async (
  from: string,
  to: string,
  factory: IDBFactory = indexedDB,
  range: typeof IDBKeyRange = IDBKeyRange,
): Promise<void> => {
  const database = await openDatabase(factory)
  try {
    const transaction = database.transaction(Object.values(stores), 'readwrite')
    const done = transactionDone(transaction)
    const entries: CopyEntry[] = await requestDone(transaction.objectStore(stores.copies).getAll())
    for (const entry of entries) {
      if (entry.person === from) await moveCopy(transaction, rowRange(range, from, entry.board), entry, to)
    }
    await done
  } finally {
    database.close()
  }
}
