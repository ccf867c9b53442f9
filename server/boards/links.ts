import type { LinkRole, LinkRow } from '../store/types.ts'
import { accessTo, isAlive } from './access.ts'
import { type BoardRole, requireAccess, roleOf } from './boards.ts'
import type { BoardsContext } from './context.ts'
import { linkSecret, readLinkSecret } from './link-secret.ts'
import { linkDead, Refusal } from './refusal.ts'

export interface LinkView {
  readonly id: string
  readonly role: LinkRole
  /** What stands after `/s/` in the link's address. */
  readonly secret: string
  readonly createdAt: Date
  readonly expiresAt: Date | null
}

/** More would only be a way to fill the database. */
const MAX_LIVING_LINKS = 100

const view = (context: BoardsContext, { id, role, createdAt, expiresAt }: LinkRow): LinkView => ({
  id,
  role,
  secret: linkSecret(id, context.secret),
  createdAt,
  expiresAt,
})

/** The links of a board that still work, newest first. For its owner. */
export const listLinks = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
): Promise<LinkView[]> => {
  await requireAccess(context, personId, boardId, 'own')
  const links = await context.store.links.listFor(boardId)
  const now = context.now()
  return links.filter((link) => isAlive(link, now)).map((link) => view(context, link))
}

export const createLink = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  { role, expiresAt = null }: { role: LinkRole; expiresAt?: Date | null | undefined },
): Promise<LinkView> => {
  const living = await listLinks(context, personId, boardId)
  if (living.length >= MAX_LIVING_LINKS) {
    throw new Refusal(
      'invalid',
      `A board can have ${MAX_LIVING_LINKS} links: revoke one that you no longer need.`,
    )
  }
  if (expiresAt !== null && expiresAt.getTime() <= context.now().getTime()) {
    throw new Refusal('invalid', 'A link cannot expire in the past.')
  }
  return view(context, await context.store.links.create({ boardId, role, expiresAt }))
}

/** Ends a link, and with it the sessions that only it allowed. Revoking twice is no mistake. */
export const revokeLink = async (
  context: BoardsContext,
  personId: string,
  boardId: string,
  linkId: string,
): Promise<void> => {
  await requireAccess(context, personId, boardId, 'own')
  const known = await context.store.links.revoke(boardId, linkId, context.now())
  if (!known) throw new Refusal('not-found', 'This board has no such link.')
  context.accessEvents.emit({ type: 'board', boardId })
}

/**
 * The living link that a secret opens, or null for everything else: a secret that we did not make, a revoked or expired
 * link, a deleted board.
 */
export const livingLink = async (context: BoardsContext, shown: string): Promise<LinkRow | null> => {
  const linkId = readLinkSecret(shown, context.secret)
  const link = linkId === null ? null : await context.store.links.find(linkId)
  if (!link || !isAlive(link, context.now())) return null
  const board = await context.store.boards.find(link.boardId)
  return board && board.deletedAt === null ? link : null
}

export interface LinkPreview {
  readonly boardId: string
  readonly title: string
  readonly role: LinkRole
  readonly ownerName: string
}

/** What somebody who holds a link may know before they join: nothing is recorded. Null for a dead or unknown link. */
export const previewLink = async (context: BoardsContext, shown: string): Promise<LinkPreview | null> => {
  const link = await livingLink(context, shown)
  const board = link && (await context.store.boards.find(link.boardId))
  if (!link || !board) return null
  const owner = await context.store.people.find(board.ownerId)
  return { boardId: board.id, title: board.title, role: link.role, ownerName: owner?.name ?? '' }
}

/**
 * The person comes in through a link: from now on they may do what it allows, for as long as it lives. Somebody who may
 * do more already keeps that. @throws Refusal `link-dead`
 */
export const joinByLink = async (
  context: BoardsContext,
  personId: string,
  shown: string,
): Promise<{ boardId: string; role: BoardRole; title: string }> => {
  const link = await livingLink(context, shown)
  if (!link) throw linkDead()
  const question = { boardId: link.boardId, personId, linkId: link.id, now: context.now() }
  const { access, board } = await accessTo(context.store, question)
  if (access === 'none') throw linkDead()
  if (access !== 'own') await context.store.links.visit(link.id, link.boardId, personId, context.now())
  return { boardId: board.id, role: roleOf(access), title: board.title }
}
