import * as Y from 'yjs'
import { applyParts } from '../../whiteboard/model/updates/apply-parts.ts'
import { encodeState } from '../../whiteboard/model/updates/encode-state.ts'
import type { BoardRow, LinkRole } from '../store/types.ts'
import { partsOf, type StoredDocument } from '../sync/ports.ts'
import { inTurns } from '../turns.ts'
import { type Access, type AccessAnswer, accessTo, allows } from './access.ts'
import type { BoardsContext } from './context.ts'
import { boardNotFound, Refusal } from './refusal.ts'
import { cleanTitle, DEFAULT_TITLE, lengthOf, MAX_TITLE } from './text.ts'

/** What a person is to a board, in the words of the interface. */
export type BoardRole = 'owner' | LinkRole

export interface BoardView {
  readonly id: string
  readonly title: string
  readonly role: BoardRole
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly owner: { readonly name: string }
}

export const roleOf = (access: Exclude<Access, 'none'>): BoardRole => {
  if (access === 'own') return 'owner'
  return access === 'edit' ? 'editor' : 'viewer'
}

type Granted = Extract<AccessAnswer, { board: BoardRow }>

/**
 * The board, if the person may do `needed` on it.
 *
 * @throws Refusal `not-found` when they may not even see it, `not-allowed` when they may see it but not that.
 */
export const requireAccess = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  needed: Access,
): Promise<Granted> => {
  const answer = await accessTo(context.store, { boardId, personId, now: context.now() })
  if (answer.access === 'none') throw boardNotFound()
  if (!allows(answer.access, needed)) throw new Refusal('not-allowed', NOT_ALLOWED[needed])
  return answer
}

const NOT_ALLOWED: Record<Access, string> = {
  none: 'You may not do that on this board.',
  view: 'You may not do that on this board.',
  comment: 'You may only look at this board.',
  edit: 'You may only look at this board.',
  own: 'Only the owner of the board may do that.',
}

const view = (board: BoardRow, role: BoardRole, ownerName: string): BoardView => {
  const { id, title, createdAt, updatedAt } = board
  return { id, title, role, createdAt, updatedAt, owner: { name: ownerName } }
}

export const createBoard = async (
  context: BoardsContext,
  personId: string,
  title: string = DEFAULT_TITLE,
): Promise<BoardRow> => context.store.boards.create({ ownerId: personId, title: cleanTitle(title) })

/** @throws Refusal `not-found` */
export const getBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<BoardView> => {
  const { access, board } = await requireAccess(context, personId, boardId, 'view')
  const owner = await context.store.people.find(board.ownerId)
  return view(board, roleOf(access), owner?.name ?? '')
}

export const renameBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  title: string,
): Promise<BoardView> => {
  await requireAccess(context, personId, boardId, 'edit')
  await context.store.boards.rename(boardId, cleanTitle(title))
  return getBoard(context, personId, boardId)
}

/** Puts the board in the bin; everybody who has it open is told. */
export const deleteBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<void> => {
  await requireAccess(context, personId, boardId, 'own')
  await context.store.boards.setDeleted(boardId, context.now())
  context.accessEvents.emit({ type: 'board', boardId })
}

/** Takes the board out of the bin. A board that is not in it stays as it is. */
export const restoreBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<BoardView> => {
  const { deleted } = await accessTo(context.store, { boardId, personId, now: context.now() })
  if (deleted === null) {
    await requireAccess(context, personId, boardId, 'own')
  } else {
    await context.store.boards.setDeleted(boardId, null)
    context.accessEvents.emit({ type: 'board', boardId })
  }
  return getBoard(context, personId, boardId)
}

const COPY_SUFFIX = ' (copy)'

/** The title of a copy, kept within the limit. */
export const titleOfCopy = (title: string): string => {
  if (lengthOf(title) + COPY_SUFFIX.length <= MAX_TITLE) return title + COPY_SUFFIX
  const room = MAX_TITLE - COPY_SUFFIX.length - 1
  return `${[...title].slice(0, room).join('').trimEnd()}…${COPY_SUFFIX}`
}

/**
 * Updates as one, without the content of what they delete: who gets it need not be one who may see the history.
 * That takes as long as opening the board, in turns with everybody else.
 */
export const joinedState = async (updates: readonly Uint8Array[]): Promise<Uint8Array> => {
  const doc = new Y.Doc()
  try {
    await inTurns(applyParts(doc, updates, { origin: null }))
    return await inTurns(encodeState(doc))
  } finally {
    doc.destroy()
  }
}

/** A stored document as one update; snapshots have nothing in them any more that was deleted. */
export const wholeState = async (stored: StoredDocument): Promise<Uint8Array | null> => {
  const parts = partsOf(stored)
  if (parts.length === 0) return null
  return stored.snapshot !== null && parts.length === 1 ? stored.snapshot.data : joinedState(parts)
}

/** A board of the person's own with what is stored of another that they may see. */
export const duplicateBoard = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<BoardRow> => {
  const { board } = await requireAccess(context, personId, boardId, 'view')
  const state = await wholeState(await context.store.rooms.load(boardId))
  const copy = { ownerId: personId, title: titleOfCopy(board.title) }
  return state === null
    ? context.store.boards.create(copy)
    : context.store.boards.createWith(copy, state, boardId)
}
