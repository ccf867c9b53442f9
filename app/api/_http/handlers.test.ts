import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NextRequest } from 'next/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFileAssetStore } from '../../../server/assets/file-asset-store.ts'
import { createIntake } from '../../../server/assets/intake.ts'
import { createRateLimits } from '../../../server/auth/rate-limit.ts'
import { newSession, sessionCookie } from '../../../server/auth/session.ts'
import { createAccessEvents } from '../../../server/boards/access-events.ts'
import { createTicketIssuer } from '../../../server/boards/tickets.ts'
import type { Config } from '../../../server/config.ts'
import { createLog } from '../../../server/log.ts'
import { openNodes } from '../../../server/nodes.ts'
import { type Runtime, setRuntime } from '../../../server/runtime.ts'
import type { PersonRow, Store } from '../../../server/store/types.ts'
import { openSqliteTestStore, silentLog } from '../../../test/support/stores.ts'
import * as links from '../boards/[id]/links/route.ts'
import * as preview from '../boards/[id]/preview.svg/route.ts'
import * as restore from '../boards/[id]/restore/route.ts'
import * as board from '../boards/[id]/route.ts'
import * as ticket from '../boards/[id]/ticket/route.ts'
import * as boards from '../boards/route.ts'
import * as me from '../me/route.ts'
import * as register from '../register/route.ts'
import { MAX_BODY } from './body.ts'

const SECRET = 'a secret of the server that is long enough'
const SITE = 'http://board.test:3000'

let store: Store
let remove: () => Promise<void>
let current: Runtime
let ada: PersonRow
let bob: PersonRow

const runtimeAt = (publicUrl: string | null): Runtime => ({
  config: { secret: SECRET, publicUrl } as Config,
  log: silentLog,
  root: '',
  store,
  nodes: openNodes({ secret: SECRET, redisUrl: null } as Config, createLog('silent')),
  accessEvents: createAccessEvents(),
  tickets: createTicketIssuer(SECRET),
  assets: createFileAssetStore(join(tmpdir(), 'drawbridge-no-pictures')),
  intake: createIntake(),
  artist: { draw: async () => null, stop: async () => {} },
  limits: createRateLimits(),
})

beforeAll(async () => {
  const temporary = await openSqliteTestStore()
  store = temporary.store
  remove = temporary.close
  ada = await store.people.createGuest('Ada')
  bob = await store.people.createGuest('Bob')
})
afterAll(async () => {
  setRuntime(undefined)
  await remove()
})
beforeEach(() => {
  current = runtimeAt(null)
  setRuntime(current)
})

interface Ask {
  readonly method?: string
  readonly as?: PersonRow | null
  readonly cookie?: string
  readonly body?: BodyInit
  readonly json?: unknown
  readonly headers?: Record<string, string>
  readonly path?: string
}

const ask = async ({ method = 'POST', as = ada, cookie, body, json, headers, path = '/api' }: Ask) => {
  const session = cookie ?? (as ? (await sessionCookie(current, newSession(as))).split(';')[0] : undefined)
  const sent = json === undefined ? body : JSON.stringify(json)
  const all = { host: 'board.test:3000', 'content-type': 'application/json', ...headers }
  return new NextRequest(SITE + path, {
    method,
    headers: session ? { ...all, cookie: session } : all,
    ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
  })
}

const at = (id: string) => ({ params: Promise.resolve({ id }) })
const nowhere = { params: Promise.resolve({}) }

const said = async (response: Response) => {
  const text = await response.text()
  return { status: response.status, body: text === '' ? null : JSON.parse(text) }
}

const newBoard = async (request: Ask = { json: {} }): Promise<string> => {
  const { status, body } = await said(await boards.POST(await ask(request), nowhere))
  expect(status).toBe(201)
  return body.id
}

describe('requests that change something', () => {
  it('AP3: are refused from other origins, "null" and sibling sites, and done for our own and for programs', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'http://evil.test' },
      { origin: 'null' },
      { origin: 'http://board.test:3001' },
      { origin: 'http://board.test' },
      { origin: 'http://board.test:3000.evil' },
      { origin: 'http://sub.board.test:3000' },
      { origin: '' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: SITE },
    ]
    for (const headers of foreign) {
      const { status, body } = await said(await boards.POST(await ask({ json: {}, headers }), nowhere))
      expect([headers, status, body.error.code]).toEqual([headers, 403, 'foreign-origin'])
    }
    const own: Record<string, string>[] = [{ origin: SITE }, { origin: 'HTTP://BOARD.TEST:3000' }, {}]
    for (const headers of own) {
      expect((await boards.POST(await ask({ json: {}, headers }), nowhere)).status).toBe(201)
    }
  })

  it('AP3: come from the public address only, where there is one', async () => {
    current = runtimeAt('https://draw.example')
    setRuntime(current)
    const own = await ask({ json: {}, headers: { origin: 'https://draw.example' } })
    const { status, body } = await said(await boards.POST(own, nowhere))
    expect([status, body.url]).toEqual([201, `https://draw.example/b/${body.id}`])
    const byHost = await ask({ json: {}, headers: { origin: SITE } })
    expect((await boards.POST(byHost, nowhere)).status).toBe(403)
  })

  it('AP14: take JSON of a sensible size and nothing else', async () => {
    const cases: [Ask, number, string][] = [
      [{ body: '{"title":' }, 400, 'not-json'],
      [{ body: '{}', headers: { 'content-type': 'text/plain' } }, 400, 'not-json'],
      [{ body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'not-json'],
      [{ body: '"text"' }, 400, 'invalid'],
      [{ json: { title: 7 } }, 400, 'invalid'],
      [{ json: { title: 'x'.repeat(10_000) } }, 400, 'invalid'],
      [{ body: `{"title":"${'x'.repeat(MAX_BODY)}"}` }, 413, 'too-large'],
      [{ body: '['.repeat(MAX_BODY) }, 400, 'not-json'],
    ]
    for (const [request, status, code] of cases) {
      const answer = await said(await boards.POST(await ask(request), nowhere))
      expect([answer.status, answer.body.error.code]).toEqual([status, code])
      expect(answer.body.error.message).toMatch(/^\S.*\.$/)
    }
  })

  it('AP14: stop reading a body that grows past the limit, whatever length it declares', async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController) =>
      controller.enqueue(new Uint8Array(16 * 1024)),
    )
    const endless = new ReadableStream({ pull }, { highWaterMark: 0 })
    expect((await boards.POST(await ask({ body: endless }), nowhere)).status).toBe(413)
    expect(pull.mock.calls.length).toBeLessThan(10)
  })

  it('AP4: change only what the call is for', async () => {
    const more =
      '"ownerId":"x","role":"owner","id":"mine","createdAt":"2000-01-01","__proto__":{"isAdmin":true}'
    const id = await newBoard({ body: `{"title":"Mine",${more}}` })
    expect(id).not.toBe('mine')
    const patch = await ask({ method: 'PATCH', body: `{"title":"Renamed",${more}}` })
    expect((await board.PATCH(patch, at(id))).status).toBe(200)
    expect(await store.boards.find(id)).toMatchObject({ id, ownerId: ada.id, title: 'Renamed' })
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})

describe('sessions', () => {
  it('are needed, and only those of living people with the present version count', async () => {
    const gone = { ...ada, id: 'gone' }
    const old = { ...ada, sessionVersion: ada.sessionVersion - 1 }
    const cookies = ['', 'next-auth.session-token=garbage']
    for (const person of [gone, old])
      cookies.push((await sessionCookie(current, newSession(person))).split(';')[0] ?? '')
    for (const cookie of cookies) {
      const { status, body } = await said(await boards.POST(await ask({ json: {}, cookie }), nowhere))
      expect([cookie, status, body.error.code]).toEqual([cookie, 401, 'signed-out'])
    }
  })

  it('AP16: signed under another secret, or as what they are not, open nothing', async () => {
    const cookies = []
    for (const secret of ['another secret of the server, long enough', '']) {
      const elsewhere = { ...current, config: { ...current.config, secret } }
      cookies.push((await sessionCookie(elsewhere, newSession(ada)).catch(() => '')).split(';')[0] ?? '')
    }
    const id = await newBoard()
    const asked = await said(await ticket.POST(await ask({ json: {} }), at(id)))
    cookies.push(`next-auth.session-token=${asked.body.ticket}`)
    for (const cookie of cookies) {
      const { status, body } = await said(await boards.POST(await ask({ json: {}, cookie }), nowhere))
      expect([cookie, status, body.error.code]).toEqual([cookie, 401, 'signed-out'])
    }
  })

  it('have a cookie that scripts cannot read and that only https carries where there is https', async () => {
    expect(await sessionCookie(current, newSession(ada))).toMatch(/; HttpOnly; SameSite=Lax$/)
    const secure = await sessionCookie(runtimeAt('https://draw.example'), newSession(ada))
    expect(secure).toMatch(/^__Host-.*; HttpOnly; SameSite=Lax; Secure$/)
  })

  it('are renewed by use when they are older than a day, and not before', async () => {
    const { cookie = '' } = { cookie: (await sessionCookie(current, newSession(ada))).split(';')[0] }
    const get = async () => me.GET(await ask({ method: 'GET', cookie }), nowhere)
    expect((await get()).headers.has('set-cookie')).toBe(false)
    vi.useFakeTimers({ now: Date.now() + 25 * 3_600_000, toFake: ['Date'] })
    const fresh = (await get()).headers.get('set-cookie')
    vi.useRealTimers()
    expect(fresh).toMatch(/^next-auth\.session-token=.+; HttpOnly; SameSite=Lax$/)
  })
})

describe('boards', () => {
  it('AP1: of others and none at all have the same answer', async () => {
    const id = await newBoard({ json: { title: 'Secret plan' } })
    const calls = [
      async (to: string) => board.GET(await ask({ method: 'GET', as: bob }), at(to)),
      async (to: string) =>
        board.PATCH(await ask({ method: 'PATCH', as: bob, json: { title: 'x' } }), at(to)),
      async (to: string) => board.DELETE(await ask({ method: 'DELETE', as: bob }), at(to)),
      async (to: string) => restore.POST(await ask({ as: bob }), at(to)),
      async (to: string) => ticket.POST(await ask({ as: bob, json: {} }), at(to)),
      async (to: string) => ticket.POST(await ask({ as: bob, json: { link: 'a.b' } }), at(to)),
      async (to: string) => links.GET(await ask({ method: 'GET', as: bob }), at(to)),
      async (to: string) => links.POST(await ask({ as: bob, json: { role: 'editor' } }), at(to)),
    ]
    for (const call of calls) {
      const [others, none] = [await said(await call(id)), await said(await call('no-such-board'))]
      expect(others.status).toBe(404)
      expect(others).toEqual(none)
    }
  })

  it('AP10: are answered with "no-store"', async () => {
    const answers = [
      await boards.GET(await ask({ method: 'GET' }), nowhere),
      await boards.GET(await ask({ method: 'GET', as: null }), nowhere),
      await board.GET(await ask({ method: 'GET' }), at('none')),
    ]
    for (const answer of answers) expect(answer.headers.get('cache-control')).toBe('no-store')
  })

  it('AP5: are listed with a limit that makes sense or a plain refusal', async () => {
    const list = async (query: string) =>
      (await boards.GET(await ask({ method: 'GET', path: `/api/boards?${query}` }), nowhere)).status
    for (const query of ['limit=-1', 'limit=NaN', 'limit=1e400', 'limit=', 'cursor=x']) {
      expect([query, await list(query)]).toEqual([query, 400])
    }
    for (const query of ['limit=0', 'limit=1', 'limit=999999', '']) {
      expect([query, await list(query)]).toEqual([query, 200])
    }
  })
})

describe('pictures of boards', () => {
  it('CT8: are answered with a policy under which nothing in them runs or loads', async () => {
    const id = await newBoard()
    const { status, headers } = await preview.GET(await ask({ method: 'GET' }), at(id))
    expect(status).toBe(200)
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(headers.get('content-type')).toBe('image/svg+xml; charset=utf-8')
    expect(headers.get('cache-control')).toBe('private, no-cache')
  })
})

describe('tickets', () => {
  it('name the address of the socket', async () => {
    const id = await newBoard()
    const { status, body } = await said(await ticket.POST(await ask({ json: {} }), at(id)))
    expect([status, body.role, body.url]).toEqual([200, 'editor', `ws://board.test:3000/sync/${id}`])
    expect(body.expiresAt - Date.now()).toBeLessThanOrEqual(60_000)
    setRuntime(runtimeAt('https://draw.example'))
    const cookie =
      (await sessionCookie(runtimeAt('https://draw.example'), newSession(ada))).split(';')[0] ?? ''
    const secure = await said(await ticket.POST(await ask({ json: {}, cookie }), at(id)))
    expect(secure.body.url).toBe(`wss://draw.example/sync/${id}`)
  })

  it('make a guest of somebody without a session who shows a living link, and of nobody else', async () => {
    const id = await newBoard()
    const made = await said(await links.POST(await ask({ json: { role: 'viewer' } }), at(id)))
    const secret = new URL(made.body.url).pathname.slice('/s/'.length)
    const without = await ticket.POST(await ask({ as: null, json: {} }), at(id))
    expect(without.status).toBe(401)
    const dead = await ticket.POST(await ask({ as: null, json: { link: `${secret}x` } }), at(id))
    expect([dead.status, dead.headers.has('set-cookie')]).toEqual([404, false])
    const opened = await ticket.POST(await ask({ as: null, json: { link: secret } }), at(id))
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? ''
    expect((await said(opened)).body.role).toBe('viewer')
    const who = await said(await me.GET(await ask({ method: 'GET', cookie }), nowhere))
    expect(who.body).toMatchObject({ isGuest: true, name: expect.stringMatching(/^\w+ \w+$/) })
  })
})

describe('accounts', () => {
  it('are answered without what is secret about them', async () => {
    const wish = { name: 'Carol', email: 'carol@example.org', password: 'correct horse battery' }
    const made = await said(await register.POST(await ask({ as: null, json: wish }), nowhere))
    expect(made).toEqual({ status: 201, body: { id: expect.any(String), name: 'Carol', email: wish.email } })
    const again = await said(await register.POST(await ask({ as: null, json: wish }), nowhere))
    expect([again.status, again.body.error.code]).toEqual([409, 'email-taken'])
    const missing = await said(await register.POST(await ask({ as: null, json: { name: 'x' } }), nowhere))
    expect([missing.status, missing.body.error.code]).toEqual([400, 'invalid'])
  })

  it('can be renamed by their person', async () => {
    const renamed = await me.PATCH(
      await ask({ method: 'PATCH', as: bob, json: { name: ' Bobby ' } }),
      nowhere,
    )
    expect((await said(renamed)).body).toEqual({ id: bob.id, name: 'Bobby', email: null, isGuest: true })
    const empty = await me.PATCH(await ask({ method: 'PATCH', as: bob, json: { name: ' ' } }), nowhere)
    expect(empty.status).toBe(400)
  })
})

describe('when the database does not answer', () => {
  it('AP16, WS11: everything is refused with 503, and no session is taken for ended', async () => {
    const down = async (): Promise<never> => {
      throw new Error('the database is gone')
    }
    setRuntime({ ...current, store: { ...store, people: { ...store.people, find: down }, ping: down } })
    const { status, body } = await said(await ticket.POST(await ask({ json: {} }), at('any')))
    expect([status, body.error.code]).toEqual([503, 'unavailable'])
    expect(JSON.stringify(body)).not.toContain('gone')
  })

  it('PE10: what cannot be stored is refused with 503, whether locked or full', async () => {
    const troubles = [
      Object.assign(new Error('Operations timed out'), { code: 'P1008' }),
      new Error('Database error. Code: `SQLITE_FULL`. Message: `database or disk is full`'),
      new Error('Database error. Code: `53100`. Message: `could not extend file`'),
    ]
    for (const trouble of troubles) {
      const create = () => Promise.reject(trouble)
      setRuntime({ ...current, store: { ...store, boards: { ...store.boards, create } } })
      const { status, body } = await said(await boards.POST(await ask({ json: {} }), nowhere))
      expect([status, body.error.code]).toEqual([503, 'unavailable'])
      expect(body.error.message).not.toMatch(/Code:|timed out/)
    }
  })
})
