import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { silentLog } from '../test/support/stores.ts'
import { createFileAssetStore } from './assets/file-asset-store.ts'
import { type BackedUp, backUp } from './backup.ts'
import { SetupError } from './setup-error.ts'
import { openStore } from './store/index.ts'
import type { Store } from './store/types.ts'

const secret = 'a secret of more than thirty-two characters'
let folder: string
let source: BackedUp
let store: Store

const databaseIn = (dataDir: string) =>
  ({ provider: 'sqlite', path: join(dataDir, 'drawbridge.db') }) as const

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-backup-'))
  const dataDir = join(folder, 'data')
  source = { dataDir, database: databaseIn(dataDir), secret }
  store = await openStore({ database: databaseIn(dataDir) }, silentLog)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

it('S125 PE14 a backup made while boards are written to has all that was saved before it, and opens on its own', async () => {
  const owner = await store.people.createGuest('Owner')
  const boards = await Promise.all(
    [1, 2, 3].map(() => store.boards.create({ ownerId: owner.id, title: 'Board' })),
  )
  let isWriting = true
  let saved = 0
  const write = async (): Promise<void> => {
    for (let count = 1; isWriting; count++) {
      const data = Uint8Array.of(count >> 8, count & 255)
      await store.rooms.append(boards.map(({ id }) => ({ boardId: id, data, owners: [[count, owner.id]] })))
      saved = count
    }
  }
  const writing = write()
  while (saved < 20) await new Promise((resolve) => setImmediate(resolve))
  const before = saved
  const target = join(folder, 'copy')
  await backUp(source, target)
  isWriting = false
  await writing

  const restored = await openStore({ database: databaseIn(target) }, silentLog)
  for (const { id } of boards) {
    const { entries, owners } = await restored.rooms.load(id)
    expect(entries.length).toBeGreaterThanOrEqual(before)
    expect(entries.map(({ data }) => ((data[0] ?? 0) << 8) | (data[1] ?? 0))).toEqual(
      entries.map((_, index) => index + 1),
    )
    expect(owners.size).toBe(entries.length)
  }
  expect((await restored.boards.find(boards[0]?.id ?? ''))?.ownerId).toBe(owner.id)
  await restored.close()
})

it('S125 PE14 has the pictures and the secret, and leaves out what is not whole yet', async () => {
  const hash = await createFileAssetStore(join(source.dataDir, 'assets')).put(Uint8Array.of(1, 2, 3))
  mkdirSync(join(source.dataDir, 'assets', 'incoming'), { recursive: true })
  writeFileSync(join(source.dataDir, 'assets', 'incoming', 'half'), 'half')
  const target = join(folder, 'copy')
  await backUp(source, target)
  expect(readFileSync(join(target, 'secret'), 'utf8').trim()).toBe(secret)
  expect(await createFileAssetStore(join(target, 'assets')).open(hash)).not.toBeNull()
  expect(existsSync(join(target, 'assets', 'incoming', 'half'))).toBe(false)
})

it('S125 overwrites nothing, and leaves nothing half done behind', async () => {
  const target = join(folder, 'copy')
  await backUp(source, target)
  await expect(backUp(source, target)).rejects.toThrow(/is there already: give a backup a new name\.$/)
  expect(existsSync(`${target}.unfinished`)).toBe(false)
  const nowhere = { ...source, database: databaseIn(join(folder, 'nowhere')) }
  await expect(backUp(nowhere, join(folder, 'other'))).rejects.toThrow(SetupError)
  expect(existsSync(join(folder, 'other'))).toBe(false)
  const database = { provider: 'postgresql', url: 'postgres://localhost/board' } as const
  await expect(backUp({ ...source, database }, target)).rejects.toThrow(/pg_dump/)
})
