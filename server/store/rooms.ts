import { createHash } from 'node:crypto'
import {
  DamagedSnapshotError,
  type PendingUpdate,
  type RoomStorage,
  type StoredDocument,
} from '../sync/ports.ts'
import { isReferenceViolation, isUniqueViolation, type StoreClient } from './client.ts'

/** Rows in one insert: with more, SQLite would keep the process busy for too long at a time. */
const insertLimit = 100
/** Log entries that are read at a time. */
const readLimit = 500

export const checksumOf = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')

/** Prisma wants an array over a buffer of its own kind, which what comes from a socket need not be. */
const bytes = (data: Uint8Array): Uint8Array<ArrayBuffer> =>
  data.buffer instanceof ArrayBuffer
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data)

const chunksOf = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )

interface LogEntry {
  readonly seq: bigint
  readonly data: Uint8Array
}

const readLog = async (client: StoreClient, boardId: string): Promise<LogEntry[]> => {
  const entries: LogEntry[] = []
  let page: LogEntry[]
  do {
    page = await client.boardUpdate.findMany({
      where: { boardId, seq: { gt: entries.at(-1)?.seq ?? 0n } },
      orderBy: { seq: 'asc' },
      take: readLimit,
      select: { seq: true, data: true },
    })
    entries.push(...page)
  } while (page.length === readLimit)
  return entries
}

/**
 * The log is read before the snapshot: what a compaction takes out of the log between the two is in the newer snapshot
 * that is read then, so the result is whole without a transaction.
 */
const load = async (client: StoreClient, boardId: string): Promise<StoredDocument> => {
  const entries = await readLog(client, boardId)
  const snapshot = await client.boardSnapshot.findFirst({ where: { boardId }, orderBy: { seq: 'desc' } })
  if (snapshot && checksumOf(snapshot.data) !== snapshot.checksum) {
    throw new DamagedSnapshotError(boardId, `the snapshot at ${snapshot.seq} fails its checksum`)
  }
  const base = snapshot?.seq ?? 0n
  const after = entries.filter(({ seq }) => seq > base)
  return {
    snapshot: snapshot?.data ?? null,
    updates: after.map(({ data }) => data),
    seq: Number(after.at(-1)?.seq ?? base),
  }
}

const existingBoards = async (
  client: StoreClient,
  updates: readonly PendingUpdate[],
): Promise<Set<string>> => {
  const ids = [...new Set(updates.map(({ boardId }) => boardId))]
  const boards = await client.board.findMany({ where: { id: { in: ids } }, select: { id: true } })
  return new Set(boards.map(({ id }) => id))
}

const insert = async (client: StoreClient, updates: readonly PendingUpdate[]): Promise<number[]> => {
  const rows = updates.map(({ boardId, data }) => ({ boardId, data: bytes(data) }))
  const statements = chunksOf(rows, insertLimit).map((data) =>
    client.boardUpdate.createManyAndReturn({ data, select: { seq: true } }),
  )
  // One statement is a transaction already.
  const [only] = statements
  const inserted = only && statements.length === 1 ? [await only] : await client.$transaction(statements)
  // Numbers are given out in the order of the rows, but need not come back in it.
  return inserted
    .flat()
    .map(({ seq }) => Number(seq))
    .sort((a, b) => a - b)
}

const append = async (client: StoreClient, updates: readonly PendingUpdate[]): Promise<number[]> => {
  if (updates.length === 0) return []
  const boards = await existingBoards(client, updates)
  const kept = updates.filter(({ boardId }) => boards.has(boardId))
  if (kept.length === 0) return updates.map(() => 0)
  try {
    const seqs = await insert(client, kept)
    return updates.map(({ boardId }) => (boards.has(boardId) ? (seqs.shift() ?? 0) : 0))
  } catch (error) {
    // A board was removed since we looked: look again. It ends, as each round has fewer boards.
    if (isReferenceViolation(error)) return append(client, updates)
    throw error
  }
}

const replaceLog = (client: StoreClient, boardId: string, seq: number, state: Uint8Array): Promise<void> => {
  const at = BigInt(seq)
  const data = bytes(state)
  const checksum = checksumOf(data)
  const id = { boardId_seq: { boardId, seq: at } }
  return client.$transaction(async (transaction) => {
    const board = await transaction.board.findUnique({ where: { id: boardId }, select: { id: true } })
    const newer = await transaction.boardSnapshot.findFirst({
      where: { boardId, seq: { gte: at } },
      select: { seq: true },
    })
    if (!board || newer) return
    await transaction.boardSnapshot.create({
      data: { boardId, seq: at, data, checksum, createdAt: new Date() },
    })
    // What it replaces is removed only when the snapshot is known to be readable.
    const written = await transaction.boardSnapshot.findUniqueOrThrow({ where: id })
    if (checksumOf(written.data) !== checksum) {
      throw new DamagedSnapshotError(boardId, 'the new snapshot did not come back as it was written')
    }
    await transaction.boardUpdate.deleteMany({ where: { boardId, seq: { lte: at } } })
    await transaction.boardSnapshot.deleteMany({ where: { boardId, seq: { lt: at } } })
  })
}

const compact = async (
  client: StoreClient,
  boardId: string,
  seq: number,
  state: Uint8Array,
): Promise<void> => {
  try {
    await replaceLog(client, boardId, seq, state)
  } catch (error) {
    // Another server was quicker, or the board was removed meanwhile: nothing is left to do.
    if (!isUniqueViolation(error) && !isReferenceViolation(error)) throw error
  }
}

/** Documents in the database: a log of updates, and snapshots that replace its beginning. */
export const createRooms = (client: StoreClient): RoomStorage => ({
  load: (boardId) => load(client, boardId),
  append: (updates) => append(client, updates),
  compact: (boardId, seq, state) => compact(client, boardId, seq, state),
})
