import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils'
import type Database from 'better-sqlite3'
import { turn } from '../turns.ts'
import type { SqliteDatabase } from './sql.ts'
import { alone, patiently, prepareConnection, SqliteSql } from './sqlite-sql.ts'
import { Turnstile } from './turnstile.ts'

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })

class SqliteTransaction implements Transaction {
  readonly provider = 'sqlite'
  readonly options = { usePhantomQuery: false }
  readonly adapterName: string
  readonly #inner: SqlDriverAdapter
  readonly #leave: () => void
  #open = true

  constructor(inner: SqlDriverAdapter, leave: () => void) {
    this.adapterName = inner.adapterName
    this.#inner = inner
    this.#leave = leave
  }

  async queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    const result = await this.#inner.queryRaw(query)
    await turn()
    return result
  }

  /** Prisma sends COMMIT and ROLLBACK this way, and says `commit` or `rollback` afterwards. */
  async executeRaw(query: SqlQuery): Promise<number> {
    if (query.sql === 'ROLLBACK') return this.#undo().then(() => 0)
    const changes = await this.#inner.executeRaw(query)
    if (query.sql === 'COMMIT') this.#open = false
    await turn()
    return changes
  }

  async commit(): Promise<void> {
    this.#leave()
  }

  /** Also called when COMMIT failed: then the transaction is still open and would hold the database for ever. */
  async rollback(): Promise<void> {
    await this.#undo()
    this.#leave()
  }

  async createSavepoint(name: string): Promise<void> {
    await this.#inner.executeRaw(statement(`SAVEPOINT ${name}`))
  }

  async rollbackToSavepoint(name: string): Promise<void> {
    await this.#inner.executeRaw(statement(`ROLLBACK TO ${name}`))
  }

  async releaseSavepoint(name: string): Promise<void> {
    await this.#inner.executeRaw(statement(`RELEASE SAVEPOINT ${name}`))
  }

  /** SQLite has rolled back by itself after some failures (a full disk): there is nothing left to undo then. */
  async #undo(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await this.#inner.executeRaw(statement('ROLLBACK')).catch(() => undefined)
  }
}

class SerialSqliteAdapter implements SqlDriverAdapter {
  readonly provider = 'sqlite'
  readonly adapterName: string
  readonly #inner: SqlDriverAdapter
  readonly #turnstile: Turnstile

  constructor(inner: SqlDriverAdapter, turnstile: Turnstile) {
    this.adapterName = inner.adapterName
    this.#inner = inner
    this.#turnstile = turnstile
  }

  queryRaw(query: SqlQuery): Promise<SqlResultSet> {
    return patiently(() => this.#alone(() => this.#inner.queryRaw(query)))
  }

  executeRaw(query: SqlQuery): Promise<number> {
    return patiently(() => this.#alone(() => this.#inner.executeRaw(query)))
  }

  executeScript(script: string): Promise<void> {
    return this.#alone(() => this.#inner.executeScript(script))
  }

  async startTransaction(isolationLevel?: IsolationLevel): Promise<Transaction> {
    if (isolationLevel && isolationLevel !== 'SERIALIZABLE') {
      throw new Error(`SQLite knows only serializable transactions, not ${isolationLevel}`)
    }
    return patiently(() => this.#begin())
  }

  dispose(): Promise<void> {
    return this.#alone(() => this.#inner.dispose())
  }

  async #begin(): Promise<Transaction> {
    const leave = await this.#turnstile.enter()
    try {
      // IMMEDIATE: a transaction that reads first and then finds another process writing would fail at once.
      await this.#inner.executeRaw(statement('BEGIN IMMEDIATE'))
    } catch (error) {
      leave()
      throw error
    }
    return new SqliteTransaction(this.#inner, leave)
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    return alone(this.#turnstile, work)
  }
}

/** The driver's own connection, which Prisma's adapter keeps without saying so. */
const connectionOf = (adapter: SqlDriverAdapter): Database.Database => {
  const { client } = adapter as SqlDriverAdapter & { client?: Database.Database }
  if (!client) throw new Error('The adapter of SQLite has no connection where it used to be')
  return client
}

/**
 * SQLite for Prisma over one connection, on which a plain query waits until the open transaction has ended. (With the
 * adapter as it comes it would take part in that transaction, and be lost when it rolls back.)
 */
export class SerialSqlite extends PrismaBetterSqlite3 {
  #sql: SqliteDatabase | null = null

  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect()
    const connection = connectionOf(adapter)
    prepareConnection(connection)
    const turnstile = new Turnstile()
    this.#sql = new SqliteSql(connection, turnstile)
    return new SerialSqliteAdapter(adapter, turnstile)
  }

  /** Statements on the same connection, in turn with Prisma's. There once it is connected. */
  get sql(): SqliteDatabase {
    if (!this.#sql) throw new Error('SQLite is not connected yet')
    return this.#sql
  }
}
