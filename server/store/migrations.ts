import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findRoot } from '../root.ts'
import { SetupError } from '../setup-error.ts'
import type { Store } from './types.ts'

export interface Migration {
  readonly name: string
  readonly sql: string
}

/** A row of `_prisma_migrations`, as far as it decides what is to be done. */
export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
  readonly rolledBack: boolean
}

/** The columns are those that `prisma migrate` reads and writes. */
export const migrationTable = '_prisma_migrations'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** What `prisma migrate` stores for a migration. */
export const checksumOf = (migration: Migration): string => sha256(migration.sql)

/** A checkout on Windows may have other line ends than the one that applied the migration. */
const isChecksumOf = (migration: Migration, checksum: string): boolean => {
  const lf = migration.sql.replaceAll('\r\n', '\n')
  return [migration.sql, lf, lf.replaceAll('\n', '\r\n')].some((text) => sha256(text) === checksum)
}

/** The migrations that this version of the server knows for a database, oldest first. */
export const readMigrations = (provider: Store['provider']): Migration[] => {
  const folder = join(findRoot(), 'prisma', provider, 'migrations')
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => ({ name, sql: readFileSync(join(folder, name, 'migration.sql'), 'utf8') }))
}

/**
 * What is still to be applied, oldest first.
 * @throws SetupError when the database is newer than this server, or a migration failed or was changed afterwards
 */
export const planMigrations = (
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] => {
  const current = applied.filter((row) => !row.rolledBack)
  const failed = current.find((row) => !row.finished)
  if (failed) {
    throw new SetupError(
      `The database migration ${failed.name} failed half-way earlier: restore a backup, or resolve it with "npx prisma migrate resolve".`,
    )
  }
  for (const row of current) {
    const migration = known.find(({ name }) => name === row.name)
    if (!migration) {
      throw new SetupError(
        `The database was written by a newer Drawbridge (it has the migration ${row.name}): start that version, or restore a backup.`,
      )
    }
    if (!isChecksumOf(migration, row.checksum)) {
      throw new SetupError(
        `The file of the database migration ${row.name} was changed after it was applied: put the original back.`,
      )
    }
  }
  const names = new Set(current.map((row) => row.name))
  return known.filter(({ name }) => !names.has(name))
}
