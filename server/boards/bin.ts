import type { BoardRow } from '../store/types.ts'
import { accessTo } from './access.ts'
import type { BoardsContext } from './context.ts'
import { boardNotFound } from './refusal.ts'

/** Milliseconds that a board stays in the bin. */
export const BIN_TIME = 30 * 24 * 3_600_000

/** Boards of the bin that are listed: those deleted last. */
const MAX_LISTED = 200

/** A board in the bin, and when it will be removed for good. */
export interface BinnedBoard extends Pick<BoardRow, 'id' | 'title' | 'updatedAt'> {
  readonly deletedAt: Date
  readonly removedAt: Date
}

/** What the person has put into the bin, last deleted first. */
export const listBin = async (context: BoardsContext, personId: string): Promise<BinnedBoard[]> => {
  const rows = await context.store.boards.listDeleted(personId, MAX_LISTED)
  return rows.flatMap(({ id, title, updatedAt, deletedAt }) =>
    deletedAt === null
      ? []
      : [{ id, title, updatedAt, deletedAt, removedAt: new Date(deletedAt.getTime() + BIN_TIME) }],
  )
}

/** Removes a board of the person's own that is in the bin, with all that hangs on it. @throws Refusal `not-found` */
export const removeFromBin = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<void> => {
  const { deleted } = await accessTo(context.store, { boardId, personId, now: context.now() })
  if (deleted === null || !(await context.store.boards.removeDeleted(boardId))) throw boardNotFound()
}
