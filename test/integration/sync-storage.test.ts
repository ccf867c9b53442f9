import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { EffectiveAccess } from '../../server/boards/effective-access.ts'
import type { WorkedBoard } from '../../server/sync/saving/work-report.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { storedElements } from '../support/stored-document.ts'
import { connect, join, type RawClient } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let storage: GatedRoomStorage
let clock: ManualClock
let server: TestSyncServer
let cleanUp: (() => Promise<void>)[] = []

const start = async (options: Partial<Parameters<typeof startSyncServer>[0]> = {}) => {
  const started = await startSyncServer({ storage, clock, ...options })
  cleanUp.push(started.stop)
  return started
}

beforeEach(async () => {
  storage = new GatedRoomStorage()
  clock = createManualClock()
  server = await start()
})

afterEach(async () => {
  storage.failure = null
  storage.releaseAll()
  await Promise.all(cleanUp.map((stop) => stop()))
  cleanUp = []
})

/** Draws, and waits until the server has it. */
const draw = async (client: RawClient, id: string) => {
  client.elements.set(id, 1)
  await client.settled()
}

/** Lets the saver's tick pass and waits for the acknowledgement. */
const save = async (client: RawClient) => {
  await client.settled()
  clock.advance(10)
  await client.untilSaved()
}

const allGone = async () => {
  // What is to happen next hangs on a socket's end, which only the server sees.
  while (server.sync.stats().connections > 0) await new Promise((resolve) => setImmediate(resolve))
}

const turn = async () => {
  for (let count = 0; count < 20; count++) await new Promise((resolve) => setImmediate(resolve))
}

describe('saving', () => {
  it('S50 says saved only after the append has resolved', async () => {
    const ada = await join(server)
    await save(ada)
    const release = storage.hold('append')
    await draw(ada, 'a')
    clock.advance(10)
    await storage.until(() => storage.appends === 1)
    await ada.settled()
    expect([ada.saved, ada.sent]).toEqual([1, 2])
    expect(await storedElements(storage)).toEqual({})
    release()
    await ada.untilSaved()
    expect(await storedElements(storage)).toEqual({ a: 1 })
  })

  it('S51 writes what came in one tick, of all rooms, in one append', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben', boardId: 'other' })]
    await save(ada)
    for (const id of ['a', 'b', 'c']) await draw(ada, id)
    await draw(ben, 'x')
    expect(storage.appends).toBe(0)
    clock.advance(10)
    await Promise.all([ada.untilSaved(), ben.untilSaved()])
    expect(storage.appends).toBe(1)
    expect(await storedElements(storage, 'other')).toEqual({ x: 1 })
  })

  it('S32 counts what came after a gap as saved only with what closes it', async () => {
    const ada = await join(server)
    await save(ada)
    ada.answersStep1 = false
    const doc = new Y.Doc()
    doc.getMap('elements').set('first', 1)
    const before = Y.encodeStateVector(doc)
    doc.getMap('elements').set('second', 2)
    ada.sendUpdate(Y.encodeStateAsUpdate(doc, before))
    await draw(ada, 'third')
    clock.advance(10)
    await storage.until(() => storage.logLength('board') === 1)
    await ada.settled()
    expect([ada.saved, ada.sent]).toEqual([1, 3])
    Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(doc), ada)
    const release = storage.hold('append')
    ada.sendStep2()
    await ada.settled()
    clock.advance(10)
    await storage.until(() => storage.appends === 2)
    expect(ada.saved).toBe(1)
    release()
    await ada.untilSaved()
    expect(await storedElements(storage)).toEqual({ first: 1, second: 2, third: 1 })
    await draw(ada, 'fourth')
    await save(ada)
  })

  it('S52 counts a frame that brings nothing new, does not log it, and not before what it repeats is saved', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    await save(ada)
    await save(ben)
    const release = storage.hold('append')
    await draw(ada, 'a')
    await ben.untilHas('a')
    ben.sendUpdate(Y.encodeStateAsUpdate(ben.doc))
    await ben.settled()
    clock.advance(10)
    await storage.until(() => storage.appends === 1)
    await ben.settled()
    expect([ben.saved, ben.sent]).toEqual([1, 2])
    release()
    await ben.untilSaved()
    expect(storage.logLength('board')).toBe(1)
  })

  it('S53 keeps serving while the database is down, says so, and saves later', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    await save(ada)
    storage.failure = new Error('database is down')
    await draw(ada, 'a')
    clock.advance(10)
    await ben.until(() => ben.notices.some((notice) => notice.type === 'storage' && notice.failing))
    await draw(ada, 'b')
    await ben.untilHas('b')
    clock.advance(250)
    await turn()
    expect(storage.appends).toBe(2)
    const late = await join(server, { personId: 'late' })
    expect(late.notices.at(1)).toEqual({ type: 'storage', failing: true })
    expect(late.elements.toJSON()).toEqual({ a: 1, b: 1 })
    storage.failure = null
    clock.advance(10_000)
    await ada.untilSaved()
    await ben.until(() => ben.notices.some((notice) => notice.type === 'storage' && !notice.failing))
    expect(await storedElements(storage)).toEqual({ a: 1, b: 1 })
  })

  it('S54 saves the other boards when one cannot be written', async () => {
    const append = storage.append.bind(storage)
    storage.append = async (updates) => {
      if (updates.some(({ boardId }) => boardId === 'bad')) throw new Error('cannot be written')
      return append(updates)
    }
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve', boardId: 'bad' })]
    await draw(eve, 'x')
    await draw(ada, 'a')
    clock.advance(10)
    await ada.untilSaved()
    await eve.until(() => eve.notices.some((notice) => notice.type === 'storage' && notice.failing))
    await draw(ada, 'b')
    clock.advance(10)
    await ada.untilSaved()
    expect(await storedElements(storage)).toEqual({ a: 1, b: 1 })
    storage.append = append
    clock.advance(10_000)
    await eve.untilSaved()
  })

  it('S55 takes no more than it may hold unsaved, and loses none of it', async () => {
    await server.stop()
    server = await start({ limits: { unsavedPerBoard: 100 } })
    const ada = await join(server)
    storage.failure = new Error('database is down')
    ada.elements.set('a', 'x'.repeat(100))
    ada.elements.set('b', 1)
    expect(await ada.closed).toMatchObject({ code: 1013 })
    storage.failure = null
    clock.advance(1000)
    await storage.until(() => storage.logLength('board') === 1)
    expect(Object.keys(await storedElements(storage))).toEqual(['a'])
  })

  it('S56 has lost nothing that it called saved when the process is killed', async () => {
    const ada = await join(server)
    await save(ada)
    await draw(ada, 'a')
    await save(ada)
    await draw(ada, 'unsaved')
    await server.kill()
    const second = await start()
    const doc = new Y.Doc()
    const ben = await join(second, { personId: 'ben', doc })
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
    const again = await join(second, { doc: ada.doc })
    await ben.untilHas('unsaved')
    expect(again.elements.toJSON()).toEqual({ a: 1, unsaved: 1 })
  })

  it('S57 PE12 tells everybody that the board is gone when its updates find no board', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    storage.remove('board')
    await draw(ada, 'a')
    clock.advance(10)
    expect(await ada.closed).toMatchObject({ code: 4404 })
    expect(await ben.closed).toMatchObject({ code: 4404 })
    expect(ada.saved).toBe(0)
  })

  it('S58 reports the boards that were worked on, now and then', async () => {
    const worked: WorkedBoard[][] = []
    await server.stop()
    server = await start({ onWorked: (boards) => worked.push(boards) })
    const ada = await join(server)
    await save(ada)
    for (const id of ['a', 'b']) {
      await draw(ada, id)
      await save(ada)
    }
    expect(worked).toEqual([])
    clock.advance(4000)
    expect(worked).toEqual([[{ boardId: 'board', personIds: ['ada'] }]])
    clock.advance(10_000)
    expect(worked).toHaveLength(1)
    const ben = await join(server, { personId: 'ben' })
    await draw(ben, 'c')
    await save(ben)
    clock.advance(4000)
    expect(worked.slice(1)).toEqual([[{ boardId: 'board', personIds: ['ben'] }]])
  })
})

describe('the life of a room', () => {
  it('S60 PE6 loads once, however many come at the same time', async () => {
    const release = storage.hold('load')
    const joining = Array.from({ length: 10 }, (_, index) => join(server, { personId: `p${index}` }))
    await storage.until(() => storage.loads === 1)
    release()
    const clients = await Promise.all(joining)
    expect(storage.loads).toBe(1)
    clients[0]?.elements.set('a', 1)
    await Promise.all(clients.map((client) => client.untilHas('a')))
  })

  /** Draws, and has a snapshot made of it. */
  const drawToSnapshot = async (id: string) => {
    await draw(await join(server), id)
    await server.stop()
    server = await start()
  }

  it('S59 PE5 reads a board whose newest snapshot is damaged from the one before and the log', async () => {
    for (const id of ['a', 'b', 'c']) await drawToSnapshot(id)
    storage.damageSnapshot('board')
    const ben = await join(server, { personId: 'ben' })
    expect(ben.elements.toJSON()).toEqual({ a: 1, b: 1, c: 1 })
    await drawToSnapshot('d')
    storage.damageSnapshot('board')
    expect(await storedElements(storage)).toEqual({ a: 1, b: 1, c: 1, d: 1 })
  })

  it('S61 PE5 never shows an empty board in place of a damaged one', async () => {
    for (const id of ['a', 'b']) await drawToSnapshot(id)
    storage.damageSnapshot('board')
    storage.damageSnapshot('board')
    const compactions = storage.compactions
    const ben = await connect(server, { personId: 'ben' })
    expect(await ben.closed).toMatchObject({ code: 4510 })
    expect(ben.received).toEqual([])
    expect(storage.compactions).toBe(compactions)
  })

  it.each([
    ['garbage', { snapshot: { seq: 1, data: Uint8Array.of(1, 2, 3) }, entries: [], owners: new Map() }],
    [
      'a log with a hole',
      () => {
        const doc = new Y.Doc()
        doc.getMap('elements').set('lost', 1)
        const before = Y.encodeStateVector(doc)
        doc.getMap('elements').set('kept', 1)
        const entries = [{ seq: 2, data: Y.encodeStateAsUpdate(doc, before) }]
        return { snapshot: null, entries, owners: new Map() }
      },
    ],
  ] as const)('S61 takes %s for a damaged board', async (_, content) => {
    storage.load = async () => (typeof content === 'function' ? content() : content)
    const ada = await connect(server)
    expect(await ada.closed).toMatchObject({ code: 4510 })
  })

  it('S62 PE6 asks to come again when the database cannot be read, and loads then', async () => {
    storage.failure = new Error('database is down')
    const ada = await connect(server)
    expect(await ada.closed).toMatchObject({ code: 1013 })
    storage.failure = null
    await join(server)
    expect(storage.loads).toBe(2)
  })

  it('S63 forgets an empty room only after its save has resolved', async () => {
    const ada = await join(server)
    await draw(ada, 'a')
    const release = storage.hold('append')
    await ada.close()
    await allGone()
    clock.advance(10)
    await storage.until(() => storage.appends === 1)
    clock.advance(60_000)
    await turn()
    expect(server.sync.stats().rooms).toBe(1)
    release()
    await storage.until(() => storage.compactions === 1 && server.sync.stats().rooms === 0)
    expect(storage.logLength('board')).toBe(0)
    const ben = await join(server, { personId: 'ben' })
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
  })

  it('S64 PE7 revives a draining room for whoever joins: one document, no second load', async () => {
    const ada = await join(server)
    await draw(ada, 'a')
    const release = storage.hold('append')
    await ada.close()
    await allGone()
    clock.advance(10)
    await storage.until(() => storage.appends === 1)
    clock.advance(60_000)
    const ben = await join(server, { personId: 'ben' })
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
    await draw(ben, 'b')
    release()
    await save(ben)
    clock.advance(60_000)
    await turn()
    expect(storage.loads).toBe(1)
    expect(server.sync.stats().rooms).toBe(1)
    expect(await storedElements(storage)).toEqual({ a: 1, b: 1 })
  })

  it('S65 replaces a long log by a snapshot while people go on drawing', async () => {
    await server.stop()
    server = await start({ limits: { compactAfterRows: 3 } })
    const ada = await join(server)
    await save(ada)
    for (const id of ['a', 'b', 'c']) {
      await draw(ada, id)
      await save(ada)
    }
    await storage.until(() => storage.logLength('board') === 0)
    await draw(ada, 'd')
    await save(ada)
    expect(storage.logLength('board')).toBe(1)
    expect(Object.keys(await storedElements(storage)).sort()).toEqual(['a', 'b', 'c', 'd'])
  })

  it('S66 PE8 keeps the log when a compaction fails', async () => {
    const ada = await join(server)
    await draw(ada, 'a')
    await save(ada)
    storage.compact = async () => {
      throw new Error('no room left')
    }
    await ada.close()
    await allGone()
    clock.advance(60_000)
    await turn()
    expect(server.sync.stats().rooms).toBe(0)
    const ben = await join(server, { personId: 'ben' })
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
  })

  it('S67 PE13 saves what is left when it stops, and tells everybody to come again', async () => {
    const ada = await join(server)
    await draw(ada, 'a')
    await server.stop()
    expect(await ada.closed).toMatchObject({ code: 1012 })
    expect(await storedElements(storage)).toEqual({ a: 1 })
    expect(storage.logLength('board')).toBe(0)
  })
})

describe('stopping', () => {
  it('S67 does not wait for a database that hangs longer than its grace', async () => {
    const ada = await join(server)
    await draw(ada, 'a')
    storage.hold('append')
    const stopping = server.stop()
    await ada.closed
    await storage.until(() => storage.appends === 1)
    clock.advance(10_000)
    await stopping
    expect(server.logged.join()).toContain('Stopped with unsaved updates')
  })

  it('S67 lets nobody in any more', async () => {
    await server.sync.stop()
    await expect(join(server)).rejects.toThrow('503')
  })
})

describe('heartbeat', () => {
  it('S70, WS17: ends a connection that does not answer a ping, and its presence with it', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve', autoPong: false })]
    const pinged = new Promise((resolve) => ada.socket.once('ping', resolve))
    clock.advance(15_000)
    await pinged
    await ada.settled()
    clock.advance(15_000)
    expect(await eve.closed).toMatchObject({ code: 1006 })
    await ada.settled()
    expect(ada.isOpen).toBe(true)
  })

  it('S71 says something to silent clients, or a y-websocket client would take it for dead', async () => {
    const ada = await join(server)
    await save(ada)
    const before = ada.frames
    clock.advance(15_000)
    await ada.until(() => ada.frames > before)
    expect([...(ada.received.at(-1) ?? [])]).toEqual([1, 1, 0])
  })

  it('S28, WS10: ends a right within a second of the link that gave it', async () => {
    let answer: EffectiveAccess = { access: 'editor', until: clock.now() + 5500 }
    await server.stop()
    server = await start({ access: async () => answer })
    const eve = await join(server, { personId: 'eve' })
    clock.advance(5000)
    await eve.settled()
    answer = { denied: 'access-removed' }
    clock.advance(1000)
    expect(await eve.closed).toMatchObject({ code: 4403 })
  })

  it('S28 goes by the time of day, which is not the time that the server measures with', async () => {
    let answer: EffectiveAccess = { access: 'editor', until: Date.now() }
    const limits = { accessExpiry: 5, accessSweep: 3_600_000 }
    const real = await startSyncServer({ storage, limits, access: async () => answer })
    const eve = await join(real, { personId: 'eve' })
    answer = { denied: 'access-removed' }
    expect(await eve.closed).toMatchObject({ code: 4403 })
    await real.stop()
  })

  it('S26 finds out by itself that a right has expired', async () => {
    const ada = await join(server)
    server.setAccess('ada', { denied: 'access-removed' })
    clock.advance(30_000)
    expect(await ada.closed).toMatchObject({ code: 4403 })
  })

  it('S26 leaves people in while the database cannot be asked in passing', async () => {
    const ada = await join(server)
    server.setAccess('ada', new Error('database is away'))
    clock.advance(14_000)
    await ada.settled()
    clock.advance(14_000)
    await ada.settled()
    clock.advance(14_000)
    await ada.settled()
    expect(ada.isOpen).toBe(true)
    expect(server.logged.join()).toContain('could not be checked in passing')
  })
})
