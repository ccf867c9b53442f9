import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { freshServerForEachTest, server, startAnother, storage } from '../support/fresh-server.ts'
import { connect, handshake, join } from '../support/ws-client.ts'

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

freshServerForEachTest()

const withTicket = (ticket: string, first: string = SUBPROTOCOL) => ({
  'sec-websocket-protocol': `${TICKET_PREFIX}${ticket}, ${first}`,
})

const refused = async (path: string, headers: Record<string, string | string[]> = {}) => {
  const answer = await handshake(server.port, path, headers)
  expect(storage.loads).toBe(0)
  return [answer.status, answer.body ? JSON.parse(answer.body).error.code : null]
}

describe('S1 refuses with an HTTP status before there is a socket', () => {
  it.each([
    '/',
    '/sync/',
    '/sync/a/b',
    '/sync/bo%61rd',
    '/sync/board/',
    '/sync/böard',
    '/Sync/board',
    `/sync/${'x'.repeat(65)}`,
    '/sync/boa%72d',
    '/sync/%2e%2e/board',
  ])('WS5: path %s: 404', async (path) => {
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused(encodeURI(path).replaceAll('%25', '%'), withTicket(ticket))).toEqual([
      404,
      'not-found',
    ])
  })

  it.each([
    'null',
    '',
    'https://evil.test',
    'http://board.test.evil',
    'http://board.test:444',
    'http://board.test, http://evil.test',
    ['http://board.test', 'http://evil.test'],
    ['http://board.test', 'http://board.test'],
  ])('S6, WS1: origin %s: 403, and the ticket is still good', async (origin) => {
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', { ...withTicket(ticket), origin })).toEqual([403, 'foreign-origin'])
    const answer = await handshake(server.port, '/sync/board', {
      ...withTicket(ticket),
      origin: 'http://board.test',
    })
    expect(answer.status).toBe(101)
  })

  it.each([
    ['a cookie', { cookie: 'a=b' }],
    ['where the page is', { 'sec-fetch-site': 'cross-site' }],
    ['what it is for', { 'sec-fetch-dest': 'websocket' }],
    ['its name', { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)' }],
  ])('S6, WS1: no origin, but %s as browsers send it: 403, even with a ticket', async (_, marks) => {
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', { ...withTicket(ticket), ...marks })).toEqual([403, 'foreign-origin'])
    expect(await refused(`/sync/board?ticket=${ticket}`, marks)).toEqual([403, 'foreign-origin'])
  })

  it('S6, WS1: no origin and a ticket in a header that browsers cannot send: comes in, whatever else it sends', async () => {
    const ticket = await server.ticket({ boardId: 'board' })
    const headers = { authorization: `Bearer ${ticket}`, cookie: 'a=b', 'user-agent': 'Mozilla/5.0' }
    expect((await handshake(server.port, '/sync/board', headers)).status).toBe(101)
    const origin = 'http://evil.test'
    const second = await server.ticket({ boardId: 'board' })
    const asPage = await handshake(server.port, '/sync/board', { authorization: `Bearer ${second}`, origin })
    expect(asPage.status).toBe(403)
  })

  it('S6, WS1: no origin, as programs come: in on the ticket alone, wherever it stands', async () => {
    const undici = {
      accept: '*/*',
      'accept-language': '*',
      'sec-fetch-mode': 'websocket',
      'user-agent': 'node',
    }
    for (const headers of [{}, undici]) {
      const ticket = await server.ticket({ boardId: 'board' })
      expect((await handshake(server.port, `/sync/board?ticket=${ticket}`, headers)).status).toBe(101)
      const second = withTicket(await server.ticket({ boardId: 'board' }))
      expect((await handshake(server.port, '/sync/board', { ...second, ...headers })).status).toBe(101)
    }
  })

  it('S6, WS1: origin null: 403, whatever the settings allow', async () => {
    await server.stop()
    await startAnother({ allowedOrigin: () => true })
    const ticket = await server.ticket({ boardId: 'board' })
    expect((await refused('/sync/board', { ...withTicket(ticket), origin: 'null' }))[0]).toBe(403)
  })

  it('WS2: no ticket, an empty one, garbage: 401', async () => {
    expect(await refused('/sync/board')).toEqual([401, 'ticket-missing'])
    expect(await refused('/sync/board?ticket=')).toEqual([401, 'ticket-missing'])
    expect(await refused('/sync/board', withTicket('garbage'))).toEqual([401, 'ticket-malformed'])
    expect(await refused(`/sync/board?ticket=${'x'.repeat(8192)}`)).toEqual([401, 'ticket-malformed'])
  })

  it('WS4: a used ticket: 401, and of 50 at once exactly one comes in', async () => {
    const ticket = await server.ticket({ boardId: 'board' })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => handshake(server.port, '/sync/board', withTicket(ticket))),
    )
    expect(answers.filter(({ status }) => status === 101)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49)
  })

  it.each([
    ['other', 'board'],
    ['board', 'Board'],
    ['a-b', 'a_b'],
    ['board', 'board-'],
  ])('WS5: the ticket of board %s on board %s: 403', async (its, asked) => {
    const ticket = await server.ticket({ boardId: its })
    expect(await refused(`/sync/${asked}`, withTicket(ticket))).toEqual([403, 'wrong-board'])
  })

  it.each([
    ['access-removed', 403, 'access-removed'],
    ['board-gone', 404, 'not-found'],
    ['session-ended', 401, 'session-ended'],
  ] as const)('WS7, WS10: %s: %i', async (denied, status, code) => {
    server.setAccess('ada', { denied })
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', withTicket(ticket))).toEqual([status, code])
  })

  it('WS11: access that cannot be checked: 503, never a way in', async () => {
    server.setAccess('ada', new Error('database is away'))
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', withTicket(ticket))).toEqual([503, 'unavailable'])
  })

  it('WS11: a ticket that cannot be checked: 503, never a way in', async () => {
    await server.stop()
    const tickets = {
      issue: () => Promise.reject(),
      redeem: () => Promise.reject(new Error('Redis is away')),
    }
    await startAnother({ tickets })
    expect(await refused('/sync/board', withTicket('any'))).toEqual([503, 'unavailable'])
  })

  it('no proper WebSocket request: 400', async () => {
    const ticket = await server.ticket({ boardId: 'board' })
    const headers = { ...withTicket(ticket), 'sec-websocket-version': '7' }
    expect(await refused('/sync/board', headers)).toEqual([400, 'invalid'])
  })

  it('WS19: a full board: 429; a full server: 503', async () => {
    await server.stop()
    await startAnother({ limits: { connections: 2, connectionsPerBoard: 1 } })
    await join(server)
    const second = await server.ticket({ boardId: 'board' })
    expect((await handshake(server.port, '/sync/board', withTicket(second))).status).toBe(429)
    await join(server, { boardId: 'other' })
    const third = await server.ticket({ boardId: 'third' })
    expect((await handshake(server.port, '/sync/third', withTicket(third))).status).toBe(503)
  })
})

describe('S2 what a handshake gives away', () => {
  it.each([SUBPROTOCOL, 'y-websocket'])(
    'WS8, WS16: names %s, never the ticket, and no compression',
    async (name) => {
      const ticket = await server.ticket({ boardId: 'board' })
      const { status, headers } = await handshake(server.port, '/sync/board', {
        ...withTicket(ticket, name),
        'sec-websocket-extensions': 'permessage-deflate',
      })
      expect(status).toBe(101)
      expect(headers['sec-websocket-protocol']).toBe(name)
      expect(headers['sec-websocket-extensions']).toBeUndefined()
    },
  )

  it('WS8: logs no ticket', async () => {
    const ticket = await server.ticket({ boardId: 'other' })
    await handshake(server.port, `/sync/board?ticket=${ticket}`)
    await handshake(server.port, '/sync/board', withTicket(ticket))
    expect(server.logged.length).toBeGreaterThan(0)
    expect(server.logged.join('\n')).not.toContain(ticket)
  })

  it('keeps nothing of the request, the ticket in it neither, while the connection is open', async () => {
    await server.stop()
    const requests: WeakRef<object>[] = []
    const addressOf = (request: object): string => {
      requests.push(new WeakRef(request))
      return 'here'
    }
    await startAnother({ addressOf })
    const client = await join(server)
    for (let round = 0; round < 20 && requests.some((request) => request.deref()); round++) {
      await new Promise((resolve) => setImmediate(resolve))
      collectGarbage()
    }
    expect(requests.length).toBeGreaterThan(0)
    expect(requests.filter((request) => request.deref())).toEqual([])
    expect(server.sync.stats().connections).toBe(1)
    client.close()
  })
})

describe('S25 access that changes while somebody comes in', () => {
  it('sends them back for a new ticket instead of trusting the older answer', async () => {
    const release = storage.hold('load')
    const coming = join(server).catch(() => null)
    await storage.until(() => storage.loads === 1)
    server.setAccess('ada', { denied: 'access-removed' })
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    release()
    await coming
    expect(server.sync.stats().connections).toBe(0)
  })

  it('does not trust an answer that was on its way when the access changed', async () => {
    await server.stop()
    const answers: ((verdict: { access: 'editor' }) => void)[] = []
    let wasAsked = (): void => {}
    const asked = new Promise<void>((resolve) => {
      wasAsked = resolve
    })
    const access = () =>
      new Promise<{ access: 'editor' }>((answer) => {
        answers.push(answer)
        wasAsked()
      })
    await startAnother({ access })
    const ada = await connect(server)
    await asked
    server.accessEvents.emit({ type: 'person', personId: 'ada' })
    for (const answer of answers) answer({ access: 'editor' })
    expect(await ada.closed).toMatchObject({ code: 4501 })
    expect(ada.received).toEqual([])
  })
  it('S22 does not let in whose answer is still out when their board has been read', async () => {
    await server.stop()
    let asked = 0
    const access = (): Promise<{ access: 'editor' }> =>
      ++asked === 1 ? Promise.resolve({ access: 'editor' }) : new Promise(() => {})
    await startAnother({ access })
    const release = storage.hold('load')
    const ada = await connect(server)
    await storage.until(() => storage.loads === 1)
    server.accessEvents.emit({ type: 'board', boardId: 'board' })
    release()
    expect(await ada.closed).toMatchObject({ code: 4501 })
    expect([asked, ada.received]).toEqual([2, []])
  })
})
