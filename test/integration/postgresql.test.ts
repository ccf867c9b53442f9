import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openPostgresql } from '../../server/store/open-postgresql.ts'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import { newBoard, newLink, secretOf, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { silentLog } from '../support/stores.ts'
import { connectWith, entered, type RawClient } from '../support/ws-client.ts'

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

const guest = (name: string): Promise<HttpClient> => enterAsGuest(server.url, name)

const draw = (client: RawClient, id: string): void => {
  client.doc.transact(() => {
    const element = new Y.Map<unknown>()
    element.set('base', { type: 'rectangle', position: [0, 0], size: [10, 10] })
    client.elements.set(id, element)
  })
}

/** A client that is on the board and has what the server has. */
const open = async (person: HttpClient, boardId: string, link?: string): Promise<RawClient> =>
  entered(connectWith(await ticketFor(person, boardId, link)))

it('PE3: a connection that is lost in the midst of a transaction ends that, and not the process', async () => {
  const { sql, close } = await openPostgresql(await postgres.createDatabase(), silentLog)
  const activity = 'SELECT 1 AS "found" FROM pg_stat_activity WHERE pid = $1'
  const lost = sql.transaction('write', async (transaction) => {
    const [own] = await transaction.all<{ pid: number }>('SELECT pg_backend_pid() AS "pid"')
    const pid = own?.pid ?? 0
    await sql.all('SELECT pg_terminate_backend($1)', [pid])
    while ((await sql.all(activity, [pid])).length > 0);
    await sql.all('SELECT 1')
    await transaction.all('SELECT 1')
  })
  await expect(lost).rejects.toThrow()
  expect(await sql.all('SELECT 2 AS "found"')).toEqual([{ found: 2 }])
  await close()
})

describe('the running server on PostgreSQL', () => {
  it('PE1: keeps what it said is saved when it is killed', async () => {
    const ada = await guest('Ada')
    const id = await newBoard(ada)
    const client = await open(ada, id)
    for (let index = 0; index < 50; index++) draw(client, `element${index}`)
    await client.untilSaved()
    await server.kill()
    await server.start()
    const again = await open(ada, id)
    expect(again.elements.size).toBe(50)
    await again.close()
  })

  it('WS10: ends the sessions of a revoked link, and a guest who registers keeps the boards', async () => {
    const ada = await guest('Ada')
    const id = await newBoard(ada)
    const link = await newLink(ada, id, 'editor')
    const bob = await open(await guest('Bob'), id, secretOf(link))
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
