import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { type OpenDatabase, type StoreClient, transactionOptions } from './client.ts'
import { PrismaClient } from './generated/postgresql/client.ts'
import { migratePostgresql } from './migrate-postgresql.ts'
import { readMigrations } from './migrations.ts'
import { createPostgresqlSql } from './postgresql-sql.ts'

const connectTimeout = 10_000

/** Milliseconds after which others no longer wait for a server that is gone, nor this one for a database that is. */
const patience = {
  idle_in_transaction_session_timeout: 10_000,
  query_timeout: 30_000,
  keepAlive: true,
}

/** The address as it may be shown: without user and password. */
const shown = (url: string): string => {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

const explain = (url: string, error: unknown): unknown => {
  if (error instanceof SetupError) return error
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const because = (reason: string) =>
    new SetupError(`The PostgreSQL database ${shown(url)} ${reason}.`, { cause: error })
  if (/^28/.test(code)) return because('refuses the user or password in DATABASE_URL')
  if (code === '3D000') return because('does not exist: create it first')
  if (code === '25006') return because('is read-only: DATABASE_URL must lead to the primary')
  if (code === '42501') return because('does not let this user make tables')
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|EHOST|ENOENT|57P03)/.test(code) || /timeout/i.test(String(error))) {
    return because('cannot be reached: check DATABASE_URL and that the server is running')
  }
  return error
}

const prepare = async (url: string, log: Log): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectTimeout })
  client.on('error', (error) => log.warn('database connection lost while starting', { error }))
  await client.connect()
  try {
    const applied = await migratePostgresql(client, readMigrations('postgresql'))
    if (applied.length > 0) log.info('database migrated', { provider: 'postgresql', applied })
  } finally {
    await client.end()
  }
}

/**
 * Connects to the database, migrated when needed.
 * @throws SetupError
 */
export const openPostgresql = async (url: string, log: Log): Promise<OpenDatabase> => {
  try {
    await prepare(url, log)
  } catch (error) {
    throw explain(url, error)
  }
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: connectTimeout, ...patience })
  // A connection that is lost between two statements of a transaction says so by an event, which would end the process if
  // nobody listened; its next statement fails.
  pool.on('connect', (connection) => {
    connection.on('error', (error) => log.debug('database connection lost', { error }))
  })
  const adapter = new PrismaPg(pool, {
    onPoolError: (error) => log.warn('database connection lost', { error }),
    onConnectionError: (error) => log.warn('database connection lost', { error }),
  })
  // The two clients are generated from the same models; SQLite's type is the narrower one.
  const client = new PrismaClient({ adapter, transactionOptions }) as unknown as StoreClient
  const close = async (): Promise<void> => {
    await client.$disconnect()
    await pool.end()
  }
  return { client, sql: createPostgresqlSql(pool), close }
}
