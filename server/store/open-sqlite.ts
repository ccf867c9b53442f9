import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { makeFolder } from '../folders.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { type OpenDatabase, transactionOptions } from './client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { migrateSqlite } from './migrate-sqlite.ts'
import { readMigrations } from './migrations.ts'
import { SerialSqlite } from './sqlite-adapter.ts'
import { prepareConnection } from './sqlite-sql.ts'

/** Milliseconds that a start waits for another process to let go of the database. */
const lockWait = 5000

const parts = (version: string): number[] => version.split('.').map(Number)

/** Before 3.51.3 a race when the write-ahead log starts over can destroy a database; 3.52.0 was withdrawn. */
export const isSoundSqlite = (version: string): boolean => {
  const [major = 0, minor = 0, patch = 0] = parts(version)
  if (major === 3 && minor === 52 && patch === 0) return false
  return major > 3 || (major === 3 && (minor > 51 || (minor === 51 && patch >= 3)))
}

/** @throws SetupError */
export const assertSoundSqlite = (version: string): void => {
  if (isSoundSqlite(version)) return
  throw new SetupError(
    `SQLite ${version} is inside the installed better-sqlite3, and can damage databases: 3.51.3 or newer is needed.`,
  )
}

/** SQLite opens a file that it may not write for reading only, and says nothing before the first write. */
const assertWritable = (database: Database.Database): void => {
  const version = database.pragma('user_version', { simple: true })
  database.pragma(`user_version = ${version}`)
}

/**
 * Keeps other servers away from the file for as long as this process lives: two of them would each hold a board in
 * memory and compact away what the other has stored. The lock is the operating system's, on a file beside the database,
 * so a killed process leaves nothing behind and a backup may still read the database.
 */
const takeLock = (path: string): Database.Database => {
  const lock = new Database(`${path}-lock`, { timeout: lockWait })
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

const explain = (path: string, error: unknown): unknown => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const because = (sentence: string) => new SetupError(sentence, { cause: error })
  if (error instanceof SetupError) return error
  if (code.startsWith('SQLITE_BUSY')) {
    return because(`The database ${path} is locked: another Drawbridge or another program is using it.`)
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return because(`The database ${path} cannot be written: its file or folder is read-only for this user.`)
  }
  if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) {
    return because(
      `The database ${path} is damaged or is no SQLite database: restore a backup, or move it away.`,
    )
  }
  if (code.startsWith('SQLITE_CANTOPEN') || code === 'ENOTDIR' || code === 'ENOENT' || code === 'EEXIST') {
    return because(`The database ${path} cannot be opened: check that its folder exists and can be written.`)
  }
  if (code.startsWith('SQLITE_FULL') || code === 'ENOSPC') {
    return because(`The database ${path} cannot be written: the disk is full.`)
  }
  return error
}

const prepareFile = (path: string, log: Log): Database.Database => {
  makeFolder(dirname(path))
  const lock = takeLock(path)
  let database: Database.Database | undefined
  try {
    database = new Database(path, { timeout: lockWait })
    assertSoundSqlite(database.prepare('SELECT sqlite_version()').pluck().get() as string)
    // Before anything else is written: the database of a newer version, or of another program, stays as it is.
    const applied = migrateSqlite(database, readMigrations('sqlite'))
    assertWritable(database)
    prepareConnection(database)
    if (applied.length > 0) log.info('database migrated', { provider: 'sqlite', applied })
    return lock
  } catch (error) {
    lock.close()
    throw error
  } finally {
    database?.close()
  }
}

/**
 * Opens the database file, made and migrated when needed.
 * @throws SetupError
 */
export const openSqlite = async (path: string, log: Log): Promise<OpenDatabase> => {
  let lock: Database.Database
  try {
    lock = prepareFile(path, log)
  } catch (error) {
    throw explain(path, error)
  }
  const adapter = new SerialSqlite({ url: path })
  const client = new PrismaClient({ adapter, transactionOptions })
  await client.$connect()
  const close = async (): Promise<void> => {
    await client.$disconnect()
    lock.close()
  }
  return { client, sql: adapter.sql, close }
}
