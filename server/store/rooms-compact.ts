import {
  type Compaction,
  type CompactionOutcome,
  DamagedSnapshotError,
  type StoredSnapshot,
} from '../sync/ports.ts'
import { checksumOf } from './checksums.ts'
import { isListed, NO_SNAPSHOT } from './rooms-read.ts'
import type { Sql, SqlDatabase } from './sql.ts'

/** A moment as both databases keep it. */
export const timestamp = (date: Date): string => date.toISOString().replace('Z', '+00:00')

const superseded: CompactionOutcome = { type: 'superseded' }

/** Whether the board is there; on PostgreSQL other compactions of it wait from here on, and nobody else does. */
const lockBoard = async (sql: Sql, provider: SqlDatabase['provider'], boardId: string): Promise<boolean> => {
  const lock = provider === 'sqlite' ? '' : 'FOR NO KEY UPDATE'
  return (await sql.all(`SELECT "id" FROM "Board" WHERE "id" = $1 ${lock}`, [boardId])).length > 0
}

interface Bounds {
  readonly newest: number | string | null
  readonly good: number | string | null
}

const toNumber = (value: number | string | null | undefined): number =>
  value === null || value === undefined ? NO_SNAPSHOT : Number(value)

/** The numbers of the newest snapshot, and of the newest that is not set aside. */
const boundsOf = async (sql: Sql, boardId: string): Promise<{ newest: number; good: number }> => {
  const [row] = await sql.all<Bounds>(
    `SELECT max("seq") AS "newest", max(CASE WHEN "damagedAt" IS NULL THEN "seq" END) AS "good"
     FROM "BoardSnapshot" WHERE "boardId" = $1`,
    [boardId],
  )
  return { newest: toNumber(row?.newest), good: toNumber(row?.good) }
}

/** Whether the state has all that snapshots which were set aside had taken in. */
const coversWhatWasSetAside = async (
  sql: Sql,
  boardId: string,
  base: number,
  covers: readonly number[],
): Promise<boolean> => {
  const rows = await sql.all<{ seq: number | string }>(
    `SELECT "seq" FROM "BoardUpdate" WHERE "boardId" = $1 AND "foldedInto" > $2`,
    [boardId, base],
  )
  const covered = new Set(covers)
  return rows.every(({ seq }) => covered.has(Number(seq)))
}

/** Whether the snapshot reads as it was written. PostgreSQL says so itself: its bytes need not travel. */
const isReadable = async (
  sql: Sql,
  provider: SqlDatabase['provider'],
  boardId: string,
  { seq, data }: StoredSnapshot,
): Promise<boolean> => {
  const where = `FROM "BoardSnapshot" WHERE "boardId" = $1 AND "seq" = $2`
  if (provider === 'sqlite') {
    const [row] = await sql.all<{ data: Uint8Array }>(`SELECT "data" ${where}`, [boardId, seq])
    return row !== undefined && Buffer.compare(row.data, data) === 0
  }
  const [row] = await sql.all<{ same: boolean }>(
    `SELECT encode(sha256("data"), 'hex') = "checksum" AS "same" ${where}`,
    [boardId, seq],
  )
  return row?.same === true
}

const writeSnapshot = async (
  sql: Sql,
  provider: SqlDatabase['provider'],
  boardId: string,
  snapshot: StoredSnapshot,
): Promise<void> => {
  const { seq, data } = snapshot
  const checksum = checksumOf(data)
  await sql.all(
    `INSERT INTO "BoardSnapshot" ("boardId", "seq", "data", "checksum", "createdAt") VALUES ($1, $2, $3, $4, $5)`,
    [boardId, seq, data, checksum, timestamp(new Date())],
  )
  if (!(await isReadable(sql, provider, boardId, snapshot))) {
    throw new DamagedSnapshotError(boardId, 'the new snapshot did not come back as it was written')
  }
}

/** What the snapshot `base` took in, and the one before it: nobody falls back to them any more. */
const removeReplaced = async (sql: Sql, boardId: string, base: number): Promise<void> => {
  await sql.all(`DELETE FROM "BoardUpdate" WHERE "boardId" = $1 AND "foldedInto" <= $2`, [boardId, base])
  await sql.all(`DELETE FROM "BoardSnapshot" WHERE "boardId" = $1 AND "seq" < $2 AND "damagedAt" IS NULL`, [
    boardId,
    base,
  ])
}

/** `RoomStorage.compact`, in its transaction. */
export const compactLog = async (
  sql: Sql,
  provider: SqlDatabase['provider'],
  boardId: string,
  { basedOn, covers, state }: Compaction,
): Promise<CompactionOutcome> => {
  const base = basedOn ?? NO_SNAPSHOT
  if (!(await lockBoard(sql, provider, boardId))) return superseded
  const { newest, good } = await boundsOf(sql, boardId)
  if (good !== base || !(await coversWhatWasSetAside(sql, boardId, base, covers))) return superseded
  const seq = covers.reduce((highest, covered) => Math.max(highest, covered), newest + 1)
  await writeSnapshot(sql, provider, boardId, { seq, data: state })
  // What is removed is removed only when the snapshot is known to be readable.
  await sql.all(
    `UPDATE "BoardUpdate" SET "foldedInto" = $2
     WHERE "boardId" = $1 AND "foldedInto" IS NULL AND "seq" ${isListed(provider, 3)}`,
    [boardId, seq, JSON.stringify(covers)],
  )
  await removeReplaced(sql, boardId, base)
  return { type: 'written', seq }
}
