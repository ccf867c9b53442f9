import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newBoard, ticketFor } from '../support/boards.ts'
import { enterAsGuest } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { connectWith, entered } from '../support/ws-client.ts'

const root = join(import.meta.dirname, '..', '..')
let folder: string
let server: TestServer

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'drawbridge-lifecycle-'))
  server = await startServer()
}, 90_000)
afterAll(async () => {
  await server?.remove()
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a server that is expected to give up, and resolves with its exit code and what it said. */
const startInVain = (env: Record<string, string>): Promise<{ code: number | null; said: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...process.env, DATA_DIR: folder, PORT: '0', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.once('close', (code) => resolve({ code, said }))
  })

/** The status that an upgrade is refused with. */
const upgradeStatus = (path: string, headers: Record<string, string> = {}): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const asked = request(server.url + path, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asked.once('response', (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    asked.once('upgrade', (_response, socket) => {
      socket.destroy()
      reject(new Error('The upgrade was accepted'))
    })
    asked.once('error', reject)
    asked.end()
  })

describe('a start that cannot succeed', () => {
  it('names the setting that is wrong, in one sentence', async () => {
    expect(await startInVain({ PORT: 'web' })).toEqual({
      code: 1,
      said: 'PORT must be a whole number from 0 to 65535, not "web".\n',
    })
  })

  it('says that the port is taken', async () => {
    const { code, said } = await startInVain({ PORT: String(server.port) })
    expect(code).toBe(1)
    expect(said).toBe(
      `Port ${server.port} is taken by another program: stop it, or set PORT to another one.\n`,
    )
  })

  it('says that another server uses the database', async () => {
    const { code, said } = await startInVain({ DATA_DIR: server.dataDir })
    expect(code).toBe(1)
    expect(said).toMatch(/^The database .* is locked: another Drawbridge or another program is using it\.\n$/)
  }, 30_000)
})

describe('the server', () => {
  it('protects every answer with headers', async () => {
    for (const path of ['/', '/api/health', '/nowhere']) {
      const { headers } = await fetch(server.url + path)
      expect(Object.fromEntries(headers)).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
      })
      expect(headers.has('x-powered-by')).toBe(false)
    }
  })

  it('answers upgrades that are not for the sync server, and those of foreign pages', async () => {
    expect(await upgradeStatus('/nowhere')).toBe(404)
    expect(await upgradeStatus('/_next/hmr')).toBe(404)
    expect(await upgradeStatus('/sync/board', { Origin: 'https://evil.example' })).toBe(403)
    expect(await upgradeStatus('/sync/board', { Origin: server.url })).toBe(401)
  })

  it('PE13, S67: told to stop twice, says so to all, saves what was just drawn, and ends well', async () => {
    const owner = await enterAsGuest(server.url)
    const boardId = await newBoard(owner)
    const ada = await entered(connectWith(await ticketFor(owner, boardId)))
    ada.elements.set('last', 1)
    await ada.settled()
    expect(await Promise.all([server.stop(), server.stop()])).toEqual([0, 0])
    expect(await ada.closed).toMatchObject({ code: 1012 })
    await server.start()
    const again = await entered(connectWith(await ticketFor(owner, boardId)))
    expect(again.elements.toJSON()).toEqual({ last: 1 })
    again.socket.terminate()
  }, 90_000)
})
