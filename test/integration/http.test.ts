import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Link, secretOf, type Ticket } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'

const PASSWORD = 'correct horse battery'

interface Refused {
  readonly error: { readonly code: string; readonly message: string }
}
interface Board {
  readonly id: string
  readonly title: string
  readonly url: string
}
interface Me {
  readonly id: string
  readonly name: string
  readonly isGuest: boolean
}
interface Listed {
  readonly boards: readonly (Board & { readonly role: string })[]
  readonly nextCursor: string | null
}

let server: TestServer
let count = 0

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

const newClient = (): HttpClient => createHttpClient(server.url)

const newGuest = (name?: string): Promise<HttpClient> => enterAsGuest(server.url, name)

const newAddress = (): string => {
  count += 1
  return `person${count}@example.org`
}

const newBoard = async (client: HttpClient, title = 'Plan'): Promise<Board> =>
  (await client.call<Board>('POST', '/api/boards', { title })).body

const titles = async (client: HttpClient): Promise<string[]> =>
  (await client.call<Listed>('GET', '/api/boards')).body.boards.map(({ title }) => title)

describe('the running server', () => {
  it('says that it is well, and which version it is', async () => {
    const { status, body } = await newClient().call('GET', '/api/health')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'ok', database: 'ok', version: expect.any(String) })
  })
})

describe('guests', () => {
  it('sign in with a name or get one made up, and may change it', async () => {
    const guest = await newGuest('Grace')
    expect((await guest.call<Me>('GET', '/api/me')).body).toMatchObject({ name: 'Grace', isGuest: true })
    const nameless = await newGuest('')
    expect((await nameless.call<Me>('GET', '/api/me')).body.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
    await nameless.call('PATCH', '/api/me', { name: 'Linus' })
    const session = await nameless.call<{ user: Me }>('GET', '/api/auth/session')
    expect(session.body.user).toMatchObject({ name: 'Linus', isGuest: true })
  })

  it('have a cookie that scripts of other pages neither read nor send', async () => {
    const client = newClient()
    const { body } = await client.call<{ csrfToken: string }>('GET', '/api/auth/csrf')
    const response = await fetch(`${server.url}/api/auth/callback/guest`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: client.cookie() },
      body: new URLSearchParams({ name: 'Grace', csrfToken: body.csrfToken }),
    })
    const line = response.headers.getSetCookie().find((cookie) => cookie.includes('session-token')) ?? ''
    expect(line).toMatch(/HttpOnly/i)
    expect(line).toMatch(/SameSite=Lax/i)
  })

  it('AP3: are not signed in or out by other sites', async () => {
    const client = newClient()
    const headers = { origin: 'http://evil.test', 'content-type': 'application/x-www-form-urlencoded' }
    const signIn = await client.call<Refused>('POST', '/api/auth/callback/guest', undefined, headers)
    expect([signIn.status, signIn.body.error.code]).toEqual([403, 'foreign-origin'])
    const withoutToken = await client.call('POST', '/api/auth/callback/guest', { name: 'Eve' })
    expect(withoutToken.headers.get('set-cookie')).not.toContain('session-token')
    const guest = await newGuest()
    await guest.call('POST', '/api/auth/signout', undefined, headers)
    expect((await guest.call('GET', '/api/me')).status).toBe(200)
  })
})

describe('accounts', () => {
  it('keep what was made as a guest, when the guest registers or signs in', async () => {
    const account = { name: 'Ada', email: newAddress(), password: PASSWORD }
    const first = await newGuest()
    await newBoard(first, 'Made as a guest')
    const made = await first.call<{ id: string }>('POST', '/api/register', account)
    expect([made.status, made.body]).toEqual([
      201,
      { id: expect.any(String), name: 'Ada', email: account.email },
    ])
    expect(await titles(first)).toEqual(['Made as a guest'])
    const second = await newGuest()
    await newBoard(second, 'Made on the other device')
    const before = second.cookie()
    const sent = await second.signIn('credentials', { ...account, email: account.email.toUpperCase() })
    expect(sent.searchParams.get('error')).toBeNull()
    expect((await second.call<Me>('GET', '/api/me')).body).toMatchObject({
      id: made.body.id,
      isGuest: false,
    })
    expect(new Set(await titles(second))).toEqual(new Set(['Made as a guest', 'Made on the other device']))
    // AP8: the cookie of the guest who is no more opens nothing.
    const replayed = await newClient().call('GET', '/api/me', undefined, { cookie: before })
    expect(replayed.status).toBe(401)
  })

  it('say the same about a wrong password and an unknown address', async () => {
    const email = newAddress()
    await newClient().call('POST', '/api/register', { name: 'Ada', email, password: PASSWORD })
    const wrong = await newClient().signIn('credentials', { email, password: 'not the password' })
    const unknown = await newClient().signIn('credentials', { email: newAddress(), password: PASSWORD })
    expect(wrong.searchParams.get('error')).toBe('CredentialsSignin')
    expect(unknown.href).toBe(wrong.href)
  })

  it('are refused with a reason: taken or malformed address, weak password', async () => {
    const email = newAddress()
    const register = async (wish: object) => {
      const given = { name: 'Ada', email, password: PASSWORD, ...wish }
      const { status, body } = await newClient().call<Refused>('POST', '/api/register', given)
      return [status, status === 201 ? 'done' : body.error.code]
    }
    expect(await register({})).toEqual([201, 'done'])
    expect(await register({})).toEqual([409, 'email-taken'])
    expect(await register({ email: 'ada' })).toEqual([400, 'invalid'])
    expect(await register({ email: newAddress(), password: 'password' })).toEqual([400, 'weak-password'])
  })

  it('sign out', async () => {
    const client = await newGuest()
    await client.signOut()
    expect((await client.call('GET', '/api/me')).status).toBe(401)
  })

  it('AP9: are sent on to our own pages only', async () => {
    for (const callbackUrl of [
      '//evil.test',
      '/\\evil.test',
      'https://evil.test/x',
      `${server.url}@evil.test`,
    ]) {
      const client = newClient()
      const sent = await client.signIn('guest', { name: 'Grace', callbackUrl })

      expect([callbackUrl, sent.origin]).toEqual([callbackUrl, server.url])
    }
    expect((await newClient().signIn('guest', { name: 'G', callbackUrl: '/boards?x=1' })).href).toBe(
      `${server.url}/boards?x=1`,
    )
  })

  it('AP8: end when their cookie is damaged, without a trace in the answer', async () => {
    const client = newClient()
    client.setCookie('next-auth.session-token', 'eyJhbGciOiJkaXIifQ..broken')
    expect((await client.call('GET', '/api/auth/session')).body).toEqual({})
    expect((await client.call<Refused>('GET', '/api/me')).body.error.code).toBe('signed-out')
  })
})

describe('boards', () => {
  it('need a session', async () => {
    const { status, body } = await newClient().call<Refused>('POST', '/api/boards', {})
    expect([status, body.error.code]).toEqual([401, 'signed-out'])
  })

  it('are made, found, renamed, duplicated, deleted and brought back', async () => {
    const guest = await newGuest()
    const made = await guest.call<Board>('POST', '/api/boards', { title: ' Plan ' })
    const { id } = made.body
    expect([made.status, made.body]).toEqual([201, { id, title: 'Plan', url: `${server.url}/b/${id}` }])
    const path = `/api/boards/${id}`
    expect((await guest.call('GET', path)).body).toMatchObject({ id, title: 'Plan', role: 'owner' })
    expect((await guest.call('PATCH', path, { title: 'Map' })).body).toMatchObject({ title: 'Map' })
    const copy = await guest.call<Board>('POST', `${path}/duplicate`)
    expect([copy.status, copy.body.title]).toEqual([201, 'Map (copy)'])
    expect((await guest.call('DELETE', path)).status).toBe(204)
    expect((await guest.call('GET', path)).status).toBe(404)
    expect(await titles(guest)).toEqual(['Map (copy)'])
    expect((await guest.call('POST', `${path}/restore`)).status).toBe(200)
    expect(new Set(await titles(guest))).toEqual(new Set(['Map', 'Map (copy)']))
  })

  it('AP1: of others look like none at all', async () => {
    const { id } = await newBoard(await newGuest())
    const other = await newGuest()
    const asks: [string, string, unknown?][] = [
      ['GET', ''],
      ['PATCH', '', { title: 'Mine' }],
      ['DELETE', ''],
      ['POST', '/restore'],
      ['POST', '/duplicate'],
      ['POST', '/ticket', {}],
      ['GET', '/links'],
      ['POST', '/links', { role: 'editor' }],
      ['DELETE', '/links/x'],
      ['GET', '/preview.svg'],
    ]
    for (const [method, rest, json] of asks) {
      const theirs = await other.call<Refused>(method, `/api/boards/${id}${rest}`, json)
      const none = await other.call<Refused>(method, `/api/boards/AAAAAAAAAAAAAAAAAAAA${rest}`, json)
      expect([method, rest, theirs.status]).toEqual([method, rest, 404])
      expect(theirs.body).toEqual(none.body)
    }
  })

  it('have a picture for those who may see them, sent again only when it changed', async () => {
    const guest = await newGuest()
    const path = `/api/boards/${(await newBoard(guest)).id}/preview.svg`
    const { status, headers, body } = await guest.call<string>('GET', path)
    expect([status, headers.get('content-type')]).toEqual([200, 'image/svg+xml; charset=utf-8'])
    expect(body).toMatch(/^<svg /)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toContain('private')
    const again = { 'if-none-match': headers.get('etag') ?? '' }
    expect((await guest.call('GET', path, undefined, again)).status).toBe(304)
    expect((await newClient().call('GET', path)).status).toBe(401)
  })

  it('take no absurd title and no body that is not JSON', async () => {
    const guest = await newGuest()
    const long = await guest.call<Refused>('POST', '/api/boards', { title: 'x'.repeat(10_000) })
    expect([long.status, long.body.error.code]).toEqual([400, 'invalid'])
    const headers = { cookie: guest.cookie(), 'content-type': 'application/json' }
    const broken = await fetch(`${server.url}/api/boards`, { method: 'POST', headers, body: '{' })
    expect([broken.status, ((await broken.json()) as Refused).error.code]).toEqual([400, 'not-json'])
  })
})

describe('share links', () => {
  it('bring people in with their role, until they are revoked', async () => {
    const owner = await newGuest('Owner')
    const { id } = await newBoard(owner)
    const made = await owner.call<Link>('POST', `/api/boards/${id}/links`, { role: 'viewer' })
    expect([made.status, made.body.role]).toEqual([201, 'viewer'])
    expect(made.body.url).toBe(`${server.url}/s/${secretOf(made.body)}`)
    const guest = await newGuest('Guest')
    const joined = await guest.call('POST', '/api/links/join', { secret: secretOf(made.body) })
    expect(joined.body).toEqual({ boardId: id, role: 'viewer', title: 'Plan' })
    const ticket = await guest.call<Ticket>('POST', `/api/boards/${id}/ticket`, {})
    expect([ticket.status, ticket.body.role]).toEqual([200, 'viewer'])
    expect(ticket.body.url).toBe(`ws://localhost:${server.port}/sync/${id}`)
    expect((await guest.call('PATCH', `/api/boards/${id}`, { title: 'Mine' })).status).toBe(403)
    const listed = await owner.call<{ links: Link[] }>('GET', `/api/boards/${id}/links`)
    expect(listed.body.links.map((link) => link.url)).toEqual([made.body.url])
    expect((await owner.call('DELETE', `/api/boards/${id}/links/${made.body.id}`)).status).toBe(204)
    expect((await guest.call('POST', `/api/boards/${id}/ticket`, {})).status).toBe(404)
    expect(await titles(guest)).toEqual([])
    const again = await guest.call<Refused>('POST', '/api/links/join', { secret: secretOf(made.body) })
    const madeUp = await guest.call<Refused>('POST', '/api/links/join', { secret: 'made.up' })
    expect([again.status, again.body]).toEqual([404, madeUp.body])
  })

  it('AP11: are in no file of the server', async () => {
    const { readdir, readFile } = await import('node:fs/promises')
    const owner = await newGuest()
    const { id } = await newBoard(owner)
    const { body } = await owner.call<Link>('POST', `/api/boards/${id}/links`, { role: 'editor' })
    const mac = secretOf(body).split('.').at(-1) ?? ''
    expect(mac).toHaveLength(43)
    for (const name of await readdir(server.dataDir)) {
      const content = await readFile(`${server.dataDir}/${name}`).catch(() => Buffer.alloc(0))
      expect([name, content.includes(mac)]).toEqual([name, false])
    }
    expect(server.output()).not.toContain(mac)
  })

  it('work after the server was started again', async () => {
    const owner = await newGuest()
    const { id } = await newBoard(owner, 'Still here')
    const { body } = await owner.call<Link>('POST', `/api/boards/${id}/links`, { role: 'editor' })
    await server.kill()
    await server.start()
    expect(await titles(owner)).toEqual(['Still here'])
    const guest = await newGuest()
    const joined = await guest.call('POST', '/api/links/join', { secret: secretOf(body) })
    expect(joined.body).toMatchObject({ boardId: id, role: 'editor' })
  })
})
