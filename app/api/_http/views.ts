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

export const versionJson = ({ id, name, reason, createdAt, elements, authors, ...by }: VersionRow) => ({
  id,
  name,
  reason,
  createdAt,
  createdBy: by.createdBy === null ? null : { id: by.createdBy, name: by.createdByName },
  elements,
  authors,
})

export const binnedJson = ({ id, title, updatedAt, deletedAt, removedAt }: BinnedBoard) => ({
  id,
  title,
  updatedAt,
  deletedAt,
  removedAt,
})
