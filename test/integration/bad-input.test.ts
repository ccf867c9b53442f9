import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CloseCode, SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { newBoard, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { type RawAnswer, rawRequest } from '../support/raw-request.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { connectWith, entered, type RawClient } from '../support/ws-client.ts'

const PASSWORD = 'correct horse battery'

interface Refused {
  readonly error: { readonly code: string; readonly message: string }
}

let server: TestServer
let count = 0

beforeAll(async () => {
  server = await startServer()
}, 90_000)
afterAll(() => server?.remove())

const newGuest = (): Promise<HttpClient> => enterAsGuest(server.url)

const newAccount = async () => {
  count += 1
  const account = { name: 'Ada', email: `ada${count}@example.org`, password: PASSWORD }
  const { status } = await createHttpClient(server.url).call('POST', '/api/register', account)
  expect(status).toBe(201)
  return account
}

const raw = (method: string, path: string, headers?: Record<string, string>, body?: string | Buffer) =>
  rawRequest(server.port, method, path, headers, body)

/** Status and code of an answer that has to have the one form of errors, with a sentence in it. */
const refusal = ({ status, headers, body }: RawAnswer): [number, string] => {
  expect(headers['content-type']).toMatch(/^application\/json/)
  const { error } = JSON.parse(body) as Refused
  expect(error.message).toMatch(/^[A-Z].*\.$/)
  expect(error.message).not.toMatch(/Error:|at .*\.(js|ts)|prisma|sqlite|next-?auth/i)
  return [status, error.code]
}

describe('addresses that are none', () => {
  it('answer in the form of all errors under /api, and with a page elsewhere', async () => {
    for (const path of ['/api', '/api/', '/api/nothing', '/api/boards/a/b/c', '/api/nothing?x=/api/health']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await raw(method, path === '/api/' ? '/api' : path)
        expect([path, ...refusal(answer)]).toEqual([path, 404, 'not-found'])
      }
    }
    const page = await raw('GET', '/nothing')
    expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    const lookalike = await raw('GET', '/apis/nothing')
    expect(lookalike.headers['content-type']).toMatch(/^text\/html/)
  })

  it('answer so to clients that ask for compressed answers, and with nothing to HEAD', async () => {
    const answer = await raw('GET', '/api/nothing', { 'accept-encoding': 'gzip, br' })
    expect(refusal(answer)).toEqual([404, 'not-found'])
    expect((await raw('HEAD', '/api/nothing')).body).toBe('')
  })

  it('are not made of ids with odd characters', async () => {
    const guest = await newGuest()
    const id = await newBoard(guest)
    const headers = { cookie: guest.cookie() }
    const odd = ['%00', `${id}%00`, '..%2f..', '%F0%9F%98%80', "'%20or%201=1", '__proto__', 'a'.repeat(5000)]
    const twin = id === id.toUpperCase() ? id.toLowerCase() : id.toUpperCase()
    for (const name of [...odd, twin, `${id}%20`, '%EF%BD%81']) {
      expect([name, ...refusal(await raw('GET', `/api/boards/${name}`, headers))]).toEqual([
        name,
        404,
        'not-found',
      ])
      expect([name, (await raw('GET', `/b/${name}`, headers)).status]).toEqual([name, 404])
    }
  })

  it('are refused when they are no path: pages would redirect to another host', async () => {
    for (const url of ['http://evil.test/', '*', 'evil.test/b/x']) {
      expect([url, (await raw('GET', url)).status]).toEqual([url, 400])
    }
  })

  it('are refused when they cannot be decoded', async () => {
    for (const path of ['/api/boards/%ff', '/api/boards/%E0%A4%A', '/api/boards/%ud800']) {
      expect([path, ...refusal(await raw('GET', path))]).toEqual([path, 400, 'invalid'])
    }
    for (const path of ['/b/%ff', '/s/%E0%A4%A', '/%']) expect((await raw('GET', path)).status).toBe(400)
  })
})

describe('methods that an address does not take', () => {
  it('are refused in the form of all errors, with those that it takes', async () => {
    const every = 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'
    const cases = [
      ['PUT', '/api/boards', 'GET, HEAD, OPTIONS, POST'],
      ['DELETE', '/api/boards', 'GET, HEAD, OPTIONS, POST'],
      ['POST', '/api/boards/x', 'DELETE, GET, HEAD, OPTIONS, PATCH'],
      ['PUT', '/api/boards/x/links', 'GET, HEAD, OPTIONS, POST'],
      ['GET', '/api/boards/x/links/y', 'DELETE, OPTIONS'],
      ['GET', '/api/boards/x/duplicate', 'OPTIONS, POST'],
      ['GET', '/api/boards/x/restore', 'OPTIONS, POST'],
      ['POST', '/api/boards/x/preview.svg', 'GET, HEAD, OPTIONS'],
      ['PATCH', '/api/boards/x/ticket', 'OPTIONS, POST'],
      ['GET', '/api/links/join', 'OPTIONS, POST'],
      ['GET', '/api/register', 'OPTIONS, POST'],
      ['DELETE', '/api/me', 'GET, HEAD, OPTIONS, PATCH'],
      ['GET', '/api/me/close', 'OPTIONS, POST'],
      ['GET', '/api/me/password', 'OPTIONS, POST'],
      ['POST', '/api/me/sessions', 'DELETE, OPTIONS'],
      ['POST', '/api/health', 'GET, HEAD, OPTIONS'],
      ['PUT', '/api/auth/session', 'GET, HEAD, OPTIONS, POST'],
      ['TRACE', '/api/boards', every],
      ['PROPFIND', '/api/boards', every],
    ] as const
    for (const [method, path, allow] of cases) {
      const answer = await raw(method, path)
      const refused = [...refusal(answer), answer.headers.allow]
      expect([method, path, ...refused]).toEqual([method, path, 405, 'method-not-allowed', allow])
    }
    const page = await raw('TRACE', '/')
    expect([page.status, page.headers.allow]).toEqual([405, every])
  })

  it('are told to those who ask', async () => {
    const answer = await raw('OPTIONS', '/api/boards/x/ticket')
    expect([answer.status, answer.headers.allow]).toEqual([204, 'OPTIONS, POST'])
  })
})

describe('hosts', () => {
  it('that are no host are refused: addresses are made of them', async () => {
    for (const host of ['a b', 'evil"><x', 'user@evil', 'a/b', 'localhost:http']) {
      const answer = await raw('POST', '/api/boards', { host, 'content-type': 'application/json' }, '{}')
      expect([host, ...refusal(answer)]).toEqual([host, 400, 'invalid'])
    }
  })

  it('of other headers are not believed without a trusted proxy', async () => {
    const guest = await newGuest()
    const forwarded = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https' }
    const { body } = await guest.call<{ url: string }>('POST', '/api/boards', {}, forwarded)
    expect(new URL(body.url).origin).toBe(server.url)
  })
})

describe('signing in', () => {
  const json = { 'content-type': 'application/json' }

  it('knows its own ways only', async () => {
    const cases = [
      ['GET', 'nothing'],
      ['POST', 'nothing'],
      ['GET', 'callback/credentials'],
      ['GET', 'callback/nothing'],
      ['POST', 'callback/nothing'],
      ['POST', 'callback'],
      ['POST', 'signin/nothing'],
      ['POST', 'signin/__proto__'],
    ] as const
    for (const [method, path] of cases) {
      expect([path, ...refusal(await raw(method, `/api/auth/${path}`))]).toEqual([path, 404, 'not-found'])
    }
  })

  it('AP14: takes a form or JSON of a sensible size and nothing else', async () => {
    const path = '/api/auth/callback/credentials'
    const cases: [string | Buffer, number, string][] = [
      ['{', 400, 'not-json'],
      ['null', 400, 'invalid'],
      ['"text"', 400, 'invalid'],
      [Buffer.alloc(3_000_000, 97), 413, 'too-large'],
    ]
    for (const [body, status, code] of cases) {
      expect(refusal(await raw('POST', path, json, body))).toEqual([status, code])
    }
    const odd = '{"csrfToken":{},"callbackUrl":[1],"email":{"$ne":1},"password":[],"json":true}'
    expect((await raw('POST', path, json, odd)).status).toBeLessThan(500)
  })

  it('AP9: goes on to our own pages only, from every way in', async () => {
    const evil = ['//evil.test', '/\\evil.test', 'https:evil.test', 'javascript:alert(1)', '/\t/evil.test']
    for (const target of [...evil, '%2f%2fevil.test', `${server.url}@evil.test`]) {
      const query = `callbackUrl=${encodeURIComponent(target)}`
      for (const path of [`/api/auth/signin?${query}`, `/api/auth/signout?${query}`]) {
        const response = await fetch(server.url + path, { redirect: 'manual' })
        expect(response.headers.get('location') ?? '').not.toContain('error=')
        const { origin, searchParams } = new URL(response.headers.get('location') ?? '/', server.url)
        expect([path, response.status < 500, origin]).toEqual([path, true, server.url])
        const next = new URL(searchParams.get('callbackUrl') ?? '/', server.url)
        expect([path, next.origin]).toEqual([path, server.url])
      }
    }
  })
})

describe('lists', () => {
  it('AP5: refuse cursors that are not ours, and take those of the far ends of time', async () => {
    const guest = await newGuest()
    await newBoard(guest)
    const cursor = (text: string): string => Buffer.from(text).toString('base64url')
    const list = async (text: string) => (await guest.call('GET', `/api/boards?cursor=${text}`)).status
    for (const text of ['', 'x', '%00', cursor('-1 x'), cursor("1 x';--"), cursor('999999999999999 x')]) {
      expect([text, await list(text)]).toEqual([text, 400])
    }
    for (const text of [cursor('0 x'), cursor(`${Date.UTC(10_000, 0) - 1} x`)]) {
      expect([text, await list(text)]).toEqual([text, 200])
    }
  })
})

describe('pictures of boards', () => {
  it('CT8, AP10: keep their own policy, under which nothing runs, among the headers of all answers', async () => {
    const guest = await newGuest()
    const id = await newBoard(guest)
    const { headers } = await guest.call('GET', `/api/boards/${id}/preview.svg`)
    expect(headers.get('content-security-policy')).toBe(
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    )
    expect(headers.get('x-frame-options')).toBe('DENY')
    const page = await guest.call('GET', '/boards')
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
})

describe('signing out', () => {
  const open = async (client: HttpClient, boardId: string): Promise<RawClient> =>
    entered(connectWith(await ticketFor(client, boardId)))

  it('AP8, WS10: ends the session wherever its cookie was kept, its sockets and tickets, and no other session', async () => {
    const account = await newAccount()
    const [desk, phone] = [createHttpClient(server.url), createHttpClient(server.url)]
    for (const device of [desk, phone]) await device.signIn('credentials', account)
    const id = await newBoard(desk)
    const kept = desk.cookie()
    const unused = await ticketFor(desk, id)
    const [atDesk, onPhone] = [await open(desk, id), await open(phone, id)]

    const began = Date.now()
    await desk.signOut()

    expect((await atDesk.closed).code).toBe(CloseCode.sessionEnded)
    expect(Date.now() - began).toBeLessThan(2000)
    const replayed = await createHttpClient(server.url).call('GET', '/api/me', undefined, { cookie: kept })
    expect(replayed.status).toBe(401)
    const session = await createHttpClient(server.url).call('GET', '/api/auth/session', undefined, {
      cookie: kept,
    })
    expect(session.body).toEqual({})
    const late = new WebSocket(unused.url, [SUBPROTOCOL, TICKET_PREFIX + unused.ticket])
    late.on('error', () => {})
    const status = await new Promise((resolve) => {
      late.once('unexpected-response', (_request, response) => resolve(response.statusCode))
      late.once('open', () => resolve(101))
    })
    expect(status).toBe(401)
    expect((await phone.call('GET', '/api/me')).status).toBe(200)
    expect(onPhone.isOpen).toBe(true)
    await onPhone.close()
  })

  it('AP8: holds after the server was started again, and each sign-in begins a session of its own', async () => {
    const account = await newAccount()
    const client = createHttpClient(server.url)
    await client.signIn('credentials', account)
    const kept = client.cookie()
    await client.signOut()
    await server.kill()
    await server.start()
    const replayed = await createHttpClient(server.url).call('GET', '/api/me', undefined, { cookie: kept })
    expect(replayed.status).toBe(401)
    await client.signIn('credentials', account)
    expect((await client.call('GET', '/api/me')).status).toBe(200)
  }, 90_000)
})
