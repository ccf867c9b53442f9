import { type CopyEntry, stores, withDatabase } from './device-database.ts'
import { giveRows, rowsOfPerson } from './give-rows.ts'
import { requestDone, transactionDone } from './indexed-db.ts'

interface Place {
  /** The browser's own unless given. */
  readonly factory?: IDBFactory
  readonly range?: typeof IDBKeyRange
}

const withRows = (
  { factory = indexedDB }: Place,
  work: (transaction: IDBTransaction) => Promise<void>,
): Promise<void> =>
  withDatabase(factory, async (database) => {
    const transaction = database.transaction(Object.values(stores), 'readwrite')
    const done = transactionDone(transaction)
    await work(transaction)
    await done
  })

const entriesOf = async (copies: IDBObjectStore, person: string): Promise<CopyEntry[]> => {
  const entries: CopyEntry[] = await requestDone(copies.getAll())
  return entries.filter((entry) => entry.person === person)
}

/** What is on the list goes over; so do boards of which only rows are there. */
const moveEntries = async (
  copies: IDBObjectStore,
  { from, to, boards }: { from: string; to: string; boards: ReadonlySet<string> },
): Promise<void> => {
  const [before, after] = [await entriesOf(copies, from), await entriesOf(copies, to)]
  const openedAt = (entries: readonly CopyEntry[], board: string): number =>
    entries.find((entry) => entry.board === board)?.openedAt ?? 0
  for (const board of new Set([...boards, ...before.map((entry) => entry.board)])) {
    const entry: CopyEntry = {
      person: to,
      board,
      openedAt: Math.max(openedAt(before, board), openedAt(after, board)),
    }
    copies.put(entry)
    copies.delete([from, board])
  }
}

/**
 * A guest has become somebody with an account: the copies of boards on this device are that person's now, and what was never
 * sent goes out when they open the board. Tabs have names of their own, so rows of two copies of a board fit together. Nothing
 * is lost by doing it again: a tab that was open without a network may have gone on writing as the guest.
 */
export const moveDeviceCopies = (from: string, to: string, place: Place = {}): Promise<void> => {
  const { range = IDBKeyRange } = place
  return withRows(place, async (transaction) => {
    const rows = rowsOfPerson(range, from)
    const boards = await giveRows(transaction.objectStore(stores.updates), rows, to)
    await moveEntries(transaction.objectStore(stores.copies), { from, to, boards })
  })
}

/** Forgets all copies of a person who is no more. Those that cannot be sent any more go too. */
export const forgetDeviceCopies = (person: string, place: Place = {}): Promise<void> => {
  const { range = IDBKeyRange } = place
  return withRows(place, async (transaction) => {
    for (const name of [stores.updates, stores.damaged, stores.copies]) {
      transaction.objectStore(name).delete(rowsOfPerson(range, person))
    }
  })
}
