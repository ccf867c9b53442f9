import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlQuery,
  SqlResultSet,
  Transaction,
} from '@prisma/driver-adapter-utils'

const statement = (sql: string): SqlQuery => ({ sql, args: [], argTypes: [] })

/** The driver works in the calling thread: after each statement sockets get their turn. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Milliseconds. */
const busy = {
  /** For which SQLite itself waits for another program's lock. It stands still meanwhile, and everybody with it. */
  still: 20,
  /** Between attempts, at most. */
  pause: 200,
  /** After which a lock is reported. */
  patience: 2_000,
}

const isBusy = (error: unknown): boolean => {
  const cause: unknown = error instanceof Error ? error.cause : null
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'SocketTimeout'
}

/** Tries again while another program holds the database, and lets everything else go on in between. */
const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
  const until = performance.now() + busy.patience
  for (let pause = 10; ; pause = Math.min(2 * pause, busy.pause)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isBusy(error) || performance.now() + pause > until) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
}

/** Lets one holder at a time through, in the order of asking. */
class Turnstile {
  #last: Promise<void> = Promise.resolve()

  /** Resolves when it is the caller's turn, with what ends that turn. */
  async enter(): Promise<() => void> {
    const before = this.#last
    let leave: () => void = () => {}
    this.#last = new Promise((resolve) => {
      leave = resolve
    })
    await before
    return leave
  }
}

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
  readonly #turnstile = new Turnstile()

  constructor(inner: SqlDriverAdapter) {
    this.adapterName = inner.adapterName
    this.#inner = inner
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

  async #alone<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.#turnstile.enter()
    try {
      const result = await work()
      await turn()
      return result
    } finally {
      leave()
    }
  }
}

/**
 * SQLite for Prisma over one connection, on which a plain query waits until the open transaction has ended. (With the
 * adapter as it comes it would take part in that transaction, and be lost when it rolls back.)
 */
export class SerialSqlite extends PrismaBetterSqlite3 {
  override async connect(): Promise<SqlDriverAdapter> {
    const adapter = await super.connect()
    // FULL: what was acknowledged survives a power failure too.
    await adapter.executeScript(`
      PRAGMA busy_timeout = 5000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA busy_timeout = ${busy.still};
    `)
    return new SerialSqliteAdapter(adapter)
  }
}
