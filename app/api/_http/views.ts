import type { BinnedBoard } from '../../../server/boards/bin.ts'
import type { BoardView } from '../../../server/boards/boards.ts'
import type { LinkView } from '../../../server/boards/links.ts'
import type { VersionRow } from '../../../server/store/types.ts'

/** The address of a board. */
export const boardUrl = (origin: string, boardId: string): string => `${origin}/b/${boardId}`

export const boardJson = (origin: string, board: BoardView) => ({
  id: board.id,
  title: board.title,
  url: boardUrl(origin, board.id),
  role: board.role,
  createdAt: board.createdAt,
  updatedAt: board.updatedAt,
  owner: board.owner,
})

export const linkJson = (origin: string, { id, role, secret, createdAt, expiresAt }: LinkView) => ({
  id,
  role,
  url: `${origin}/s/${secret}`,
  createdAt,
  expiresAt,
})

export const versionJson = ({ createdBy, createdByName, ...version }: VersionRow) => ({
  id: version.id,
  name: version.name,
  reason: version.reason,
  createdAt: version.createdAt,
  createdBy: createdBy === null ? null : { id: createdBy, name: createdByName },
  elements: version.elements,
  authors: version.authors,
})

export const binnedJson = ({ id, title, updatedAt, deletedAt, removedAt }: BinnedBoard) => ({
  id,
  title,
  updatedAt,
  deletedAt,
  removedAt,
})
