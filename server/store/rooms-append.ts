import type { PendingUpdate } from '../sync/ports.ts'
import { entryChecksum } from './checksums.ts'
import type { Insert, PostgresqlDatabase, SqlDatabase, SqliteDatabase } from './sql.ts'

const sqlite = {
  entry: `INSERT INTO "BoardUpdate" ("boardId", "data", "checksum") SELECT "id", ?, ? FROM "Board" WHERE "id" = ?`,
  owner: `
    INSERT INTO "BoardClient" ("boardId", "clientId", "personId") SELECT "id", ?, ? FROM "Board" WHERE "id" = ?
    ON CONFLICT DO NOTHING`,
}

const appendOne = (insert: Insert, { boardId, data, owners = [] }: PendingUpdate): number => {
  const seq = insert(sqlite.entry, [data, entryChecksum(data), boardId])
  if (seq === 0) return 0
  for (const [clientId, personId] of owners) insert(sqlite.owner, [clientId, personId, boardId])
  return seq
}

/** A prepared statement for each row is the fastest that SQLite has: nothing travels, and nothing is parsed again. */
const appendToSqlite = (database: SqliteDatabase, updates: readonly PendingUpdate[]): Promise<number[]> =>
  database.insertions((insert) => updates.map((update) => appendOne(insert, update)))

/** One statement, which is a transaction and one round trip. Numbers are given out in the order of the rows. */
const postgresql = `
  WITH "entries" AS (
    INSERT INTO "BoardUpdate" ("boardId", "data", "checksum")
    SELECT "Board"."id", "new"."data", "new"."checksum"
    FROM unnest($1::text[], $2::bytea[], $3::int[]) WITH ORDINALITY AS "new" ("boardId", "data", "checksum", "place")
    JOIN "Board" ON "Board"."id" = "new"."boardId"
    ORDER BY "new"."place"
    RETURNING "seq", "boardId"
  ), "owners" AS (
    INSERT INTO "BoardClient" ("boardId", "clientId", "personId")
    SELECT DISTINCT ON ("Board"."id", "new"."clientId") "Board"."id", "new"."clientId", "new"."personId"
    FROM unnest($4::text[], $5::bigint[], $6::text[]) AS "new" ("boardId", "clientId", "personId")
    JOIN "Board" ON "Board"."id" = "new"."boardId"
    ORDER BY "Board"."id", "new"."clientId"
    ON CONFLICT DO NOTHING
  )
  SELECT "seq", "boardId" FROM "entries" ORDER BY "seq"`

const isReferenceViolation = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === '23503'

const appendToPostgresql = async (
  database: PostgresqlDatabase,
  updates: readonly PendingUpdate[],
): Promise<number[]> => {
  const owners = updates.flatMap(({ boardId, owners = [] }) =>
    owners.map(([clientId, personId]) => ({ boardId, clientId, personId })),
  )
  const values = [
    updates.map(({ boardId }) => boardId),
    updates.map(({ data }) => data),
    updates.map(({ data }) => entryChecksum(data)),
    owners.map(({ boardId }) => boardId),
    owners.map(({ clientId }) => clientId),
    owners.map(({ personId }) => personId),
  ]
  try {
    const rows = await database.all<{ seq: string; boardId: string }>(postgresql, values)
    const kept = new Set(rows.map(({ boardId }) => boardId))
    const seqs = rows.map(({ seq }) => Number(seq))
    return updates.map(({ boardId }) => (kept.has(boardId) ? (seqs.shift() ?? 0) : 0))
  } catch (error) {
    // A board was removed while the statement ran: look again. It ends, as each round has fewer boards.
    if (isReferenceViolation(error)) return appendToPostgresql(database, updates)
    throw error
  }
}

/** `RoomStorage.append`. */
export const appendEntries = async (
  database: SqlDatabase,
  updates: readonly PendingUpdate[],
): Promise<number[]> => {
  if (updates.length === 0) return []
  return database.provider === 'sqlite'
    ? appendToSqlite(database, updates)
    : appendToPostgresql(database, updates)
}
