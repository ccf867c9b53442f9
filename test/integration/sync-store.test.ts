import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyUpdate, Doc } from 'yjs'
import { createAccessEvents } from '../../server/boards/access-events.ts'
import { effectiveAccess } from '../../server/boards/effective-access.ts'
import { createTicketIssuer } from '../../server/boards/tickets.ts'
import { openSqliteTestStore, type TestStore } from '../support/stores.ts'
import { type ClientOptions, join } from '../support/ws-client.ts'
import { startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

const accessEvents = createAccessEvents()
const tickets = createTicketIssuer('x'.repeat(64))
let database: TestStore
let servers: TestSyncServer[] = []

const start = async (): Promise<TestSyncServer> => {
  const { store } = database
  const server = await startSyncServer({
    storage: store.rooms,
    tickets,
    accessEvents,
    access: (claims) => effectiveAccess(store, claims),
  })
  servers.push(server)
  const ticket: TestSyncServer['ticket'] = async (claims) => {
    const base = {
      personId: '',
      name: '',
      role: 'editor',
      linkId: null,
      sessionVersion: 0,
      sessionId: 's',
    } as const
    const person = await store.people.find(claims.personId ?? '')
    const sessionVersion = person?.sessionVersion ?? 0
    return (await tickets.issue({ ...base, ...claims, sessionVersion })).ticket
  }
  return { ...server, ticket }
}

const newBoard = async () => {
  const owner = await database.store.people.createGuest('Olga')
  const board = await database.store.boards.create({ ownerId: owner.id, title: 'Board' })
  const asOwner: ClientOptions = { boardId: board.id, personId: owner.id }
  return { boardId: board.id, asOwner }
}

beforeEach(async () => {
  database = await openSqliteTestStore()
})

afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()))
  servers = []
  await database.close()
})

describe('on a real database, with real tickets and access', () => {
  it('S56 has all that was called saved when the first server is gone without a word', async () => {
    const { asOwner } = await newBoard()
    const first = await start()
    const ada = await join(first, asOwner)
    for (let index = 0; index < 200; index++) ada.elements.set(`e${index}`, { at: [index, 0] })
    await ada.untilSaved()
    await first.kill()
    const ben = await join(await start(), asOwner)
    expect(ben.elements.toJSON()).toEqual(ada.elements.toJSON())
    expect(ben.elements.size).toBe(200)
  })

  it('S67 has everything in a snapshot after a stop', async () => {
    const { asOwner, boardId } = await newBoard()
    const first = await start()
    const ada = await join(first, asOwner)
    ada.elements.set('a', 1)
    await ada.settled()
    await first.stop()
    const stored = await database.store.rooms.load(boardId)
    expect(stored.entries).toEqual([])
    const ben = await join(await start(), asOwner)
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
  })

  it('PE13, S67: saves 100 boards that people draw on when it stops, and tells all of them to come again', async () => {
    const first = await start()
    const people = await Promise.all(Array.from({ length: 100 }, newBoard))
    const clients = await Promise.all(people.map(({ asOwner }) => join(first, asOwner)))
    for (const client of clients) {
      client.elements.set('last', client.doc.clientID)
    }
    await Promise.all(clients.map((client) => client.settled()))
    await Promise.all([first.stop(), first.stop()])
    const codes = await Promise.all(clients.map(async ({ closed }) => (await closed).code))
    expect(new Set(codes)).toEqual(new Set([1012]))
    for (const [index, { boardId }] of people.entries()) {
      const { snapshot, entries } = await database.store.rooms.load(boardId)
      const doc = new Doc()
      for (const update of [snapshot?.data, ...entries.map(({ data }) => data)])
        if (update) applyUpdate(doc, update)
      expect(doc.getMap('elements').toJSON()).toEqual({ last: clients[index]?.doc.clientID })
    }
  })

  it('S22 closes who came through a link when the link is revoked, and not the owner', async () => {
    const { asOwner, boardId } = await newBoard()
    const server = await start()
    const { store } = database
    const guest = await store.people.createGuest('Gus')
    const link = await store.links.create({ boardId, role: 'editor', expiresAt: null })
    await store.links.visit(link.id, boardId, guest.id, new Date())
    const [ada, gus] = [await join(server, asOwner), await join(server, { boardId, personId: guest.id })]
    await store.links.revoke(boardId, link.id, new Date())
    accessEvents.emit({ type: 'board', boardId })
    expect(await gus.closed).toMatchObject({ code: 4403 })
    await ada.settled()
    await expect(join(server, { boardId, personId: guest.id })).rejects.toThrow('403')
  })

  it('S22 closes everybody when the board is put into the bin', async () => {
    const { asOwner, boardId } = await newBoard()
    const ada = await join(await start(), asOwner)
    await database.store.boards.setDeleted(boardId, new Date())
    accessEvents.emit({ type: 'board', boardId })
    expect(await ada.closed).toMatchObject({ code: 4404 })
  })
})
