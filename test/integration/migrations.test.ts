import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../../server/setup-error.ts'
import { openStore } from '../../server/store/index.ts'
import { migratePostgresql } from '../../server/store/migrate-postgresql.ts'
import { migrateSqlite } from '../../server/store/migrate-sqlite.ts'
import { checksumOf, type Migration, planMigrations, readMigrations } from '../../server/store/migrations.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { silentLog } from '../support/stores.ts'

const one: Migration = { name: '1_one', sql: 'CREATE TABLE one (id INTEGER PRIMARY KEY);\n' }
const two: Migration = { name: '2_two', sql: 'CREATE TABLE two (id INTEGER);\nINSERT INTO two VALUES (1);\n' }
const broken: Migration = { name: '3_broken', sql: 'CREATE TABLE three (id INTEGER);\nSELECT nonsense;\n' }

const applied = (migration: Migration, change: object = {}) => ({
  name: migration.name,
  checksum: checksumOf(migration),
  finished: true,
  rolledBack: false,
  ...change,
})

describe('planMigrations', () => {
  it('plans what is missing, in order', () => {
    expect(planMigrations([one, two], [])).toEqual([one, two])
    expect(planMigrations([one, two], [applied(one)])).toEqual([two])
    expect(planMigrations([one, two], [applied(two), applied(one)])).toEqual([])
  })

  it('plans again what was rolled back', () => {
    expect(planMigrations([one], [applied(one, { finished: false, rolledBack: true })])).toEqual([one])
  })

  it('takes either kind of line ends for the same migration', () => {
    const windows = { ...two, sql: two.sql.replaceAll('\n', '\r\n') }
    expect(planMigrations([windows], [applied(two)])).toEqual([])
    expect(planMigrations([two], [applied(windows)])).toEqual([])
  })

  it.each([
    ['a newer database', [applied(one), applied(two)], 'written by a newer Drawbridge'],
    ['an edited migration', [applied(one, { checksum: 'other' })], 'was changed after it was applied'],
    ['a migration that failed half-way', [applied(one, { finished: false })], 'failed half-way'],
  ])('refuses %s', (_what, rows, sentence) => {
    expect(() => planMigrations([one], rows)).toThrow(SetupError)
    expect(() => planMigrations([one], rows)).toThrow(sentence)
  })
})

describe('migrations on SQLite', () => {
  let folder: string
  let database: Database.Database
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'drawbridge-migrations-'))
    database = new Database(join(folder, 'test.db'), { timeout: 50 })
  })
  afterEach(() => {
    database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const tables = () =>
    database.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1").pluck().all()

  it('applies what is missing once and says so in the table that Prisma reads', () => {
    expect(migrateSqlite(database, [one])).toEqual(['1_one'])
    expect(migrateSqlite(database, [one, two])).toEqual(['2_two'])
    expect(migrateSqlite(database, [one, two])).toEqual([])
    const rows = database.prepare('SELECT * FROM _prisma_migrations ORDER BY migration_name').all()
    expect(rows).toMatchObject([
      { migration_name: '1_one', checksum: checksumOf(one), applied_steps_count: 1, rolled_back_at: null },
      { migration_name: '2_two', checksum: checksumOf(two), applied_steps_count: 1, rolled_back_at: null },
    ])
  })

  it('changes nothing when one of them fails', () => {
    expect(() => migrateSqlite(database, [one, broken])).toThrow('nonsense')
    expect(tables()).toEqual([])
    expect(migrateSqlite(database, [one])).toEqual(['1_one'])
  })

  it('changes nothing when rows would be left that refer to nothing', () => {
    const dangling = {
      name: '2_dangling',
      sql: 'CREATE TABLE child (one INTEGER REFERENCES one (id));\nINSERT INTO child VALUES (7);\n',
    }
    expect(() => migrateSqlite(database, [one, dangling])).toThrow(SetupError)
    expect(tables()).toEqual([])
    expect(database.pragma('foreign_keys', { simple: true })).toBe(1)
  })

  const open = (path: string) => openStore({ database: { provider: 'sqlite', path } }, silentLog)

  it('keeps a second server away from the file until the first has closed it', async () => {
    const path = join(folder, 'served.db')
    const first = await open(path)
    await expect(open(path)).rejects.toThrow(/^The database .*served\.db is locked: /)
    await first.close()
    await (await open(path)).close()
  }, 30_000)

  it('refuses with a sentence what is no database, and a path that cannot be one', async () => {
    const path = join(folder, 'text.db')
    writeFileSync(path, 'These are words and not a database. '.repeat(100))
    await expect(open(path)).rejects.toThrow(/is damaged or is no SQLite database/)
    await expect(open(join(path, 'below', 'a-file.db'))).rejects.toThrow(SetupError)
    // Where there is no such file system it is an ordinary folder that may not be made.
    await expect(open('/proc/drawbridge/data/a-file.db')).rejects.toThrow(SetupError)
  })

  it('PE17 refuses a database that a newer server has written, and leaves it as it is', async () => {
    const path = join(folder, 'newer.db')
    await (await open(path)).close()
    const newer = new Database(path)
    migrateSqlite(newer, [...readMigrations('sqlite'), { name: '99990101000000_later', sql: 'SELECT 1;' }])
    newer.close()
    const before = readFileSync(path)
    await expect(open(path)).rejects.toThrow(/written by a newer Drawbridge/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  it('refuses the database of another program, and leaves it as it is', async () => {
    const path = join(folder, 'other.db')
    const other = new Database(path)
    other.exec('CREATE TABLE customers (id INTEGER PRIMARY KEY)')
    other.close()
    const before = readFileSync(path)
    await expect(open(path)).rejects.toThrow(/belongs to another program \(it has the table customers\)/)
    expect(readFileSync(path).equals(before)).toBe(true)
  })
})

describe('migrations on PostgreSQL', () => {
  let postgres: TestPostgres
  let url: string
  let client: pg.Client
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres?.stop())
  beforeEach(async () => {
    url = await postgres.createDatabase()
    client = new pg.Client({ connectionString: url })
    await client.connect()
  })
  afterEach(() => client.end())

  it('applies what is missing once, also when two servers start at the same time', async () => {
    const other = new pg.Client({ connectionString: url })
    await other.connect()
    const names = await Promise.all([
      migratePostgresql(client, [one, two]),
      migratePostgresql(other, [one, two]),
    ])
    await other.end()
    expect(names.flat()).toEqual(['1_one', '2_two'])
    expect(await migratePostgresql(client, [one, two])).toEqual([])
    const { rows } = await client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name')
    expect(rows).toMatchObject([{ checksum: checksumOf(one) }, { checksum: checksumOf(two) }])
  })

  it('leaves nothing of a migration that fails, and what came before it', async () => {
    await expect(migratePostgresql(client, [one, broken])).rejects.toThrow('nonsense')
    const { rows } = await client.query(
      "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
    )
    expect(rows.map((row) => row.tablename)).toEqual(['_prisma_migrations', 'one'])
    expect(await migratePostgresql(client, [one, two])).toEqual(['2_two'])
  })

  it('refuses with a sentence a server that is not there and a database that does not exist, without the password', async () => {
    const open = (address: string) =>
      openStore({ database: { provider: 'postgresql', url: address } }, silentLog)
    const nowhere = open('postgres://me:hunter2@127.0.0.1:1/draw')
    await expect(nowhere).rejects.toThrow(/^The PostgreSQL database 127\.0\.0\.1:1\/draw cannot be reached/)
    const missing = open(url.replace(/[^/]+$/, 'missing'))
    await expect(missing).rejects.toThrow(/missing does not exist: create it first/)
  })
})

describe('the migrations', () => {
  it('lead to the models, on both databases', () => {
    const script = join(import.meta.dirname, '..', '..', 'scripts', 'make-migration.mjs')
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
  })
})
