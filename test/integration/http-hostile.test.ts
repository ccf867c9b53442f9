import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeScene, type Scene } from '../support/access-scene.ts'
import { ACCESS } from '../support/access-table.ts'
import { newLink, secretOf, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { rawRequest } from '../support/raw-request.ts'
import { startServer, type TestServer } from '../support/server.ts'

const TITLE = 'Kingfisher'

let server: TestServer
let scene: Scene

beforeAll(async () => {
  server = await startServer({ env: { LOG_LEVEL: 'debug' } })
  scene = await makeScene(server.url)
  const { owner } = scene.actors
  await owner.call('PATCH', `/api/boards/${scene.own.board}`, { title: TITLE })
}, 90_000)
afterAll(() => server?.remove())

/** Status and text of an answer; Next sends its own requests on to an address with a hash of their headers. */
const raw = async (
  method: string,
  path: string,
  headers: Record<string, string>,
  hops = 2,
): Promise<[number, string]> => {
  const answer = await rawRequest(server.port, method, path, headers)
  const { location } = answer.headers
  const isSentOn = answer.status === 307 && hops > 0 && location?.includes('_rsc')
  return isSentOn && location ? raw(method, location, headers, hops - 1) : [answer.status, answer.body]
}

describe('AP2: the ways round a page', () => {
  const RSC = { rsc: '1' }
  const ways = (id: string): [string, Record<string, string>][] => [
    [`/b/${id}`, RSC],
    [`/b/${id}?_rsc=abc`, {}],
    [`/b/${id}?_rsc=abc`, { ...RSC, 'next-router-prefetch': '1' }],
    [`/b/${id}`, { ...RSC, 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' }],
    [
      `/b/${id}`,
      { ...RSC, 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/b/$d$boardId/__PAGE__' },
    ],
    [`/b/${id}.rsc`, {}],
    [`/b/${id}.segments/_full.segment.rsc`, {}],
    [`/_next/data/development/b/${id}.json`, { 'x-nextjs-data': '1' }],
    [`/b/${id}`, { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' }],
    [`/b/${id}`, { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['/', { 'x-middleware-rewrite': `/b/${id}` }],
    ['/', { 'x-matched-path': `/b/${id}`, 'x-now-route-matches': `1=${id}` }],
    [
      '/',
      { 'x-invoke-path': `/b/${id}`, 'x-invoke-query': encodeURIComponent(JSON.stringify({ boardId: id })) },
    ],
    [`/b%2f${id}`, {}],
    [`//b/${id}`, {}],
    [`/b//${id}`, {}],
    [`/B/${id}`, {}],
    [`/b/x/../${id}`, {}],
    [`/b/${id}/`, {}],
    [`/b/x?boardId=${id}&nxtPboardId=${id}`, {}],
    [`/boards?nxtPboardId=${id}`, RSC],
  ]

  it('never give more than the page itself', async () => {
    const { board } = scene.own
    const cookie = scene.actors.owner.cookie()
    // So that what follows can fail.
    const [, asOwner] = await raw('GET', `/b/${board}`, { ...RSC, cookie })
    expect(asOwner).toContain(TITLE)
    for (const actor of ['anonymous', 'outsider', 'former'] as const) {
      for (const [path, headers] of ways(board)) {
        const [status, text] = await raw('GET', path, { ...headers, cookie: scene.actors[actor].cookie() })
        expect([actor, path, headers, status < 500, text.includes(TITLE)]).toEqual([
          actor,
          path,
          headers,
          true,
          false,
        ])
      }
    }
  })

  it('run nothing for server actions that are none', async () => {
    const cookie = scene.actors.outsider.cookie()
    for (const path of ['/', `/b/${scene.own.board}`, '/boards']) {
      const headers = { cookie, 'next-action': '0'.repeat(42), 'content-type': 'text/plain;charset=UTF-8' }
      const [status, text] = await raw('POST', path, headers)
      expect([path, status >= 400 || status === 200, text.includes(TITLE)]).toEqual([path, true, false])
      expect(status).not.toBe(500)
    }
  })

  it('open nothing of the API either', async () => {
    const { board } = scene.own
    const cookie = scene.actors.outsider.cookie()
    const tricks = ways('x').map(([, headers]) => headers)
    for (const headers of tricks) {
      const [status] = await raw('GET', `/api/boards/${board}`, { ...headers, cookie })
      expect([headers, status]).toEqual([headers, 404])
    }
  })
})

describe('AP3: requests that other sites make a browser send', () => {
  const mutations = ACCESS.filter(({ method, route }) => method !== 'GET' && route.startsWith('/api/'))
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.test', 'content-type': 'application/x-www-form-urlencoded' },
    { origin: 'https://evil.test', 'content-type': 'text/plain' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'http://sub.localhost', 'sec-fetch-site': 'same-site' },
  ]

  it('change nothing, whichever route they are for', async () => {
    const { owner } = scene.actors
    const before = await owner.call('GET', '/api/boards')
    expect(mutations.length).toBeGreaterThan(12)
    for (const { method, route } of mutations) {
      const path = route
        .replace('[...nextauth]', 'signout')
        .replace('[id]', scene.own.board)
        .replace('[linkId]', scene.own.link)
        .replace('[versionId]', scene.own.version)
      for (const headers of foreign) {
        const { status, body } = await owner.call<{ error: { code: string } }>(
          method,
          path,
          undefined,
          headers,
        )
        expect([method, path, headers, status, body.error.code]).toEqual([
          method,
          path,
          headers,
          403,
          'foreign-origin',
        ])
      }
    }
    expect((await owner.call('GET', '/api/boards')).body).toEqual(before.body)
    expect((await owner.call('GET', '/api/me')).status).toBe(200)
  })

  it('cannot hide a change in a GET', async () => {
    const { owner } = scene.actors
    const path = `/api/boards/${scene.own.board}`
    for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      await owner.call('GET', path, undefined, { [name]: 'DELETE' })
    }
    await owner.call('GET', `${path}?_method=DELETE`)
    expect((await owner.call('GET', path)).status).toBe(200)
  })
})

describe('AP10: headers of the running product', () => {
  const kinds = (): [string, HttpClient, string, number][] => {
    const { anonymous, owner, account } = scene.actors
    const { board, picture } = scene.own
    return [
      ['a page', anonymous, '/', 200],
      ['a board', owner, `/b/${board}`, 200],
      ['a page that is none', anonymous, '/nothing', 404],
      ['a redirect', account, '/signin', 307],
      ['data', owner, '/api/boards', 200],
      ['an error', anonymous, '/api/boards', 401],
      ['an address that is none', anonymous, '/api/nothing', 404],
      ['a picture', owner, `/api/boards/${board}/assets/${picture}`, 200],
      ['a preview', owner, `/api/boards/${board}/preview.svg`, 200],
      ['a script', anonymous, '/theme.js', 200],
      ['a sign of life', anonymous, '/api/health', 200],
    ]
  }

  it('protect every kind of answer', async () => {
    for (const [kind, client, path, status] of kinds()) {
      const answer = await client.call('GET', path)
      expect([kind, answer.status]).toEqual([kind, status])
      const headers = Object.fromEntries(answer.headers)
      expect(headers, kind).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
      expect(headers, kind).not.toHaveProperty('x-powered-by')
      expect(headers, kind).not.toHaveProperty('server')
      const isOpen = path === '/theme.js'
      if (!isOpen) expect(headers['cache-control'], kind).toMatch(/no-store|^private/)
    }
  })

  it('let only scripts with the nonce of that answer run, of which there are no others', async () => {
    for (const [client, path] of [
      [scene.actors.owner, `/b/${scene.own.board}`],
      [scene.actors.anonymous, '/'],
      [scene.actors.anonymous, '/offline'],
      [scene.actors.anonymous, '/nothing'],
    ] as const) {
      const { headers, body } = await client.call<string>('GET', path)
      const nonce = /'nonce-([^']+)'/.exec(headers.get('content-security-policy') ?? '')?.[1]
      const scripts = body.match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(3)
      for (const script of scripts)
        expect([path, script]).toEqual([path, expect.stringContaining(`nonce="${nonce}"`)])
      expect(body).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=/i)
    }
  })
})

describe('AP12: the secret of a share link', () => {
  it('is in no line of the log, nor are tickets and cookies, and its page tells nobody where it was', async () => {
    const { owner, outsider } = scene.actors
    const link = await newLink(owner, scene.own.board, 'viewer')
    const secret = secretOf(link)
    const { body, headers } = await outsider.call<string>('GET', `/s/${secret}`)
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(body).toContain('<meta name="referrer" content="no-referrer"')
    expect(body.match(/(src|href)="(https?:)?\/\/[^"]*"/g)).toBeNull()
    const guest = await enterAsGuest(server.url)
    const { ticket } = await ticketFor(guest, scene.own.board, secret)
    await guest.call('POST', '/api/links/join', { secret })
    await guest.call('GET', `/s/${secret}x`)
    await vi.waitUntil(() => server.output().includes('/s/:secret'), { timeout: 30_000 })
    const output = server.output()
    for (const hidden of [
      secret,
      secret.split('.').at(-1) ?? '',
      ticket,
      ...guest.cookie().split(/[=;] ?/),
    ]) {
      if (hidden.length > 20) expect(output.includes(hidden)).toBe(false)
    }
    expect(output).not.toMatch(/\[id\]|"url":/)
  })

  it('is found in the log by the id of the request, with the board that it is about', async () => {
    const { owner } = scene.actors
    const { headers } = await owner.call('GET', `/api/boards/${scene.own.board}`)
    const id = headers.get('x-request-id') ?? 'none'
    await vi.waitUntil(() => server.output().includes(id), { timeout: 30_000 })
    const line = server
      .output()
      .split('\n')
      .find((text) => text.includes(id))
    expect(JSON.parse(line ?? '{}')).toMatchObject({
      msg: 'request answered',
      boardId: scene.own.board,
      route: '/api/boards/:id',
      status: 200,
    })
  })
})

describe('AP15: what is asked for many times at once', () => {
  it('happens once, and nothing breaks', async () => {
    const { owner } = scene.actors
    const wish = { name: 'Ada', email: 'race@example.org', password: 'correct horse battery' }
    const made = await Promise.all(
      Array.from({ length: 12 }, () => createHttpClient(server.url).call('POST', '/api/register', wish)),
    )
    expect(made.map(({ status }) => status).sort()).toEqual([201, ...Array(11).fill(409)])

    const secret = secretOf(await newLink(owner, scene.own.board, 'editor'))
    const guest = await enterAsGuest(server.url)
    const joins = await Promise.all(
      Array.from({ length: 12 }, () => guest.call('POST', '/api/links/join', { secret })),
    )
    expect(new Set(joins.map(({ status }) => status))).toEqual(new Set([200]))
    const { body } = await guest.call<{ boards: { id: string }[] }>('GET', '/api/boards')
    expect(body.boards.filter(({ id }) => id === scene.own.board)).toHaveLength(1)

    const { body: board } = await owner.call<{ id: string }>('POST', '/api/boards', {})
    const path = `/api/boards/${board.id}`
    const race = await Promise.all([
      ...Array.from({ length: 6 }, (_, n) => owner.call('PATCH', path, { title: `T${n}` })),
      owner.call('DELETE', path),
      ...Array.from({ length: 6 }, () => owner.call('POST', `${path}/duplicate`)),
    ])
    for (const { status } of race) expect(status).toBeLessThan(500)
    expect((await owner.call('GET', path)).status).toBe(404)
  })
})
