import { request } from 'node:http'
import { expect, it } from 'vitest'
import { newBoard, newLink } from '../support/boards.ts'
import { enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startPostgres } from '../support/postgres.ts'
import { createRandom } from '../support/random.ts'
import { startServer, type TestServer } from '../support/server.ts'

const REQUESTS = 600
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const SHAPES = [
  '/api/ID',
  '/api/boards',
  '/api/boards/ID',
  '/api/boards/ID/ID',
  '/api/boards/ID/links',
  '/api/boards/ID/links/ID',
  '/api/boards/ID/ticket',
  '/api/boards/ID/duplicate',
  '/api/boards/ID/restore',
  '/api/boards/ID/preview.svg',
  '/api/boards/ID/assets',
  '/api/boards/ID/assets/ID',
  '/api/links/join',
  '/api/me',
  '/api/me/close',
  '/api/me/password',
  '/api/register',
  '/api/health',
  '/api/auth/ID',
  '/api/auth/signin/ID',
  '/api/auth/callback/ID',
  '/api/auth/session',
  '/api/auth/csrf',
  '/b/ID',
  '/s/ID',
]
const NAMES = [
  'title',
  'name',
  'email',
  'password',
  'current',
  'next',
  'word',
  'role',
  'expiresAt',
  'link',
  'secret',
  'callbackUrl',
  'csrfToken',
  'limit',
  'cursor',
  'theme',
  'error',
  '__proto__',
  'json',
]
const TEXTS = [
  '',
  'x',
  '\u0000',
  '\ud800',
  '../..',
  '%00',
  "' OR 1=1 --",
  'x'.repeat(3000),
  '\u202e',
  '1e400',
  'editor',
  'viewer',
  'credentials',
  'guest',
  'a@b.co',
  '9999-12-31T23:59:59Z',
  '-1',
  '//evil',
  '{"a":1}',
  '<script>',
]
const TYPES = [
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  '',
]

interface Target {
  readonly server: TestServer
  readonly guest: HttpClient
  readonly boardId: string
  readonly linkId: string
}

const targetOn = async (env: Record<string, string>): Promise<Target> => {
  const server = await startServer({ env })
  const guest = await enterAsGuest(server.url)
  const boardId = await newBoard(guest)
  const { id: linkId } = await newLink(guest, boardId, 'editor')
  return { server, guest, boardId, linkId }
}

const attack = async ({ server, guest, boardId, linkId }: Target): Promise<void> => {
  const random = createRandom(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T
  const text = (): string => (random() < 0.2 ? pick([boardId, linkId]) : pick(TEXTS))
  const part = (): string =>
    random() < 0.3 ? boardId : encodeURIComponent(text().replace(/\p{Cs}/gu, '')) || 'x'
  const value = (depth = 0): unknown => {
    const kind = Math.floor(random() * (depth > 2 ? 4 : 6))
    if (kind < 2) return text()
    if (kind === 2) return pick([null, true, false])
    if (kind === 3) return pick([0, -1, 1e308, 0.5, 2 ** 53])
    if (kind === 4) return [value(depth + 1), value(depth + 1)]
    return Object.fromEntries([1, 2, 3].map(() => [pick(NAMES), value(depth + 1)]))
  }
  const body = (): string =>
    pick([
      () => JSON.stringify(value()),
      () => JSON.stringify(Object.fromEntries(NAMES.map((name) => [name, value()]))),
      () => new URLSearchParams(NAMES.map((name) => [name, text()])).toString(),
      () => JSON.stringify(value()).slice(1),
      () => '',
    ])()

  const send = (method: string, path: string, headers: Record<string, string>, sent: string) =>
    new Promise<number>((resolve, reject) => {
      const asked = request(server.url + path, { method, headers }, (response) => {
        response.resume()
        response.on('end', () => resolve(response.statusCode ?? 0))
      })
      asked.once('error', (error) =>
        reject(new Error(`${method} ${path} ${sent.slice(0, 300)}`, { cause: error })),
      )
      if (['GET', 'HEAD'].includes(method)) asked.end()
      // Said for all methods: Node leaves the length away for some, and the body would be read as the next request.
      else asked.setHeader('Content-Length', Buffer.byteLength(sent)).end(sent)
    })

  for (let n = 0; n < REQUESTS; n += 1) {
    const method = pick(METHODS)
    // The one board would be gone otherwise.
    const shape = method === 'DELETE' ? '/api/boards/ID/links/x' : pick(SHAPES)
    const query = random() < 0.4 ? `?${pick(NAMES)}=${part()}&${pick(NAMES)}=${part()}` : ''
    const path = shape.replaceAll('ID', part) + query
    const type = pick(TYPES)
    const cookie = random() < 0.8 ? guest.cookie() : `next-auth.session-token=${part()}`
    const sent = body()
    const status = await send(method, path, { cookie, ...(type && { 'content-type': type }) }, sent)
    expect(status, `${method} ${path} ${type} ${sent.slice(0, 300)}`).toBeLessThan(500)
  }
  expect((await guest.call('GET', `/api/boards/${boardId}`)).status).toBe(200)
}

it(`AP17: no request makes the server fail on SQLite (seed ${seed})`, async () => {
  const target = await targetOn({})
  await attack(target).finally(() => target.server.remove())
}, 120_000)

it(`AP17: no request makes the server fail on PostgreSQL (seed ${seed})`, async () => {
  const postgres = await startPostgres()
  try {
    const target = await targetOn({ DATABASE_URL: await postgres.createDatabase() })
    await attack(target).finally(() => target.server.remove())
  } finally {
    await postgres.stop()
  }
}, 120_000)
