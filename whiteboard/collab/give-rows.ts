import { requestDone } from './indexed-db.ts'

/** The keys of all rows of a person, where keys begin with whose a row is. */
export const rowsOfPerson = (range: typeof IDBKeyRange, person: string): IDBKeyRange =>
  range.bound([person], [person, []])

/**
 * Makes rows somebody else's, one after the other, for all of them at once may be more than a page has memory for; nobody's,
 * and gone, when `to` is null.
 *
 * @returns the boards that they are of, which their keys name next
 */
export const giveRows = async (
  store: IDBObjectStore,
  rows: IDBKeyRange,
  to: string | null,
): Promise<ReadonlySet<string>> => {
  const boards = new Set<string>()
  for (const key of await requestDone(store.getAllKeys(rows))) {
    const [, board, ...rest] = key as [person: string, board: string, ...rest: IDBValidKey[]]
    if (to !== null) store.put(await requestDone(store.get(key)), [to, board, ...rest])
    boards.add(board)
  }
  store.delete(rows)
  return boards
}
