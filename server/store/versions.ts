import { DamagedSnapshotError } from '../sync/ports.ts'
import { checksumOf } from './checksums.ts'
import { isReferenceViolation, type StoreClient } from './client.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import { couldBeId, newId } from './ids.ts'
import type { NewVersion, VersionOutline, VersionPage, VersionReason, VersionRow, Versions } from './types.ts'

const REASONS: readonly VersionReason[] = ['worked', 'named', 'before-restore', 'before-clearing']

/** A reason that this version of the server does not know is one like any other. */
const toReason = (reason: string): VersionReason => REASONS.find((each) => each === reason) ?? 'worked'

/** Stands in the database for a version whose elements nobody has counted. */
const NOT_COUNTED = -1

const columns = {
  id: true,
  boardId: true,
  name: true,
  reason: true,
  createdAt: true,
  createdById: true,
  createdBy: { select: { name: true } },
  elements: true,
  authors: { select: { user: { select: { id: true, name: true } } }, orderBy: { userId: 'asc' } },
} as const satisfies Prisma.BoardVersionSelect

type Row = Prisma.BoardVersionGetPayload<{ select: typeof columns }>

const toVersion = ({ createdById, createdBy, reason, authors, elements, ...row }: Row): VersionRow => ({
  ...row,
  reason: toReason(reason),
  createdBy: createdById,
  createdByName: createdBy && (createdBy.name ?? ''),
  elements: elements === NOT_COUNTED ? null : elements,
  authors: authors.map(({ user }) => ({ id: user.id, name: user.name ?? '' })),
})

const newestFirst = [
  { createdAt: 'desc' },
  { id: 'asc' },
] as const satisfies Prisma.BoardVersionOrderByWithRelationInput[]

/** Guests may have been merged into accounts since they wrote. */
const insert = (client: StoreClient, version: NewVersion): Promise<VersionRow> =>
  client.$transaction(async (transaction) => {
    const { authors, createdBy, elements, data: state, ...rest } = version
    const wanted = createdBy === null ? [...authors] : [...authors, createdBy]
    const found = await transaction.user.findMany({ where: { id: { in: wanted } }, select: { id: true } })
    const known = new Set(found.map(({ id }) => id))
    const data = new Uint8Array(state)
    const row = await transaction.boardVersion.create({
      data: {
        ...rest,
        id: newId(),
        elements: elements ?? NOT_COUNTED,
        createdById: createdBy !== null && known.has(createdBy) ? createdBy : null,
        data,
        checksum: checksumOf(data),
        authors: {
          create: [...new Set(authors)].filter((id) => known.has(id)).map((userId) => ({ userId })),
        },
      },
      select: columns,
    })
    return toVersion(row)
  })

const create = async (client: StoreClient, version: NewVersion): Promise<VersionRow | null> => {
  const where = { id: version.boardId }
  try {
    return (await client.board.count({ where })) === 0 ? null : await insert(client, version)
  } catch (error) {
    if (isReferenceViolation(error) && (await client.board.count({ where })) === 0) return null
    throw error
  }
}

const list = async (client: StoreClient, boardId: string, page: VersionPage): Promise<VersionRow[]> => {
  const { limit, after, namedOnly = false } = page
  const rows = await client.boardVersion.findMany({
    where: {
      boardId,
      ...(namedOnly && { name: { not: null } }),
      ...(after && {
        OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { gt: after.id } }],
      }),
    },
    orderBy: [...newestFirst],
    take: limit,
    select: columns,
  })
  return rows.map(toVersion)
}

const read = async (client: StoreClient, boardId: string, id: string): Promise<Uint8Array | null> => {
  const row = await client.boardVersion.findFirst({
    where: { boardId, id },
    select: { data: true, checksum: true },
  })
  if (row && checksumOf(row.data) !== row.checksum) {
    throw new DamagedSnapshotError(boardId, `the version ${id} fails its checksum`)
  }
  return row?.data ?? null
}

const outline = async (client: StoreClient, boardId: string): Promise<VersionOutline[]> => {
  const sizes = await client.$queryRaw<{ id: string; bytes: number | bigint }[]>`
    SELECT "id", length("data") AS "bytes" FROM "BoardVersion" WHERE "boardId" = ${boardId}`
  const bytesOf = new Map(sizes.map(({ id, bytes }) => [id, Number(bytes)]))
  const rows = await client.boardVersion.findMany({
    where: { boardId },
    orderBy: [...newestFirst],
    select: { id: true, name: true, reason: true, createdAt: true },
  })
  return rows.map((row) => ({ ...row, reason: toReason(row.reason), bytes: bytesOf.get(row.id) ?? 0 }))
}

/** States of boards that people may look at and go back to. */
export const createVersions = (client: StoreClient): Versions => {
  const areIds = (...ids: readonly string[]): boolean => ids.every(couldBeId)
  return {
    create: (version) => create(client, version),
    list: (boardId, page) => list(client, boardId, page),
    find: async (boardId, id) => {
      if (!areIds(boardId, id)) return null
      const row = await client.boardVersion.findFirst({ where: { boardId, id }, select: columns })
      return row && toVersion(row)
    },
    read: async (boardId, id) => (areIds(boardId, id) ? read(client, boardId, id) : null),
    rename: async (boardId, id, name) => {
      if (!areIds(boardId, id)) return false
      return (await client.boardVersion.updateMany({ where: { boardId, id }, data: { name } })).count > 0
    },
    remove: async (boardId, ids) => {
      const where = { boardId, id: { in: ids.filter(couldBeId) } }
      return (await client.boardVersion.deleteMany({ where })).count
    },
    outline: (boardId) => outline(client, boardId),
    boardsWithVersions: async (after, limit) => {
      const rows = await client.$queryRaw<{ boardId: string }[]>`
        SELECT DISTINCT "boardId" FROM "BoardVersion" WHERE "boardId" > ${after} ORDER BY "boardId" LIMIT ${limit}`
      return rows.map(({ boardId }) => boardId)
    },
  }
}
