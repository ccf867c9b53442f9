import { encode } from 'next-auth/jwt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CloseCode, SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { newBoard, newLink, secretOf, type Ticket, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { connectWith, entered, handshake, type RawClient } from '../support/ws-client.ts'

const PASSWORD = 'correct horse battery'
const NEXT = 'another staple entirely'
const SECRET = 'a secret of the server in these tests'
const COOKIE = 'next-auth.session-token'

interface Refused {
  readonly error: { readonly code: string }
}

let server: TestServer
let count = 0

beforeAll(async () => {
  server = await startServer({ env: { AUTH_SECRET: SECRET } })
}, 90_000)
afterAll(() => server?.remove())

const newAccount = async () => {
  count += 1
  const account = { name: 'Ada', email: `account${count}@example.org`, password: PASSWORD }
  await createHttpClient(server.url).call('POST', '/api/register', account)
  return account
}

const signedIn = async (account: Record<string, string>): Promise<HttpClient> => {
  const client = createHttpClient(server.url)
  await client.signIn('credentials', account)
  return client
}

/** Two browsers of one person, with a board that is open in both. */
const twoBrowsers = async () => {
  const account = await newAccount()
  const [here, there] = [await signedIn(account), await signedIn(account)]
  const boardId = await newBoard(here)
  const sockets = [await open(here, boardId), await open(there, boardId)] as const
  return { account, here, there, boardId, sockets, cookies: [here.cookie(), there.cookie()] as const }
}

const open = async (client: HttpClient, boardId: string): Promise<RawClient> =>
  entered(connectWith(await ticketFor(client, boardId)))

/** What an old cookie is good for. */
const replay = async (cookie: string): Promise<number> =>
  (await createHttpClient(server.url).call('GET', '/api/me', undefined, { cookie })).status

const ticketStatus = async ({ url, ticket }: Ticket): Promise<number> => {
  const protocols = `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`
  const headers = { 'sec-websocket-protocol': protocols }
  return (await handshake(server.port, new URL(url).pathname, headers)).status
}

const codeOf = async (asked: ReturnType<HttpClient['call']>): Promise<string> =>
  ((await asked).body as Refused).error.code

describe('a new password', () => {
  it('AP8, WS10: ends every other session at once, sockets and tickets included, and this one goes on', async () => {
    const { account, here, there, boardId, sockets, cookies } = await twoBrowsers()
    const unused = await ticketFor(there, boardId)
    const [mine, theirs] = sockets
    const changed = await here.call('POST', '/api/me/password', { current: PASSWORD, next: NEXT })
    const since = performance.now()
    expect(changed.status).toBe(204)
    expect([await replay(cookies[0]), await replay(cookies[1])]).toEqual([401, 401])
    expect(await theirs.endSoonAfter(since)).toBe(CloseCode.sessionEnded)
    expect(await ticketStatus(unused)).toBe(401)
    expect((await there.call('POST', `/api/boards/${boardId}/ticket`, {})).status).toBe(401)

    expect((await here.call('GET', '/api/me')).status).toBe(200)
    await mine.settled()
    expect(mine.isOpen).toBe(true)
    await (await open(here, boardId)).close()
    await mine.close()
    expect((await signedIn(account)).cookie()).not.toContain(COOKIE)
    expect((await signedIn({ ...account, password: NEXT })).cookie()).toContain(COOKIE)
  })

  it('AP8: the session that goes on ends with its sockets when its person signs out of it', async () => {
    const { here, sockets } = await twoBrowsers()
    await here.call('POST', '/api/me/password', { current: PASSWORD, next: NEXT })
    await here.signOut()
    const since = performance.now()
    expect(await sockets[0].endSoonAfter(since)).toBe(CloseCode.sessionEnded)
  })

  it('is refused without the old one, and when it is weak; nobody is signed out by that', async () => {
    const { here, there, sockets } = await twoBrowsers()
    const ask = (body: object) => codeOf(here.call('POST', '/api/me/password', body))
    expect(await ask({ current: 'wrong', next: NEXT })).toBe('wrong-password')
    expect(await ask({ current: PASSWORD, next: 'short' })).toBe('weak-password')
    expect(await ask({ next: NEXT })).toBe('invalid')
    expect(await ask({ current: { $ne: '' }, next: NEXT })).toBe('invalid')
    expect((await there.call('GET', '/api/me')).status).toBe(200)
    for (const socket of sockets) await socket.close()
  })

  it('AP4: changes nothing but the password', async () => {
    const { here } = await twoBrowsers()
    const before = (await here.call('GET', '/api/me')).body
    const more = { email: 'x@example.org', name: 'X', id: 'x', sessionVersion: 0, passwordHash: 'x' }
    await here.call('POST', '/api/me/password', { current: PASSWORD, next: NEXT, ...more })
    expect((await here.call('GET', '/api/me')).body).toEqual(before)
  })
})

describe('signing out everywhere', () => {
  it('AP8, WS10: ends all sessions at once, this one and their sockets included', async () => {
    const { account, here, boardId, sockets, cookies } = await twoBrowsers()
    const unused = await ticketFor(here, boardId)
    const { status } = await here.call('DELETE', '/api/me/sessions')
    const since = performance.now()
    expect([status, here.cookie().includes(COOKIE)]).toEqual([204, false])
    expect([await replay(cookies[0]), await replay(cookies[1])]).toEqual([401, 401])
    const ends = await Promise.all(sockets.map((socket) => socket.endSoonAfter(since)))
    expect(ends).toEqual([CloseCode.sessionEnded, CloseCode.sessionEnded])
    expect(await ticketStatus(unused)).toBe(401)
    const back = await signedIn(account)
    expect((await back.call('GET', `/api/boards/${boardId}`)).status).toBe(200)
  })
})

describe('closing an account', () => {
  it('AP8, WS10, AP11: ends its sessions, its boards and the links to them, and leaves what it drew elsewhere', async () => {
    const { account, here, boardId, sockets, cookies } = await twoBrowsers()
    const owner = await enterAsGuest(server.url, 'Owner')
    const shared = await newBoard(owner)
    const elsewhere = secretOf(await newLink(owner, shared, 'editor'))
    await here.call('POST', '/api/links/join', { secret: elsewhere })
    const drawing = await open(here, shared)
    drawing.elements.set('stays', 1)
    await drawing.untilSaved()
    const link = await newLink(here, boardId, 'editor')
    await owner.call('POST', '/api/links/join', { secret: secretOf(link) })
    const guest = await open(owner, boardId)
    // What is on its way to a board that goes holds up nobody.
    guest.elements.set('late', 1)

    expect(await codeOf(here.call('POST', '/api/me/close', { password: 'wrong' }))).toBe('wrong-password')
    const { status } = await here.call('POST', '/api/me/close', { password: PASSWORD })
    const since = performance.now()
    expect([status, here.cookie().includes(COOKIE)]).toEqual([204, false])
    expect([await replay(cookies[0]), await replay(cookies[1])]).toEqual([401, 401])
    const own = await Promise.all([...sockets, drawing].map((socket) => socket.endSoonAfter(since)))
    expect(own).toEqual([CloseCode.sessionEnded, CloseCode.sessionEnded, CloseCode.sessionEnded])
    expect(await guest.endSoonAfter(since)).toBe(CloseCode.boardGone)

    expect((await owner.call('POST', `/api/boards/${boardId}/ticket`, {})).status).toBe(404)
    const joined = await owner.call('POST', '/api/links/join', { secret: secretOf(link) })
    const madeUp = await owner.call('POST', '/api/links/join', { secret: 'made.up' })
    expect(joined).toMatchObject({ status: 404, body: madeUp.body })
    expect((await owner.call('GET', `/s/${secretOf(link)}`)).status).toBe(404)

    const after = await open(owner, shared)
    expect([...after.elements.keys()]).toEqual(['stays'])
    await after.close()
    expect((await signedIn(account)).cookie()).not.toContain(COOKIE)
    const { status: again } = await createHttpClient(server.url).call('POST', '/api/register', account)
    expect(again).toBe(201)
    expect((await (await signedIn(account)).call('GET', `/api/boards/${boardId}`)).status).toBe(404)
  })

  it('is open to guests, who type a word', async () => {
    const guest = await enterAsGuest(server.url)
    const boardId = await newBoard(guest)
    const socket = await open(guest, boardId)
    expect(await codeOf(guest.call('POST', '/api/me/close', { word: 'no' }))).toBe('invalid')
    const cookie = guest.cookie()
    expect((await guest.call('POST', '/api/me/close', { word: 'close' })).status).toBe(204)
    const since = performance.now()
    expect(await socket.endSoonAfter(since)).toBe(CloseCode.sessionEnded)
    expect(await replay(cookie)).toBe(401)
  })
})

describe('a session', () => {
  const sessionOf = (client: HttpClient): string =>
    client
      .cookie()
      .split('; ')
      .find((pair) => pair.startsWith(COOKIE)) ?? ''

  it('AP8: that somebody brought into a browser is not the one that its person gets by signing in', async () => {
    const account = await newAccount()
    const planted = await enterAsGuest(server.url, 'Eve')
    const [name = '', value = ''] = sessionOf(planted).split('=')
    const victim = createHttpClient(server.url)
    victim.setCookie(name, value)
    await victim.signIn('credentials', account)
    expect(sessionOf(victim)).not.toBe(sessionOf(planted))
    expect((await victim.call('GET', '/api/me')).body).toMatchObject({ email: account.email })
    expect((await planted.call('GET', '/api/me')).status).toBe(401)
  })

  it('AP8: that somebody brought into a browser ends when its person registers, with its sockets', async () => {
    const eve = await enterAsGuest(server.url, 'Eve')
    const boardId = await newBoard(eve)
    const [name = '', value = ''] = sessionOf(eve).split('=')
    const victim = createHttpClient(server.url)
    victim.setCookie(name, value)
    const socket = await open(eve, boardId)
    count += 1
    const account = { name: 'Ada', email: `account${count}@example.org`, password: PASSWORD }
    expect((await victim.call('POST', '/api/register', account)).status).toBe(201)
    const since = performance.now()
    expect((await victim.call('GET', '/api/me')).body).toMatchObject({ email: account.email })
    expect((await victim.call('GET', `/api/boards/${boardId}`)).status).toBe(200)
    expect((await eve.call('GET', '/api/me')).status).toBe(401)
    expect(await socket.endSoonAfter(since)).toBe(CloseCode.sessionEnded)
  })

  it('AP8: of the same person is a new one with each sign-in', async () => {
    const account = await newAccount()
    const client = await signedIn(account)
    const first = sessionOf(client)
    await client.signIn('credentials', account)
    expect(sessionOf(client)).not.toBe(first)
    await client.signOut()
    expect(await replay(first)).toBe(200)
  })

  const DAY = 86_400

  /** As the server would have made it so long ago, in seconds. */
  const made = async (personId: string, { idle, age }: { idle: number; age: number }): Promise<string> => {
    const now = Math.floor(Date.now() / 1000)
    const token = { sub: personId, sessionVersion: 0, sid: `made-${idle}-${age}`, began: now - age }
    return `${COOKIE}=${await encode({ token, secret: SECRET, maxAge: 90 * DAY - idle })}`
  }

  it('AP8: ends when it was not used for 90 days, and one of an account after a year of use', async () => {
    const client = await signedIn(await newAccount())
    const { id } = (await client.call<{ id: string }>('GET', '/api/me')).body
    expect(await replay(await made(id, { idle: 89 * DAY, age: 364 * DAY }))).toBe(200)
    expect(await replay(await made(id, { idle: 91 * DAY, age: 91 * DAY }))).toBe(401)
    expect(await replay(await made(id, { idle: 0, age: 366 * DAY }))).toBe(401)
    const old = await made(id, { idle: 0, age: 366 * DAY })
    const session = await createHttpClient(server.url).call('GET', '/api/auth/session', undefined, {
      cookie: old,
    })
    expect(session.body).toEqual({})
    // A guest who could not come back would lose their boards.
    const guest = await enterAsGuest(server.url)
    const { id: guestId } = (await guest.call<{ id: string }>('GET', '/api/me')).body
    expect(await replay(await made(guestId, { idle: 0, age: 366 * DAY }))).toBe(200)
    expect(await replay(await made(guestId, { idle: 91 * DAY, age: 91 * DAY }))).toBe(401)
  })
})
