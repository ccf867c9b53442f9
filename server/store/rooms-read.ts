import {
  DamagedSnapshotError,
  type KnownLog,
  type LogEntry,
  type LogNews,
  type StoredDocument,
  type StoredOwners,
  type StoredSnapshot,
} from '../sync/ports.ts'
import { checksumOf, entryChecksum } from './checksums.ts'
import type { Sql, SqlDatabase } from './sql.ts'

/** What is there for a number that is compared with snapshots' where there is no snapshot. */
export const NO_SNAPSHOT = -1

/** That a number is in the list that the parameter `$n` gives as JSON. */
export const isListed = (provider: SqlDatabase['provider'], n: number): string =>
  provider === 'sqlite'
    ? `IN (SELECT "value" FROM json_each($${n}))`
    : `IN (SELECT "value"::bigint FROM json_array_elements_text($${n}::json))`

interface EntryRow {
  readonly seq: number | string
  readonly data: Uint8Array
  readonly checksum: number | null
}

const toEntries = (boardId: string, rows: readonly EntryRow[]): LogEntry[] =>
  rows.map(({ seq, data, checksum }) => {
    // Entries from before there were checksums have none.
    if (checksum !== null && entryChecksum(data) !== checksum) {
      throw new DamagedSnapshotError(boardId, `the log entry ${seq} fails its checksum`)
    }
    return { seq: Number(seq), data }
  })

/** The entries that came after the snapshot `since`, whether or not a later one took them in. */
const readEntries = async (sql: Sql, boardId: string, since: number): Promise<LogEntry[]> => {
  const rows = await sql.all<EntryRow>(
    `SELECT "seq", "data", "checksum" FROM "BoardUpdate"
     WHERE "boardId" = $1 AND ("foldedInto" IS NULL OR "foldedInto" > $2) ORDER BY "seq"`,
    [boardId, since],
  )
  return toEntries(boardId, rows)
}

const readOwners = async (sql: Sql, boardId: string): Promise<StoredOwners> => {
  const rows = await sql.all<{ clientId: number | string; personId: string }>(
    `SELECT "clientId", "personId" FROM "BoardClient" WHERE "boardId" = $1`,
    [boardId],
  )
  return new Map(rows.map(({ clientId, personId }) => [Number(clientId), personId]))
}

/** Null when it fails its checksum. */
const readSnapshot = async (sql: Sql, boardId: string, seq: number): Promise<StoredSnapshot | null> => {
  const [row] = await sql.all<{ data: Uint8Array; checksum: string }>(
    `SELECT "data", "checksum" FROM "BoardSnapshot" WHERE "boardId" = $1 AND "seq" = $2`,
    [boardId, seq],
  )
  return row && checksumOf(row.data) === row.checksum ? { seq, data: row.data } : null
}

interface SnapshotState {
  readonly seq: number
  readonly setAside: boolean
}

/** Newest first. */
const listSnapshots = async (sql: Sql, boardId: string): Promise<SnapshotState[]> => {
  const rows = await sql.all<{ seq: number | string; damagedAt: unknown }>(
    `SELECT "seq", "damagedAt" FROM "BoardSnapshot" WHERE "boardId" = $1 ORDER BY "seq" DESC`,
    [boardId],
  )
  return rows.map(({ seq, damagedAt }) => ({ seq: Number(seq), setAside: damagedAt !== null }))
}

/** Whether the log goes back to the beginning: what the first snapshot took in goes when that has a successor. */
const isLogWhole = async (sql: Sql, boardId: string, first: number): Promise<boolean> => {
  const rows = await sql.all(
    `SELECT 1 AS "found" FROM "BoardUpdate" WHERE "boardId" = $1 AND "foldedInto" = $2 LIMIT 1`,
    [boardId, first],
  )
  return rows.length > 0
}

/** A document, and the snapshots that turned out to be damaged while it was read. */
export interface ReadDocument {
  readonly document: StoredDocument
  readonly damaged: readonly number[]
}

/**
 * The newest snapshot that is good, and all entries since.
 *
 * @throws DamagedSnapshotError when there is none and the log does not go back to the beginning, or an entry is damaged
 */
export const readDocument = async (sql: Sql, boardId: string): Promise<ReadDocument> => {
  const snapshots = await listSnapshots(sql, boardId)
  const damaged: number[] = []
  let snapshot: StoredSnapshot | null = null
  for (const { seq, setAside } of snapshots) {
    if (setAside) continue
    snapshot = await readSnapshot(sql, boardId, seq)
    if (snapshot) break
    damaged.push(seq)
  }
  const first = snapshots.at(-1)
  if (first && !snapshot && !(await isLogWhole(sql, boardId, first.seq))) {
    throw new DamagedSnapshotError(boardId, `the snapshot at ${snapshots[0]?.seq} fails its checksum`)
  }
  const entries = await readEntries(sql, boardId, snapshot?.seq ?? NO_SNAPSHOT)
  return { document: { snapshot, entries, owners: await readOwners(sql, boardId) }, damaged }
}

/** The snapshot from which on the log makes up for what somebody lacks; null when they need the newest snapshot itself. */
const startOfNews = async (
  sql: Sql,
  boardId: string,
  good: readonly number[],
  known: number | null,
): Promise<number | null> => {
  const [newest, before] = good
  if (newest === undefined) return known === null ? NO_SNAPSHOT : null
  if (known === newest) return newest
  if (before !== undefined) return known === before ? before : null
  return known === null && (await isLogWhole(sql, boardId, newest)) ? NO_SNAPSHOT : null
}

const entriesBeyond = async (
  sql: Sql,
  provider: SqlDatabase['provider'],
  boardId: string,
  since: number,
  known: ReadonlySet<number>,
): Promise<LogEntry[]> => {
  const rows = await sql.all<{ seq: number | string }>(
    `SELECT "seq" FROM "BoardUpdate"
     WHERE "boardId" = $1 AND ("foldedInto" IS NULL OR "foldedInto" > $2) ORDER BY "seq"`,
    [boardId, since],
  )
  const missing = rows.map(({ seq }) => Number(seq)).filter((seq) => !known.has(seq))
  if (missing.length === 0) return []
  const found = await sql.all<EntryRow>(
    `SELECT "seq", "data", "checksum" FROM "BoardUpdate"
     WHERE "boardId" = $1 AND "seq" ${isListed(provider, 2)} ORDER BY "seq"`,
    [boardId, JSON.stringify(missing)],
  )
  return toEntries(boardId, found)
}

export interface ReadNews {
  readonly news: LogNews
  readonly damaged: readonly number[]
}

/** @throws DamagedSnapshotError */
export const readNews = async (
  sql: Sql,
  provider: SqlDatabase['provider'],
  boardId: string,
  known: KnownLog,
): Promise<ReadNews> => {
  const good = (await listSnapshots(sql, boardId)).filter(({ setAside }) => !setAside).map(({ seq }) => seq)
  const since = await startOfNews(sql, boardId, good, known.snapshot)
  if (since === null) {
    const { document, damaged } = await readDocument(sql, boardId)
    const entries = document.entries.filter(({ seq }) => !known.seqs.has(seq))
    return { news: { ...document, entries }, damaged }
  }
  const [newest] = good
  const news = {
    snapshot: newest === undefined ? null : { seq: newest, data: null },
    entries: await entriesBeyond(sql, provider, boardId, since, known.seqs),
    owners: await readOwners(sql, boardId),
  }
  return { news, damaged: [] }
}
