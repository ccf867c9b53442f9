import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SqlDriverAdapter, SqlQuery } from '@prisma/driver-adapter-utils'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SetupError } from '../setup-error.ts'
import { assertSoundSqlite, isSoundSqlite } from './open-sqlite.ts'
import { SerialSqlite } from './sqlite-adapter.ts'
import { prepareConnection } from './sqlite-sql.ts'

const sql = (text: string): SqlQuery => ({ sql: text, args: [], argTypes: [] })

describe('SerialSqlite', () => {
  let folder: string
  let adapter: SqlDriverAdapter
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'drawbridge-adapter-'))
    adapter = await new SerialSqlite({ url: join(folder, 'test.db') }).connect()
    await adapter.executeScript(`
      CREATE TABLE words (word TEXT PRIMARY KEY);
      CREATE TABLE parents (id INTEGER PRIMARY KEY);
      CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED);
    `)
  })
  afterEach(async () => {
    await adapter.dispose()
    rmSync(folder, { recursive: true, force: true })
  })
  const add = (word: string) => sql(`INSERT INTO words VALUES ('${word}')`)
  const words = async () => (await adapter.queryRaw(sql('SELECT word FROM words ORDER BY 1'))).rows.flat()

  it('S124 does not work on a database that cannot be written safely', () => {
    const memory = new Database(':memory:')
    expect(() => prepareConnection(memory)).toThrow(SetupError)
    expect(() => prepareConnection(memory)).toThrow(/journal_mode is memory where it has to be wal/)
    memory.close()
  })

  it('S124 writes to disk before it says so', async () => {
    const pragma = async (name: string) => (await adapter.queryRaw(sql(`PRAGMA ${name}`))).rows.flat()
    expect(await pragma('journal_mode')).toEqual(['wal'])
    expect(await pragma('synchronous')).toEqual([2])
    expect(await pragma('foreign_keys')).toEqual([1])
  })

  it('keeps a write that arrives during a transaction out of it', async () => {
    const transaction = await adapter.startTransaction()
    await transaction.executeRaw(add('inside'))
    const outside = adapter.executeRaw(add('outside'))
    await transaction.executeRaw(sql('ROLLBACK'))
    await transaction.rollback()
    expect(await outside).toBe(1)
    expect(await words()).toEqual(['outside'])
  })

  it('waits for another program to let go of the database, and lets others go on meanwhile', async () => {
    const other = new Database(join(folder, 'test.db'))
    other.exec('BEGIN IMMEDIATE')
    const plain = adapter.executeRaw(add('plain'))
    const begun = adapter.startTransaction()
    let ticks = 0
    const ticking = setInterval(() => {
      ticks += 1
    }, 5)
    expect(await words()).toEqual([])
    await new Promise<void>((resolve) => {
      const check = setInterval(() => {
        if (ticks < 10) return
        clearInterval(check)
        resolve()
      }, 5)
    })
    clearInterval(ticking)
    other.exec('COMMIT')
    other.close()
    const transaction = await begun
    await transaction.executeRaw(add('inside'))
    await transaction.executeRaw(sql('COMMIT'))
    await transaction.commit()
    expect(await plain).toBe(1)
    expect(await words()).toEqual(['inside', 'plain'])
  })

  it('reports a lock that stays, and works again after it', async () => {
    const other = new Database(join(folder, 'test.db'))
    other.exec('BEGIN IMMEDIATE')
    await expect(adapter.executeRaw(add('late'))).rejects.toThrow()
    await expect(adapter.startTransaction()).rejects.toThrow()
    other.exec('COMMIT')
    other.close()
    expect(await adapter.executeRaw(add('later'))).toBe(1)
    expect(await words()).toEqual(['later'])
  })

  it('lets transactions follow one another', async () => {
    const first = await adapter.startTransaction()
    let secondStarted = false
    const second = adapter.startTransaction().then((transaction) => {
      secondStarted = true
      return transaction
    })
    await first.executeRaw(add('first'))
    expect(secondStarted).toBe(false)
    await first.executeRaw(sql('COMMIT'))
    await first.commit()
    const transaction = await second
    await transaction.executeRaw(add('second'))
    await transaction.executeRaw(sql('COMMIT'))
    await transaction.commit()
    expect(await words()).toEqual(['first', 'second'])
  })

  it('rolls back and lets others through when the commit fails', async () => {
    const transaction = await adapter.startTransaction()
    await transaction.executeRaw(add('lost'))
    await transaction.executeRaw(sql('INSERT INTO children VALUES (7)'))
    await expect(transaction.executeRaw(sql('COMMIT'))).rejects.toThrow()
    // What Prisma does next.
    await transaction.rollback()
    expect(await words()).toEqual([])
    await adapter.executeRaw(add('later'))
    expect(await words()).toEqual(['later'])
  })

  it('lets others through after a failed statement', async () => {
    await adapter.executeRaw(add('twice'))
    await expect(adapter.executeRaw(add('twice'))).rejects.toThrow()
    expect(await words()).toEqual(['twice'])
  })
})

describe('isSoundSqlite', () => {
  it.each([
    ['3.45.1', false],
    ['3.51.2', false],
    ['3.51.3', true],
    ['3.52.0', false],
    ['3.52.1', true],
    ['3.53.2', true],
    ['4.0.0', true],
  ])('%s: %s', (version, sound) => {
    expect(isSoundSqlite(version)).toBe(sound)
  })

  it('S124 stops a start with a sentence', () => {
    expect(() => assertSoundSqlite('3.53.2')).not.toThrow()
    expect(() => assertSoundSqlite('3.51.2')).toThrow(SetupError)
    expect(() => assertSoundSqlite('3.52.0')).toThrow(
      'SQLite 3.52.0 is inside the installed better-sqlite3, and can damage databases: 3.51.3 or newer is needed.',
    )
  })
})
