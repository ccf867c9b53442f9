import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { CloseCode, PLAIN_SUBPROTOCOL, SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { newBoard, newLink, secretOf, type Ticket, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer

beforeAll(async () => {
  server = await startServer()
})
afterAll(() => server.remove())

const newGuest = (): Promise<HttpClient> => enterAsGuest(server.url)

interface Joined {
  readonly socket: WebSocket
  /** How the server ended it. */
  readonly closed: Promise<{ code: number; after: number }>
}

/** Resolves when the socket is open; rejects with the status that the server answered instead. */
const join = ({ url, ticket }: Ticket, headers: Record<string, string> = {}): Promise<Joined> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, [SUBPROTOCOL, PLAIN_SUBPROTOCOL, TICKET_PREFIX + ticket], {
      headers: { origin: server.url, ...headers },
    })
    const opened = { at: 0 }
    const closed = new Promise<{ code: number; after: number }>((end) => {
      socket.once('close', (code) => end({ code, after: Date.now() - opened.at }))
    })
    socket.on('error', () => {})
    socket.once('unexpected-response', (_request, response) => {
      response.resume()
      reject(new Error(String(response.statusCode)))
      socket.terminate()
    })
    socket.once('open', () => {
      opened.at = Date.now()
      resolve({ socket, closed })
    })
  })

const statusOf = (joining: Promise<Joined>): Promise<string> =>
  joining.then(
    ({ socket }) => {
      socket.terminate()
      return 'open'
    },
    (error: Error) => error.message,
  )

describe('tickets at the socket of the running server', () => {
  it('WS4, WS5: open the board that they are for, once', async () => {
    const owner = await newGuest()
    const [id, second] = [await newBoard(owner), await newBoard(owner)]
    const ticket = await ticketFor(owner, id)
    const { socket } = await join(ticket)
    expect(socket.protocol).toBe(SUBPROTOCOL)
    expect(await statusOf(join(ticket))).toBe('401')
    socket.terminate()
    const other = await ticketFor(owner, id)
    expect(await statusOf(join({ ...other, url: other.url.replace(id, second) }))).toMatch(/^40[134]$/)
  })

  it('WS1: open nothing for pages of other sites', async () => {
    const owner = await newGuest()
    const id = await newBoard(owner)
    for (const origin of ['http://evil.test', 'null', `${server.url}.evil.test`]) {
      expect([origin, await statusOf(join(await ticketFor(owner, id), { origin }))]).toEqual([origin, '403'])
    }
  })

  it('WS10: are worth nothing when the link is revoked between issue and use', async () => {
    const owner = await newGuest()
    const id = await newBoard(owner)
    const link = await newLink(owner, id, 'editor')
    const guest = await newGuest()
    const ticket = await ticketFor(guest, id, secretOf(link))
    await owner.call('DELETE', `/api/boards/${id}/links/${link.id}`)
    expect(await statusOf(join(ticket))).toBe('403')
  })
})

describe('open sockets', () => {
  it('WS10: end within two seconds when their link is revoked, and others stay', async () => {
    const owner = await newGuest()
    const id = await newBoard(owner)
    const [viewer, editor] = [await newLink(owner, id, 'viewer'), await newLink(owner, id, 'editor')]
    const first = await join(await ticketFor(await newGuest(), id, secretOf(viewer)))
    const second = await join(await ticketFor(await newGuest(), id, secretOf(editor)))
    const mine = await join(await ticketFor(owner, id))
    await owner.call('DELETE', `/api/boards/${id}/links/${viewer.id}`)
    const { code, after } = await first.closed
    expect(code).toBe(CloseCode.accessRemoved)
    expect(after).toBeLessThan(2000)
    expect([second.socket.readyState, mine.socket.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN])
    second.socket.terminate()
    mine.socket.terminate()
  })

  it('WS9, WS10: end when the role is lowered, the board is deleted, or the guest becomes an account', async () => {
    const owner = await newGuest()
    const id = await newBoard(owner)
    const [viewer, editor] = [await newLink(owner, id, 'viewer'), await newLink(owner, id, 'editor')]
    const guest = await newGuest()
    for (const link of [viewer, editor])
      await guest.call('POST', '/api/links/join', { secret: secretOf(link) })
    const lowered = await join(await ticketFor(guest, id))
    await owner.call('DELETE', `/api/boards/${id}/links/${editor.id}`)
    expect((await lowered.closed).code).toBe(CloseCode.roleChanged)
    const again = await ticketFor(guest, id)
    expect(again.role).toBe('viewer')

    const account = { name: 'Ada', email: 'ada@example.org', password: 'correct horse battery' }
    await createHttpClient(server.url).call('POST', '/api/register', account)
    const asGuest = await join(again)
    await guest.signIn('credentials', account)
    expect((await asGuest.closed).code).toBe(CloseCode.sessionEnded)
    expect((await ticketFor(guest, id)).role).toBe('viewer')

    const mine = await join(await ticketFor(owner, id))
    await owner.call('DELETE', `/api/boards/${id}`)
    expect((await mine.closed).code).toBe(CloseCode.boardGone)
  })
})
