import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import {
  type AppliedMigration,
  checksumOf,
  type Migration,
  migrationTable,
  planMigrations,
} from './migrations.ts'

/** The lock that `prisma migrate` takes too: of several servers that start at once, one migrates. */
const advisoryLock = 72707369

const createTable = `CREATE TABLE IF NOT EXISTS ${migrationTable} (
  id                      VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum                VARCHAR(64) NOT NULL,
  finished_at             TIMESTAMPTZ,
  migration_name          VARCHAR(255) NOT NULL,
  logs                    TEXT,
  rolled_back_at          TIMESTAMPTZ,
  started_at              TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count     INTEGER NOT NULL DEFAULT 0
)`

interface Row {
  migration_name: string
  checksum: string
  finished_at: Date | null
  rolled_back_at: Date | null
}

const readApplied = async (client: Client): Promise<AppliedMigration[]> => {
  const { rows } = await client.query<Row>(`SELECT * FROM ${migrationTable}`)
  return rows.map((row) => ({
    name: row.migration_name,
    checksum: row.checksum,
    finished: row.finished_at !== null,
    rolledBack: row.rolled_back_at !== null,
  }))
}

const apply = async (client: Client, migration: Migration): Promise<void> => {
  const startedAt = new Date()
  await client.query('BEGIN')
  try {
    // Without parameters the whole text goes as one simple query, however many statements it has.
    await client.query(migration.sql)
    await client.query(
      `INSERT INTO ${migrationTable} (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, $5, 1)`,
      [randomUUID(), checksumOf(migration), migration.name, startedAt, new Date()],
    )
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  }
}

/**
 * Applies what is missing, each migration in a transaction of its own, and returns the names.
 * @throws SetupError
 */
export const migratePostgresql = async (client: Client, known: readonly Migration[]): Promise<string[]> => {
  await client.query('SELECT pg_advisory_lock($1)', [advisoryLock])
  try {
    await client.query(createTable)
    const missing = planMigrations(known, await readApplied(client))
    for (const migration of missing) await apply(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [advisoryLock])
  }
}
