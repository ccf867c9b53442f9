import { couldBeId } from '../store/ids.ts'
import type { BoardView } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { Refusal } from './refusal.ts'

const DEFAULT_PAGE = 30
const MAX_PAGE = 100

export interface BoardPage {
  readonly boards: readonly BoardView[]
  /** Give it back as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

interface Position {
  readonly updatedAt: Date
  readonly id: string
}

/** The end of the year 9999: databases write later times in ways of their own. */
const LATEST = Date.UTC(10_000, 0) - 1

const encodeCursor = ({ updatedAt, id }: Position): string =>
  Buffer.from(`${updatedAt.getTime()} ${id}`).toString('base64url')

/** A cursor holds no rights: it only says where to go on in the person's own list. @throws Refusal when it is not ours */
const decodeCursor = (cursor: string): Position => {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  const updatedAt = new Date(/^\d{1,15}$/.test(time) ? Number(time) : Number.NaN)
  if (!(updatedAt.getTime() <= LATEST) || !couldBeId(id)) {
    throw new Refusal('invalid', 'That cursor is not one of ours: begin with the first page.')
  }
  return { updatedAt, id }
}

/** The boards that the person owns or came to through a link that still works, newest first. */
export const listBoards = async (
  context: BoardsContext,
  personId: string,
  page: { limit?: number | undefined; cursor?: string | undefined } = {},
): Promise<BoardPage> => {
  const limit = Math.min(Math.max(page.limit ?? DEFAULT_PAGE, 1), MAX_PAGE)
  const after = page.cursor === undefined ? {} : { after: decodeCursor(page.cursor) }
  const rows = await context.store.boards.listFor(personId, { limit: limit + 1, ...after })
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    boards: shown.map(({ id, title, linkRole, createdAt, updatedAt, ownerName }) => {
      return { id, title, role: linkRole ?? 'owner', createdAt, updatedAt, owner: { name: ownerName } }
    }),
    nextCursor: rows.length > limit && last ? encodeCursor(last) : null,
  }
}
