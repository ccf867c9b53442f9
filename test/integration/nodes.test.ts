import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { CloseCode, SUBPROTOCOL, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { newBoard, newLink, secretOf, type Ticket, ticketFor } from '../support/boards.ts'
import { createHttpClient, enterAsGuest, type HttpClient } from '../support/http-client.ts'
import { startNginx, type TestNginx } from '../support/nginx.ts'
import { startPostgres, type TestPostgres } from '../support/postgres.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { connectWith, entered, handshake, presenceFrame, type RawClient } from '../support/ws-client.ts'

let postgres: TestPostgres
let redis: TestRedis
let nginx: TestNginx
let one: TestServer
let two: TestServer
let settings: Record<string, string>
const folder = mkdtempSync(join(tmpdir(), 'drawbridge-nodes-'))

beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  settings = {
    DATABASE_URL: await postgres.createDatabase(),
    REDIS_URL: redis.url,
    AUTH_SECRET: 'what all nodes of the tests have in common',
    DATA_DIR: folder,
    TRUST_PROXY: 'true',
  }
  ;[one, two] = await Promise.all([startServer({ env: settings }), startServer({ env: settings })])
  nginx = await startNginx([one.port, two.port])
}, 120_000)

afterAll(async () => {
  await nginx?.stop()
  await Promise.all([one?.remove(), two?.remove()])
  await redis?.stop()
  await postgres?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The same person at another node, or through the proxy. */
const at = (url: string, person: HttpClient): HttpClient => {
  const there = createHttpClient(url)
  for (const pair of person.cookie().split('; ')) {
    const cut = pair.indexOf('=')
    there.setCookie(pair.slice(0, cut), pair.slice(cut + 1))
  }
  return there
}

const open = async (person: HttpClient, boardId: string, link?: string, doc?: Y.Doc): Promise<RawClient> =>
  entered(connectWith(await ticketFor(person, boardId, link), doc))

const draw = (client: RawClient, id: string): void => {
  client.doc.transact(() => {
    const element = new Y.Map<unknown>()
    element.set('base', { type: 'rectangle', position: [0, 0], size: [10, 10] })
    client.elements.set(id, element)
  })
}

/** Ada at the first node and Bob at the second, on one board. */
const both = async () => {
  const ada = await enterAsGuest(one.url, 'Ada')
  const boardId = await newBoard(ada)
  const link = await newLink(ada, boardId, 'editor')
  const bob = at(two.url, await enterAsGuest(two.url, 'Bob'))
  const here = await open(ada, boardId)
  const there = await open(bob, boardId, secretOf(link))
  return { ada, bob, boardId, link, here, there }
}

/** Whether the connection ended by itself; one that still works answers. */
const isCutOff = (client: RawClient): Promise<boolean> =>
  client.settled().then(
    () => false,
    () => true,
  )

const statusOf = async ({ url, ticket }: Ticket): Promise<number> => {
  const { port, pathname } = new URL(url)
  const protocols = `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`
  const { status } = await handshake(Number(port), pathname, { 'sec-websocket-protocol': protocols })
  return status
}

describe('two nodes with PostgreSQL, Redis and nginx', () => {
  it('S141: people on different nodes draw together and see each other, and who leaves is gone', async () => {
    const { here, there } = await both()
    draw(here, 'by ada')
    await there.untilHas('by ada')
    draw(there, 'by bob')
    await here.untilHas('by bob')
    here.send(presenceFrame(1, 1, { cursor: [1, 2], user: { name: 'Eve' } }))
    await there.until(() => there.presence.has(1))
    expect(there.presence.get(1)).toMatchObject({ cursor: [1, 2], user: { name: 'Ada' } })
    await here.close()
    await there.until(() => there.presence.get(1) === null)
    await there.close()
  })

  it('WS4, S133: a ticket lets one in, whichever node it is shown to', async () => {
    const ada = await enterAsGuest(one.url, 'Ada')
    const boardId = await newBoard(ada)
    const ticket = await ticketFor(ada, boardId)
    const elsewhere = { ...ticket, url: ticket.url.replace(String(one.port), String(two.port)) }
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => statusOf(index % 2 ? ticket : elsewhere)),
    )
    expect(answers.sort()).toEqual([101, ...Array.from({ length: 9 }, () => 401)])
  })

  it('WS10, S132: a link revoked at one node ends its sockets at the other within 2 s', async () => {
    const { ada, boardId, link, here, there } = await both()
    await ada.call('DELETE', `/api/boards/${boardId}/links/${link.id}`)
    expect(await there.endSoonAfter(performance.now())).toBe(CloseCode.accessRemoved)
    await here.close()
  })

  describe('AP8, WS10, S132: what somebody does about their account at one node', () => {
    const PASSWORD = 'correct horse battery'
    let count = 0

    /** Two sessions of one account on a board of theirs, one of them at both nodes, and a guest at the second. */
    const everywhere = async () => {
      count += 1
      const account = { name: 'Ada', email: `ada${count}@example.org`, password: PASSWORD }
      const [ada, phone] = [createHttpClient(one.url), createHttpClient(two.url)]
      await ada.call('POST', '/api/register', account)
      for (const browser of [ada, phone]) await browser.signIn('credentials', account)
      const boardId = await newBoard(ada)
      const link = secretOf(await newLink(ada, boardId, 'editor'))
      const sockets = {
        here: await open(ada, boardId),
        there: await open(at(two.url, ada), boardId),
        phone: await open(phone, boardId),
        guest: await open(await enterAsGuest(two.url, 'Bob'), boardId, link),
      }
      return { ada, phone, boardId, sockets }
    }

    it('a new password ends the other sessions at both within 2 s, and the one that goes on keeps its sockets at both', async () => {
      const { ada, phone, boardId, sockets } = await everywhere()
      await ada.call('POST', '/api/me/password', { current: PASSWORD, next: `${PASSWORD} staple` })
      const since = performance.now()
      expect(await sockets.phone.endSoonAfter(since)).toBe(CloseCode.sessionEnded)
      expect((await phone.call('POST', `/api/boards/${boardId}/ticket`, {})).status).toBe(401)
      draw(sockets.here, 'here')
      await Promise.all([sockets.there, sockets.guest].map((socket) => socket.untilHas('here')))
      draw(sockets.there, 'there')
      await sockets.here.untilHas('there')
      expect((await at(two.url, ada).call('GET', '/api/me')).status).toBe(200)
      await Promise.all([sockets.here, sockets.there, sockets.guest].map((socket) => socket.close()))
    })

    it('signing out, here or everywhere, ends the sessions meant at both within 2 s', async () => {
      const { ada, phone, sockets } = await everywhere()
      await at(one.url, phone).signOut()
      let since = performance.now()
      expect(await sockets.phone.endSoonAfter(since)).toBe(CloseCode.sessionEnded)
      expect((await ada.call('DELETE', '/api/me/sessions')).status).toBe(204)
      since = performance.now()
      const ends = [await sockets.here.endSoonAfter(since), await sockets.there.endSoonAfter(since)]
      expect(ends).toEqual([CloseCode.sessionEnded, CloseCode.sessionEnded])
      await sockets.guest.close()
    })

    it('closing it ends its sessions at both and tells the people of its boards within 2 s', async () => {
      const { ada, phone, sockets } = await everywhere()
      expect((await ada.call('POST', '/api/me/close', { password: PASSWORD })).status).toBe(204)
      const since = performance.now()
      const own = [sockets.here, sockets.there, sockets.phone]
      const ends = await Promise.all(own.map((socket) => socket.endSoonAfter(since)))
      expect(ends).toEqual(own.map(() => CloseCode.sessionEnded))
      expect(await sockets.guest.endSoonAfter(since)).toBe(CloseCode.boardGone)
      expect((await phone.call('GET', '/api/me')).status).toBe(401)
    })
  })

  it('LD8, S142: while Redis is away both nodes go on and save; when it is back both boards are equal within 5 s', async () => {
    const { ada, boardId, here, there } = await both()
    draw(here, 'before')
    await there.untilHas('before')
    await redis.stop()
    for (let index = 0; index < 20; index++) {
      draw(here, `ada ${index}`)
      draw(there, `bob ${index}`)
    }
    await Promise.all([here.untilSaved(), there.untilSaved()])
    expect([here.elements.size, there.elements.size]).toEqual([21, 21])
    const late = await open(ada, boardId)
    await late.untilHas('ada 19')
    await late.close()
    await redis.start()
    const backAt = performance.now()
    await Promise.all([
      here.until(() => here.elements.size === 41),
      there.until(() => there.elements.size === 41),
    ])
    expect(performance.now() - backAt).toBeLessThan(5000)
    draw(here, 'after')
    await there.untilHas('after')
    await Promise.all([here.close(), there.close()])
  })

  it('S141: nginx takes all sockets of a board to one node, and people of a node that was killed come back on the other with nothing lost', async () => {
    const ada = at(nginx.url, await enterAsGuest(nginx.url, 'Ada'))
    expect((await ada.call('GET', '/')).status).toBe(200)
    expect((await ada.call('GET', '/api/metrics')).status).toBe(404)
    const boards = await Promise.all(Array.from({ length: 16 }, () => newBoard(ada)))
    const pairs = await Promise.all(
      boards.map(async (board) => Promise.all([open(ada, board), open(ada, board)])),
    )
    for (const [first] of pairs) draw(first, 'first')
    await Promise.all(pairs.map(([first]) => first.untilSaved()))
    await two.kill()
    const gone = await Promise.all(pairs.map((pair) => Promise.all(pair.map(isCutOff))))
    expect(gone.filter(([first, second]) => first !== second)).toEqual([])
    expect(new Set(gone.flat())).toEqual(new Set([true, false]))
    const back = await Promise.all(
      pairs.map(([first], index) =>
        gone[index]?.[0] ? open(ada, boards[index] ?? '', undefined, first.doc) : first,
      ),
    )
    for (const client of back) draw(client, 'second')
    await Promise.all(back.map((client) => client.untilSaved()))
    const fresh = await Promise.all(boards.map((board) => open(ada, board)))
    expect(fresh.map((client) => [...client.elements.keys()].sort())).toEqual(
      boards.map(() => ['first', 'second']),
    )
    await Promise.all([...pairs.flat(), ...back, ...fresh].map((client) => client.close()))
    await two.start()
  })
})

describe('roles', () => {
  let web: TestServer
  let sync: TestServer
  beforeAll(async () => {
    ;[web, sync] = (await Promise.all(
      ['web', 'sync'].map((ROLE) => startServer({ env: { ...settings, ROLE } })),
    )) as [TestServer, TestServer]
  }, 60_000)
  afterAll(() => Promise.all([web?.remove(), sync?.remove()]))

  it('S140: a web node serves pages and the API and has no rooms, a sync node serves sockets and nothing else', async () => {
    const ada = await enterAsGuest(web.url, 'Ada')
    const boardId = await newBoard(ada)
    expect((await ada.call('GET', `/b/${boardId}`)).status).toBe(200)
    const ticket = await ticketFor(ada, boardId)
    expect(await statusOf(ticket)).toBe(404)
    const there = { ...ticket, url: ticket.url.replace(String(web.port), String(sync.port)) }
    const client = await entered(connectWith(there))
    draw(client, 'a')
    await client.untilSaved()
    for (const path of ['/', '/api/boards', `/b/${boardId}`]) {
      expect((await createHttpClient(sync.url).call('GET', path)).status).toBe(404)
    }
    expect((await createHttpClient(sync.url).call('GET', '/api/health')).status).toBe(200)
    await ada.call('DELETE', `/api/boards/${boardId}`)
    expect((await client.closed).code).toBe(CloseCode.boardGone)
  })
})
