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

export interface SqlDatabase extends Sql {
  readonly provider: 'sqlite' | 'postgresql'
  /** Commits what `work` did, or nothing of it when it throws. Only its statements may be awaited in `work`. */
  transaction<Result>(kind: TransactionKind, work: (sql: Sql) => Promise<Result>): Promise<Result>
}
