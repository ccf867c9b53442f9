import type { PrismaClient } from './generated/sqlite/client.ts'
import type { SqlDatabase } from './sql.ts'

/**
 * Prisma's client, whichever database is behind it. Both are generated from the same models; SQLite's type is the
 * narrower, so what is written against it holds for PostgreSQL too.
 */
export type StoreClient = PrismaClient

/** An open database. */
export interface OpenDatabase {
  readonly client: StoreClient
  /** For what Prisma is too slow for; on the same connections. */
  readonly sql: SqlDatabase
  close(): Promise<void>
}

/** How long a transaction may wait for its turn, and then take, in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 30_000 }

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** The row that is referred to is gone. */
export const isReferenceViolation = (error: unknown): boolean => hasCode(error, 'P2003')

/** Another row has this value already. */
export const isUniqueViolation = (error: unknown): boolean => hasCode(error, 'P2002')
