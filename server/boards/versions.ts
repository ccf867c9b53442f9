import { couldBeId } from '../store/ids.ts'
import type { BoardRow, VersionRow } from '../store/types.ts'
import { joinedState, requireAccess, titleOfCopy } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { boardNotFound, Refusal } from './refusal.ts'
import { takeVersion } from './take-version.ts'
import { lengthOf, plainLine } from './text.ts'
import { unpackState } from './version-state.ts'
import { versionLimits } from './version-thinning.ts'

const DEFAULT_PAGE = 50
const MAX_PAGE = 200
const MAX_VERSION_NAME = 100

export interface VersionList {
  readonly versions: readonly VersionRow[]
  /** Give it back as `cursor` for the next page; null on the last one. */
  readonly nextCursor: string | null
}

const noSuchVersion = (): Refusal =>
  new Refusal('not-found', 'This board has no such version. It may have been thinned out meanwhile.')

const encodeCursor = ({ createdAt, id }: VersionRow): string =>
  Buffer.from(`${createdAt.getTime()} ${id}`).toString('base64url')

/** @throws Refusal when it is not ours */
const decodeCursor = (cursor: string): { createdAt: Date; id: string } => {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (!/^\d{1,14}$/.test(time) || !couldBeId(id)) {
    throw new Refusal('invalid', 'That cursor is not one of ours: begin with the first page.')
  }
  return { createdAt: new Date(Number(time)), id }
}

/** The history of a board, newest first. For those who may change it: viewers are shown the board as it is. */
export const listVersions = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  page: { limit?: number | undefined; cursor?: string | undefined; namedOnly?: boolean } = {},
): Promise<VersionList> => {
  await requireAccess(context, personId, boardId, 'edit')
  const limit = Math.min(Math.max(page.limit ?? DEFAULT_PAGE, 1), MAX_PAGE)
  const rows = await context.store.versions.list(boardId, {
    limit: limit + 1,
    namedOnly: page.namedOnly ?? false,
    ...(page.cursor !== undefined && { after: decodeCursor(page.cursor) }),
  })
  const versions = rows.slice(0, limit)
  const last = versions.at(-1)
  return { versions, nextCursor: rows.length > limit && last ? encodeCursor(last) : null }
}

/** @throws Refusal when nothing is left of the name or it is too long */
const cleanVersionName = (raw: string): string => {
  const name = plainLine(raw)
  if (name === '') throw new Refusal('invalid', 'A version needs a name.')
  if (lengthOf(name) > MAX_VERSION_NAME) {
    throw new Refusal('invalid', `That name is too long: use at most ${MAX_VERSION_NAME} characters.`)
  }
  return name
}

/** Named versions are never thinned out, so there may only be so many. */
const checkRoom = async ({ store }: BoardsContext, boardId: string): Promise<void> => {
  const named = (await store.versions.outline(boardId)).filter(({ name }) => name !== null)
  const bytes = named.reduce((sum, version) => sum + version.bytes, 0)
  if (named.length < versionLimits.named && bytes < versionLimits.namedBytes) return
  throw new Refusal('full', 'This board has as many named versions as it can. Remove the name of one first.')
}

/** Keeps what is stored of the board now, under a name. @throws Refusal `invalid` when nobody has drawn on it */
export const nameCurrent = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  rawName: string,
): Promise<VersionRow> => {
  await requireAccess(context, personId, boardId, 'edit')
  const name = cleanVersionName(rawName)
  await checkRoom(context, boardId)
  const made = await takeNow(context, personId, boardId, { reason: 'named', name })
  if (!made) throw new Refusal('invalid', 'There is nothing on this board yet.')
  return made
}

const takeNow = (
  { store, now, versionKeeper }: BoardsContext,
  personId: string,
  boardId: string,
  about: Pick<VersionRow, 'reason' | 'name'>,
): Promise<VersionRow | null> => {
  const authors = versionKeeper?.takeAuthors(boardId) ?? []
  const elements = versionKeeper?.countElements(boardId) ?? null
  return takeVersion(store, { ...about, boardId, createdAt: now(), createdBy: personId, elements, authors })
}

const requireVersion = async (
  { store }: BoardsContext,
  boardId: string,
  versionId: string,
): Promise<VersionRow> => {
  const version = await store.versions.find(boardId, versionId)
  if (!version) throw noSuchVersion()
  return version
}

/** Gives a version a name, or takes it away: then it is thinned with the others. @throws Refusal `not-found`, `full` */
export const renameVersion = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  versionId: string,
  rawName: string | null,
): Promise<VersionRow> => {
  await requireAccess(context, personId, boardId, 'edit')
  const name = rawName === null ? null : cleanVersionName(rawName)
  const version = await requireVersion(context, boardId, versionId)
  if (version.name === null && name !== null) await checkRoom(context, boardId)
  if (!(await context.store.versions.rename(boardId, versionId, name))) throw noSuchVersion()
  return { ...version, name }
}

/** Only the owner takes something of the past away. @throws Refusal `not-found` */
export const removeVersion = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  versionId: string,
): Promise<void> => {
  await requireAccess(context, personId, boardId, 'own')
  if ((await context.store.versions.remove(boardId, [versionId])) === 0) throw noSuchVersion()
}

/** The packed state of a version (`version-state.ts`). @throws Refusal `not-found`; DamagedSnapshotError */
export const versionState = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  versionId: string,
): Promise<Uint8Array> => {
  await requireAccess(context, personId, boardId, 'edit')
  const state = await context.store.versions.read(boardId, versionId)
  if (!state) throw noSuchVersion()
  return state
}

/**
 * Says that somebody is about to go back to a version: what is stored now is kept first. The way back itself is an edit
 * that they make, so that it can be undone and merges with what others do. Null when there is nothing to keep.
 */
export const keepBeforeRestore = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  versionId: string,
): Promise<VersionRow | null> => {
  await requireAccess(context, personId, boardId, 'edit')
  await requireVersion(context, boardId, versionId)
  return takeNow(context, personId, boardId, { reason: 'before-restore', name: null })
}

/** A board of the person's own with the state of a version, and the board's pictures. */
export const copyVersion = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  versionId: string,
): Promise<BoardRow> => {
  const { board } = await requireAccess(context, personId, boardId, 'edit')
  const state = await context.store.versions.read(boardId, versionId)
  if (!state) throw noSuchVersion()
  const updates = await unpackState(boardId, state)
  if (updates.length === 0) throw boardNotFound()
  const copy = { ownerId: personId, title: titleOfCopy(board.title) }
  return context.store.boards.createWith(copy, await joinedState(updates), boardId)
}
