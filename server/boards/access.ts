import type { BoardRow, LinkRole, LinkRow, Store } from '../store/types.ts'

/** What a person may do on a board, weakest first. Each includes what stands before it. */
const LEVELS = ['none', 'view', 'comment', 'edit', 'own'] as const
export type Access = (typeof LEVELS)[number]

/** Whether `access` allows what `needed` allows. */
export const allows = (access: Access, needed: Access): boolean =>
  LEVELS.indexOf(access) >= LEVELS.indexOf(needed)

const accessOfLink: Record<LinkRole, Access> = { viewer: 'view', editor: 'edit' }

const stronger = (a: Access, b: Access): Access => (allows(a, b) ? a : b)

/** Whether a link opens its board at `now`. */
export const isAlive = (link: LinkRow, now: Date): boolean =>
  link.revokedAt === null && (link.expiresAt === null || link.expiresAt.getTime() > now.getTime())

/** Who asks for which board. */
export interface AccessQuestion {
  readonly boardId: string
  /** Null for somebody without a session. */
  readonly personId: string | null
  /** A share link shown with the request (its secret verified already), beside those that the person came through before. */
  readonly linkId?: string | null
  readonly now: Date
}

/** `until`: when the last of the links that give the access expires; null when it does not end by itself. */
export type AccessAnswer = { readonly until: Date | null } & (
  | { readonly access: 'none'; readonly board: null; readonly deleted: null }
  | { readonly access: 'none'; readonly board: null; readonly deleted: BoardRow }
  | { readonly access: Exclude<Access, 'none'>; readonly board: BoardRow; readonly deleted: null }
)

const nothing: AccessAnswer = { access: 'none', board: null, deleted: null, until: null }

/** When the last of some links expires; null when one never does. */
const lastExpiry = (links: readonly LinkRow[]): Date | null => {
  const times = links.map(({ expiresAt }) => expiresAt?.getTime() ?? Number.POSITIVE_INFINITY)
  const last = Math.max(...times)
  return Number.isFinite(last) ? new Date(last) : null
}

const linksFor = async (store: Store, { boardId, personId, linkId }: AccessQuestion): Promise<LinkRow[]> => {
  const visited = personId === null ? [] : await store.links.visitedBy(boardId, personId)
  const shown = linkId ? await store.links.find(linkId) : null
  return shown && shown.boardId === boardId ? [...visited, shown] : visited
}

/**
 * The only place that decides what somebody may do on a board: from ownership, living links that they came through, and
 * a link shown with the request. A board in the bin gives nobody anything; `deleted` is then set for its owner alone,
 * who may bring it back.
 */
export const accessTo = async (store: Store, question: AccessQuestion): Promise<AccessAnswer> => {
  const board = await store.boards.find(question.boardId)
  if (!board) return nothing
  const owns = question.personId !== null && board.ownerId === question.personId
  if (board.deletedAt !== null) return owns ? { ...nothing, deleted: board } : nothing
  if (owns) return { access: 'own', board, deleted: null, until: null }
  const links = await linksFor(store, question)
  const living = links.filter((link) => isAlive(link, question.now))
  const access = living.map((link) => accessOfLink[link.role]).reduce(stronger, 'none')
  if (access === 'none') return nothing
  const giving = living.filter((link) => accessOfLink[link.role] === access)
  return { access, board, deleted: null, until: lastExpiry(giving) }
}
