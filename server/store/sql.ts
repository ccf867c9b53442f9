/** A parameter of a statement, named `$1`, `$2` and so on in its text. */
export type SqlValue = string | number | Uint8Array | null | SqlList

/** Only PostgreSQL takes lists. */
type SqlList = readonly string[] | readonly number[] | readonly Uint8Array[]

/** Statements for what Prisma is too slow for. */
export interface Sql {
  /** The rows that the statement returns; bigints as numbers from SQLite and as strings from PostgreSQL. */
  all<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>
}

/**
 * What a transaction is for: `read` sees one moment, `write` keeps out other writers of SQLite, and `bulk` writes so much that
 * sockets get their turn in between.
 */
export type TransactionKind = 'read' | 'write' | 'bulk'

interface AnySqlDatabase extends Sql {
  /** Commits what `work` did, or nothing of it when it throws. Only its statements may be awaited in `work`. */
  transaction<Result>(kind: TransactionKind, work: (sql: Sql) => Promise<Result>): Promise<Result>
}

export interface PostgresqlDatabase extends AnySqlDatabase {
  readonly provider: 'postgresql'
}

/** The parameters of the statement are `?`, one after the other. Returns the number that the new row got, 0 where there is none. */
export type Insert = (text: string, values: readonly SqlValue[]) => number

export interface SqliteDatabase extends AnySqlDatabase {
  readonly provider: 'sqlite'
  /** A transaction of many small insertions: commits what `work` did at once, or nothing of it when it throws. */
  insertions<Result>(work: (insert: Insert) => Result): Promise<Result>
}

export type SqlDatabase = SqliteDatabase | PostgresqlDatabase
