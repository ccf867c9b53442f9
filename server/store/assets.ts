import type { StoreClient } from './client.ts'
import { isReferenceViolation } from './client.ts'
import type { BoardAsset, Prisma } from './generated/sqlite/client.ts'
import { couldBeId } from './ids.ts'
import type { AddedAsset, AssetRow, Assets, AssetUse, NewAsset } from './types.ts'

const toAsset = ({ bytes, createdById, ...row }: BoardAsset): AssetRow => ({
  ...row,
  bytes: Number(bytes),
  createdBy: createdById,
})

const sumOf = async (client: Prisma.TransactionClient, where: Prisma.BoardAssetWhereInput): Promise<number> =>
  Number((await client.boardAsset.aggregate({ where, _sum: { bytes: true } }))._sum.bytes ?? 0)

/** Rows that are written to, if only as they are, are kept from other transactions: so quotas are counted one by one. */
const lock = async (transaction: Prisma.TransactionClient, { boardId, createdBy }: NewAsset) => {
  const board = await transaction.board.updateMany({ where: { id: boardId }, data: { id: boardId } })
  await transaction.user.updateMany({ where: { id: createdBy }, data: { id: createdBy } })
  return board.count > 0
}

const add = (client: StoreClient, asset: NewAsset, quota: AssetUse): Promise<AddedAsset> =>
  client.$transaction(async (transaction) => {
    const { boardId, hash, type, bytes, width, height, createdBy } = asset
    if (!(await lock(transaction, asset))) return 'board-gone'
    const known = await transaction.boardAsset.findUnique({ where: { boardId_hash: { boardId, hash } } })
    if (known) return 'added'
    if ((await sumOf(transaction, { boardId })) + bytes > quota.board) return 'board-full'
    if ((await sumOf(transaction, { createdById: createdBy })) + bytes > quota.person) return 'person-full'
    const size = { bytes: BigInt(bytes), width, height }
    const data = { boardId, hash, type, ...size, createdById: createdBy, createdAt: new Date() }
    await transaction.boardAsset.create({ data })
    return 'added'
  })

/** Which pictures belong to which boards; their bytes are kept elsewhere. */
export const createAssets = (client: StoreClient): Assets => ({
  find: async (boardId, hash) => {
    if (!couldBeId(boardId) || !couldBeId(hash)) return null
    const row = await client.boardAsset.findUnique({ where: { boardId_hash: { boardId, hash } } })
    return row && toAsset(row)
  },
  use: async (boardId, personId) => ({
    board: await sumOf(client, { boardId }),
    person: await sumOf(client, { createdById: personId }),
  }),
  add: async (asset, quota) => {
    try {
      return await add(client, asset, quota)
    } catch (error) {
      // The person was merged into another meanwhile, or the board removed.
      if (isReferenceViolation(error)) return 'board-gone'
      throw error
    }
  },
  needed: async (hashes) => {
    const rows = await client.boardAsset.findMany({
      where: { hash: { in: [...hashes] } },
      distinct: ['hash'],
      select: { hash: true },
    })
    return new Set(rows.map(({ hash }) => hash))
  },
})
