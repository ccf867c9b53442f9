import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import { CloseCode, SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { createHttpClient, type HttpClient } from '../support/http-client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { RawClient } from '../support/ws-client.ts'

let postgres: TestPostgres
let server: TestServer

beforeAll(async () => {
  postgres = await startPostgres()
  server = await startServer({ env: { DATABASE_URL: await postgres.createDatabase() } })
})
afterAll(async () => {
  await server?.remove()
  await postgres?.stop()
})

const guest = async (name: string): Promise<HttpClient> => {
  const client = createHttpClient(server.url)
  await client.signIn('guest', { name })
  return client
}

const draw = (client: RawClient, id: string): void => {
  client.doc.transact(() => {
    const element = new Y.Map<unknown>()
    element.set('base', { type: 'rectangle', position: [0, 0], size: [10, 10] })
    client.elements.set(id, element)
  })
}

/** A client that is on the board and has what the server has. */
const open = async (person: HttpClient, boardId: string, link?: string): Promise<RawClient> => {
  const { body } = await person.call<{ ticket: string; url: string }>(
    'POST',
    `/api/boards/${boardId}/ticket`,
    { link },
  )
  const socket = new WebSocket(body.url, [SUBPROTOCOL, TICKET_PREFIX + body.ticket])
  const client = new RawClient(socket, new Y.Doc())
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  await client.settled()
  return client
}

describe('the running server on PostgreSQL', () => {
  it('PE1: keeps what it said is saved when it is killed', async () => {
    const ada = await guest('Ada')
    const { id } = (await ada.call<{ id: string }>('POST', '/api/boards', { title: 'Plans' })).body
    const client = await open(ada, id)
    for (let index = 0; index < 50; index++) draw(client, `element${index}`)
    await client.until(() => client.saved === client.sent)
    await server.kill()
    await server.start()
    const again = await open(ada, id)
    expect(again.elements.size).toBe(50)
    await again.close()
  })

  it('WS10: ends the sessions of a revoked link, and a guest who registers keeps the boards', async () => {
    const ada = await guest('Ada')
    const { id } = (await ada.call<{ id: string }>('POST', '/api/boards', {})).body
    const link = (
      await ada.call<{ id: string; url: string }>('POST', `/api/boards/${id}/links`, { role: 'editor' })
    ).body
    const bob = await open(await guest('Bob'), id, new URL(link.url).pathname.split('/').at(-1))
    await ada.call('DELETE', `/api/boards/${id}/links/${link.id}`)
    expect((await bob.closed).code).toBe(CloseCode.accessRemoved)

    const account = { name: 'Ada', email: 'ada@example.org', password: 'analytical engine' }
    expect((await ada.call('POST', '/api/register', account)).status).toBe(201)
    const elsewhere = createHttpClient(server.url)
    await elsewhere.signIn('credentials', { email: account.email, password: account.password })
    const { body } = await elsewhere.call<{ boards: { id: string }[] }>('GET', '/api/boards')
    expect(body.boards.map((board) => board.id)).toContain(id)
  })
})
