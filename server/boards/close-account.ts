import type { BoardsContext } from './context.ts'

/**
 * Removes a person for good, with the boards that are theirs, the bin included. Links to those boards are dead; everybody who
 * has one open is told that it is gone. What the person drew on boards of others stays there.
 */
export const closeAccount = async (
  { store, accessEvents }: Pick<BoardsContext, 'store' | 'accessEvents'>,
  personId: string,
): Promise<void> => {
  const boardIds = await store.people.remove(personId)
  accessEvents.emit({ type: 'person', personId })
  for (const boardId of boardIds) accessEvents.emit({ type: 'board', boardId })
}
