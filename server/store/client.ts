import type { PrismaClient } from './generated/sqlite/client.ts'

/**
 * Prisma's client, whichever database is behind it. Both are generated from the same models; SQLite's type is the
 * narrower, so what is written against it holds for PostgreSQL too.
 */
export type StoreClient = PrismaClient

/** An open database. */
export interface OpenDatabase {
  readonly client: StoreClient
  close(): Promise<void>
}

/** How long a transaction may wait for its turn, and then take, in milliseconds. */
export const transactionOptions = { maxWait: 10_000, timeout: 30_000 }

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

/** Another row has this value already. */
export const isUniqueViolation = (error: unknown): boolean => hasCode(error, 'P2002')

/** The row that is referred to is gone. */
export const isReferenceViolation = (error: unknown): boolean => hasCode(error, 'P2003')
