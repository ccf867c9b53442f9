import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { SetupError } from '../setup-error.ts'
import {
  type AppliedMigration,
  checksumOf,
  type Migration,
  migrationTable,
  planMigrations,
} from './migrations.ts'

const createTable = `CREATE TABLE IF NOT EXISTS "${migrationTable}" (
  "id"                    TEXT PRIMARY KEY NOT NULL,
  "checksum"              TEXT NOT NULL,
  "finished_at"           DATETIME,
  "migration_name"        TEXT NOT NULL,
  "logs"                  TEXT,
  "rolled_back_at"        DATETIME,
  "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
  "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`

interface Row {
  migration_name: string
  checksum: string
  finished_at: unknown
  rolled_back_at: unknown
}

const readApplied = (database: Database): AppliedMigration[] =>
  (database.prepare(`SELECT * FROM "${migrationTable}"`).all() as Row[]).map((row) => ({
    name: row.migration_name,
    checksum: row.checksum,
    finished: row.finished_at !== null,
    rolledBack: row.rolled_back_at !== null,
  }))

const apply = (database: Database, migration: Migration): void => {
  const startedAt = Date.now()
  database.exec(migration.sql)
  database
    .prepare(
      `INSERT INTO "${migrationTable}" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (?, ?, ?, ?, ?, 1)`,
    )
    .run(randomUUID(), checksumOf(migration), migration.name, startedAt, Date.now())
}

/** A database that has tables, and not that of the migrations, is another program's: ours would mix with them. */
const assertOurs = (database: Database): void => {
  const names = database
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
    .pluck()
    .all()
  if (names.length === 0 || names.includes(migrationTable)) return
  throw new SetupError(
    `The database ${database.name} belongs to another program (it has the table ${names[0]}): nothing was changed. Set DATABASE_URL to another file.`,
  )
}

/**
 * Applies what is missing, all of it or nothing, and returns the names.
 * @throws SetupError
 */
export const migrateSqlite = (database: Database, known: readonly Migration[]): string[] => {
  // Migrations rebuild tables, and references may dangle half-way. Inside a transaction the pragma does nothing.
  database.pragma('foreign_keys = OFF')
  database.exec('BEGIN IMMEDIATE')
  try {
    assertOurs(database)
    database.exec(createTable)
    const missing = planMigrations(known, readApplied(database))
    for (const migration of missing) apply(database, migration)
    if (missing.length > 0 && (database.pragma('foreign_key_check') as unknown[]).length > 0) {
      throw new SetupError(
        'The database migrations would leave rows that refer to nothing: nothing was changed.',
      )
    }
    database.exec('COMMIT')
    return missing.map(({ name }) => name)
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK')
    throw error
  } finally {
    database.pragma('foreign_keys = ON')
  }
}
