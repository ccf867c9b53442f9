import { checksumOf } from './checksums.ts'
import type { StoreClient } from './client.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import { couldBeId, newId } from './ids.ts'
import { toLinkRole } from './links.ts'
import type { BoardRow, Boards, LinkRole, ListedBoard } from './types.ts'

const columns = {
  id: true,
  ownerId: true,
  title: true,
  createdAt: true,
  updatedAt: true,
  deletedAt: true,
} as const satisfies Prisma.BoardSelect

const livingAt = (now: Date): Prisma.ShareLinkWhereInput => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
})

const strongest = (roles: readonly LinkRole[]): LinkRole => (roles.includes('editor') ? 'editor' : 'viewer')

type BoardContents = Pick<Prisma.BoardUncheckedCreateInput, 'snapshots' | 'assets'>

/** Nobody's account is charged for copies: the bytes are kept once. */
const copiedAssets = (client: StoreClient, boardId: string) =>
  client.boardAsset.findMany({
    where: { boardId },
    select: { hash: true, type: true, bytes: true, width: true, height: true },
  })

type Page = Parameters<Boards['listFor']>[1]

const listFor = async (client: StoreClient, personId: string, page: Page): Promise<ListedBoard[]> => {
  const visited = { userId: personId, link: livingAt(new Date()) }
  const { after } = page
  const rows = await client.board.findMany({
    where: {
      deletedAt: null,
      AND: [
        { OR: [{ ownerId: personId }, { linkVisits: { some: visited } }] },
        after
          ? {
              OR: [
                { updatedAt: { lt: after.updatedAt } },
                { updatedAt: after.updatedAt, id: { gt: after.id } },
              ],
            }
          : {},
      ],
    },
    orderBy: [{ updatedAt: 'desc' }, { id: 'asc' }],
    take: page.limit,
    select: {
      ...columns,
      owner: { select: { name: true } },
      linkVisits: { where: visited, select: { link: { select: { role: true } } } },
    },
  })
  return rows.map(({ owner, linkVisits, ...board }) => ({
    ...board,
    ownerName: owner.name ?? '',
    linkRole:
      board.ownerId === personId ? null : strongest(linkVisits.map(({ link }) => toLinkRole(link.role))),
  }))
}

export const createBoards = (client: StoreClient): Boards => {
  const change = async (id: string, data: Prisma.BoardUpdateManyMutationInput): Promise<void> => {
    await client.board.updateMany({ where: { id }, data })
  }
  const insert = async (
    { ownerId, title }: { ownerId: string; title: string },
    contents: BoardContents = {},
  ): Promise<BoardRow> => {
    const now = new Date()
    const data = { id: newId(), ownerId, title, createdAt: now, updatedAt: now, ...contents }
    return client.board.create({ data, select: columns })
  }
  return {
    find: async (id) => (couldBeId(id) ? client.board.findUnique({ where: { id }, select: columns }) : null),
    create: (board) => insert(board),
    createWith: async (board, document, picturesOf) => {
      const data = new Uint8Array(document)
      const snapshot = { seq: 0, data, checksum: checksumOf(data), createdAt: new Date() }
      return insert(board, {
        snapshots: { create: snapshot },
        ...(picturesOf && { assets: { create: await copiedAssets(client, picturesOf) } }),
      })
    },
    rename: (id, title) => change(id, { title, updatedAt: new Date() }),
    touch: async (ids, at) => {
      await client.board.updateMany({
        where: { id: { in: [...ids] }, updatedAt: { lt: at } },
        data: { updatedAt: at },
      })
    },
    setDeleted: (id, deletedAt) => change(id, { deletedAt }),
    listDeleted: (personId, limit) =>
      client.board.findMany({
        where: { ownerId: personId, deletedAt: { not: null } },
        orderBy: [{ deletedAt: 'desc' }, { id: 'asc' }],
        take: limit,
        select: columns,
      }),
    deletedBefore: async (before, limit) => {
      const where = { deletedAt: { lt: before } }
      const rows = await client.board.findMany({ where, take: limit, select: { id: true } })
      return rows.map(({ id }) => id)
    },
    removeDeleted: async (id) => {
      if (!couldBeId(id)) return false
      return (await client.board.deleteMany({ where: { id, deletedAt: { not: null } } })).count > 0
    },
    listFor: (personId, page) => listFor(client, personId, page),
  }
}
