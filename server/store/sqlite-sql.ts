import type Database from 'better-sqlite3'
import { SetupError } from '../setup-error.ts'
import { turn } from '../turns.ts'
import type { Insert, Sql, SqliteDatabase, SqlValue, TransactionKind } from './sql.ts'
import type { Turnstile } from './turnstile.ts'

/** Milliseconds. */
const busy = {
  /** For which SQLite itself waits for another program's lock. It stands still meanwhile, and everybody with it. */
  still: 20,
  /** Between attempts, at most. */
  pause: 200,
  /** After which a lock is reported. */
  patience: 2_000,
}

/** What a connection has to be like for "saved" to be true: FULL, so that it survives a power failure too. */
const needed = { journal_mode: 'wal', synchronous: 2, foreign_keys: 1, busy_timeout: busy.still }

/**
 * Sets a connection up and looks whether it is as it was told to be.
 *
 * @throws SetupError where the file system has no place for a write-ahead log, for one
 */
export const prepareConnection = (database: Database.Database): void => {
  database.pragma('busy_timeout = 5000')
  for (const [name, value] of Object.entries(needed)) database.pragma(`${name} = ${value}`)
  for (const [name, value] of Object.entries(needed)) {
    const found = Number.isInteger(value) ? Number(settingOf(database, name)) : settingOf(database, name)
    if (found === value) continue
    throw new SetupError(
      `The database ${database.name} cannot be used safely: ${name} is ${found} where it has to be ${value}. It has to be on a local disk.`,
    )
  }
}

const settingOf = (database: Database.Database, name: string): unknown =>
  database.pragma(name, { simple: true })

const isBusy = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  if ('code' in error && String(error.code).startsWith('SQLITE_BUSY')) return true
  const { cause } = error
  return typeof cause === 'object' && cause !== null && 'kind' in cause && cause.kind === 'SocketTimeout'
}

/** Tries again while another program holds the database, and lets everything else go on in between. */
export const patiently = async <T>(attempt: () => Promise<T>): Promise<T> => {
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

/**
 * Waits until nobody else uses the connection, and gives sockets their turn before the next one does: the driver works in the
 * calling thread.
 */
export const alone = async <Result>(turnstile: Turnstile, work: () => Promise<Result>): Promise<Result> => {
  const leave = await turnstile.enter()
  try {
    const result = await work()
    await turn()
    return result
  } finally {
    leave()
  }
}

type Parameters = Readonly<Record<number, SqlValue>>

const named = (values: readonly SqlValue[]): Parameters =>
  Object.fromEntries(values.map((value, index) => [index + 1, value]))

/** Prepares each text once: there are few, and none is put together from data. */
class Statements implements Sql {
  readonly #database: Database.Database
  readonly #prepared = new Map<string, Database.Statement>()

  constructor(database: Database.Database) {
    this.#database = database
  }

  async all<Row>(text: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    const statement = this.#prepare(text)
    if (statement.reader) return statement.all(named(values)) as Row[]
    statement.run(named(values))
    return []
  }

  insert(text: string, values: readonly SqlValue[]): number {
    const { changes, lastInsertRowid } = this.#prepare(text).run(values)
    return changes === 0 ? 0 : Number(lastInsertRowid)
  }

  #prepare(text: string): Database.Statement {
    let statement = this.#prepared.get(text)
    if (!statement) {
      statement = this.#database.prepare(text).safeIntegers(false)
      this.#prepared.set(text, statement)
    }
    return statement
  }
}

const withTurns = (sql: Sql): Sql => ({
  all: async (text, values) => {
    const rows = await sql.all<never>(text, values)
    await turn()
    return rows
  },
})

/** Statements on the connection that Prisma uses, in turn with Prisma's. */
export class SqliteSql implements SqliteDatabase {
  readonly provider = 'sqlite'
  readonly #database: Database.Database
  readonly #statements: Statements
  readonly #turnstile: Turnstile

  constructor(database: Database.Database, turnstile: Turnstile) {
    this.#database = database
    this.#statements = new Statements(database)
    this.#turnstile = turnstile
  }

  all<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]> {
    return this.#alone(() => this.#statements.all<Row>(text, values))
  }

  transaction<Result>(kind: TransactionKind, work: (sql: Sql) => Promise<Result>): Promise<Result> {
    return this.#alone(async () => {
      this.#database.exec(kind === 'read' ? 'BEGIN' : 'BEGIN IMMEDIATE')
      try {
        const result = await work(kind === 'bulk' ? withTurns(this.#statements) : this.#statements)
        if (kind === 'bulk') await this.#commitBulk()
        else this.#database.exec('COMMIT')
        return result
      } catch (error) {
        // SQLite has rolled back by itself after some failures (a full disk).
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK')
        throw error
      }
    })
  }

  insertions<Result>(work: (insert: Insert) => Result): Promise<Result> {
    return this.transaction('write', async () =>
      work((text, values) => this.#statements.insert(text, values)),
    )
  }

  /** What is large goes from the write-ahead log into the database file in a turn of its own: it is written twice. */
  async #commitBulk(): Promise<void> {
    const usual = this.#database.pragma('wal_autocheckpoint', { simple: true })
    this.#database.pragma('wal_autocheckpoint = 0')
    try {
      this.#database.exec('COMMIT')
    } finally {
      this.#database.pragma(`wal_autocheckpoint = ${usual}`)
    }
    await turn()
    this.#database.pragma('wal_checkpoint(PASSIVE)')
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    return patiently(() => alone(this.#turnstile, work))
  }
}
