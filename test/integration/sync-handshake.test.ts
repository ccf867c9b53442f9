import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { connect, handshake, join } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let storage: GatedRoomStorage
let server: TestSyncServer

beforeEach(async () => {
  storage = new GatedRoomStorage()
  server = await startSyncServer({ storage })
})

afterEach(() => {
  storage.releaseAll()
  return server.stop()
})

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
  ])('path %s: 404', async (path) => {
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused(encodeURI(path).replaceAll('%25', '%'), withTicket(ticket))).toEqual([
      404,
      'not-found',
    ])
  })

  it.each(['null', 'https://evil.test', 'http://board.test.evil', 'http://board.test, http://evil.test'])(
    'origin %s: 403, and the ticket is still good',
    async (origin) => {
      const ticket = await server.ticket({ boardId: 'board' })
      expect(await refused('/sync/board', { ...withTicket(ticket), origin })).toEqual([403, 'foreign-origin'])
      const answer = await handshake(server.port, '/sync/board', {
        ...withTicket(ticket),
        origin: 'http://board.test',
      })
      expect(answer.status).toBe(101)
    },
  )

  it('origin null: 403, whatever the settings allow', async () => {
    await server.stop()
    server = await startSyncServer({ storage, allowedOrigin: () => true })
    const ticket = await server.ticket({ boardId: 'board' })
    expect((await refused('/sync/board', { ...withTicket(ticket), origin: 'null' }))[0]).toBe(403)
  })

  it('no ticket, an empty one, garbage: 401', async () => {
    expect(await refused('/sync/board')).toEqual([401, 'ticket-missing'])
    expect(await refused('/sync/board?ticket=')).toEqual([401, 'ticket-missing'])
    expect(await refused('/sync/board', withTicket('garbage'))).toEqual([401, 'ticket-malformed'])
    expect(await refused(`/sync/board?ticket=${'x'.repeat(8192)}`)).toEqual([401, 'ticket-malformed'])
  })

  it('a used ticket: 401, and of 50 at once exactly one comes in', async () => {
    const ticket = await server.ticket({ boardId: 'board' })
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => handshake(server.port, '/sync/board', withTicket(ticket))),
    )
    expect(answers.filter(({ status }) => status === 101)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(49)
  })

  it("another board's ticket: 403", async () => {
    const ticket = await server.ticket({ boardId: 'other' })
    expect(await refused('/sync/board', withTicket(ticket))).toEqual([403, 'wrong-board'])
  })

  it.each([
    ['access-removed', 403, 'access-removed'],
    ['board-gone', 404, 'not-found'],
    ['session-ended', 401, 'session-ended'],
  ] as const)('%s: %i', async (denied, status, code) => {
    server.setAccess('ada', { denied })
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', withTicket(ticket))).toEqual([status, code])
  })

  it('access that cannot be checked: 503, never a way in', async () => {
    server.setAccess('ada', new Error('database is away'))
    const ticket = await server.ticket({ boardId: 'board' })
    expect(await refused('/sync/board', withTicket(ticket))).toEqual([503, 'unavailable'])
  })

  it('no proper WebSocket request: 400', async () => {
    const ticket = await server.ticket({ boardId: 'board' })
    const headers = { ...withTicket(ticket), 'sec-websocket-version': '7' }
    expect(await refused('/sync/board', headers)).toEqual([400, 'invalid'])
  })

  it('a full board: 429; a full server: 503', async () => {
    await server.stop()
    server = await startSyncServer({ storage, limits: { connections: 2, connectionsPerBoard: 1 } })
    await join(server)
    const second = await server.ticket({ boardId: 'board' })
    expect((await handshake(server.port, '/sync/board', withTicket(second))).status).toBe(429)
    await join(server, { boardId: 'other' })
    const third = await server.ticket({ boardId: 'third' })
    expect((await handshake(server.port, '/sync/third', withTicket(third))).status).toBe(503)
  })
})

describe('S2 what a handshake gives away', () => {
  it.each([SUBPROTOCOL, 'y-websocket'])('names %s, never the ticket, and no compression', async (name) => {
    const ticket = await server.ticket({ boardId: 'board' })
    const { status, headers } = await handshake(server.port, '/sync/board', {
      ...withTicket(ticket, name),
      'sec-websocket-extensions': 'permessage-deflate',
    })
    expect(status).toBe(101)
    expect(headers['sec-websocket-protocol']).toBe(name)
    expect(headers['sec-websocket-extensions']).toBeUndefined()
  })

  it('logs no ticket', async () => {
    const ticket = await server.ticket({ boardId: 'other' })
    await handshake(server.port, `/sync/board?ticket=${ticket}`)
    await handshake(server.port, '/sync/board', withTicket(ticket))
    expect(server.logged.length).toBeGreaterThan(0)
    expect(server.logged.join('\n')).not.toContain(ticket)
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
    server = await startSyncServer({ storage, access })
    const ada = await connect(server)
    await asked
    server.accessEvents.emit({ type: 'person', personId: 'ada' })
    for (const answer of answers) answer({ access: 'editor' })
    expect(await ada.closed).toMatchObject({ code: 4501 })
    expect(ada.received).toEqual([])
  })
})
