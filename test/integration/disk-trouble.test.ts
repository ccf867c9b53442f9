import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../server/store/index.ts'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import { newBoard, ticketFor } from '../support/boards.ts'
import { damageBoard, damageSnapshot, lockDatabase, storedRows } from '../support/damage.ts'
import { enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { silentLog } from '../support/stores.ts'
import { connectWith, entered, type RawClient } from '../support/ws-client.ts'

const root = join(import.meta.dirname, '..', '..')
const UNPRIVILEGED = 65_534

interface Refused {
  readonly error: { readonly code: string; readonly message: string }
}

let server: TestServer
let guest: HttpClient

beforeAll(async () => {
  server = await startServer()
  guest = await enterAsGuest(server.url)
}, 90_000)
afterAll(() => server?.remove())

const connect = async (boardId: string): Promise<RawClient> => connectWith(await ticketFor(guest, boardId))

const enter = async (boardId: string): Promise<RawClient> => entered(await connect(boardId))

const storageNotices = ({ notices }: RawClient): boolean[] =>
  notices.flatMap((notice) => (notice.type === 'storage' ? [notice.failing] : []))

describe('a database that another program has locked', () => {
  it('stops nobody from drawing together; people are told that it is not saved, and it is saved later', async () => {
    const id = await newBoard(guest)
    const [ada, ben] = [await enter(id), await enter(id)]
    ada.elements.set('before', 1)
    await ada.untilSaved()
    const unlock = lockDatabase(server.dataDir)
    try {
      const saved = ada.saved
      ada.elements.set('first', 1)
      await ada.until(() => storageNotices(ada).length > 0)
      expect(storageNotices(ada)).toEqual([true])
      const began = Date.now()
      ada.elements.set('second', 1)
      await ben.untilHas('second')
      expect(Date.now() - began).toBeLessThan(1000)
      expect(ada.saved).toBe(saved)
      const refused = await guest.call<Refused>('POST', '/api/boards', {})
      expect([refused.status, refused.body.error.code]).toEqual([503, 'unavailable'])
      expect((await guest.call('GET', '/api/health')).status).toBe(200)
    } finally {
      unlock()
    }
    await ada.untilSaved()
    expect(storageNotices(ada)).toEqual([true, false])
    await server.kill()
    await server.start()
    const later = await enter(id)
    expect(later.elements.toJSON()).toEqual({ before: 1, first: 1, second: 1 })
    await later.close()
  }, 90_000)

  it('stops a start with a sentence', async () => {
    await server.stop()
    const unlock = lockDatabase(server.dataDir)
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: server.dataDir, PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    const code = await new Promise((resolve) => child.once('close', resolve))
    unlock()
    expect([code, said]).toEqual([1, expect.stringMatching(/^The database .* is locked: another .*\.\n$/)])
    await server.start()
  }, 90_000)
})

describe('a database that may not be written', () => {
  it('stops a start with a sentence', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'drawbridge-read-only-'))
    const database = { provider: 'sqlite', path: join(folder, 'test.db') } as const
    await (await openStore({ database }, silentLog)).close()
    for (const name of ['test.db', 'test.db-lock']) chmodSync(join(folder, name), 0o444)
    chmodSync(folder, 0o555)
    // Nothing is read-only for root.
    const isRoot = process.geteuid?.() === 0
    if (isRoot) process.seteuid?.(UNPRIVILEGED)
    const opening = openStore({ database }, silentLog)
    await expect(opening).rejects.toThrow(
      /cannot be written: its file or folder is read-only for this user\.$/,
    )
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o755)
    rmSync(folder, { recursive: true })
  })
})

describe('a board whose stored state is damaged', () => {
  it('S59 PE5: comes back whole while the snapshot before and the log do', async () => {
    const id = await newBoard(guest)
    for (const element of ['first', 'second']) {
      const ada = await enter(id)
      ada.elements.set(element, 1)
      await ada.untilSaved()
      await ada.close()
      await server.stop()
      await server.start()
    }
    await server.stop()
    damageSnapshot(server.dataDir, id)
    await server.start()
    const ben = await enter(id)
    expect(ben.elements.toJSON()).toEqual({ first: 1, second: 1 })
    await ben.close()
  }, 90_000)

  it('S61 PE5: says so everywhere, is never empty instead, and keeps its rows; other boards work', async () => {
    const [id, other] = [await newBoard(guest), await newBoard(guest)]
    const ada = await enter(id)
    ada.elements.set('drawn', 1)
    await ada.untilSaved()
    await ada.close()
    await server.stop()
    damageBoard(server.dataDir, id)
    const damaged = storedRows(server.dataDir, id)
    await server.start()

    const ben = await connect(id)
    expect((await ben.closed).code).toBe(CloseCode.boardUnreadable)
    expect(ben.received).toEqual([])
    for (const [method, rest] of [
      ['GET', '/preview.svg'],
      ['POST', '/duplicate'],
    ] as const) {
      const { status, body } = await guest.call<Refused>(method, `/api/boards/${id}${rest}`)
      expect([rest, status, body.error.code]).toEqual([rest, 500, 'unreadable'])
      expect(body.error.message).toMatch(/damaged/)
    }
    expect((await guest.call('GET', `/api/boards/${id}`)).status).toBe(200)
    await (await enter(other)).close()
    await server.stop()
    expect(storedRows(server.dataDir, id)).toBe(damaged)
    await server.start()
  }, 90_000)
})
