import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { systemClock } from '../../server/sync/ports.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { documentOf, storedElements } from '../support/stored-document.ts'
import { openSqliteTestStore, type TestStore } from '../support/stores.ts'
import { join, type RawClient } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

const isTold =
  (failing: boolean) =>
  ({ notices }: RawClient) =>
  () =>
    notices.some((notice) => notice.type === 'storage' && notice.failing === failing)
const [isFailing, isWell] = [isTold(true), isTold(false)]

describe('a disk that is full', () => {
  let database: TestStore
  let server: TestSyncServer
  let clock: ManualClock
  let boardId: string
  beforeEach(async () => {
    database = await openSqliteTestStore()
    clock = createManualClock()
    server = await startSyncServer({ storage: database.store.rooms, clock })
    const owner = await database.store.people.createGuest('Owner')
    boardId = (await database.store.boards.create({ ownerId: owner.id, title: 'Board' })).id
  })
  afterEach(async () => {
    await server.stop()
    await database.close()
  })

  /** Pages of the file; SQLite refuses to grow beyond what is allowed as it does where the disk is full. */
  const allowPages = (count: number) => database.client.$queryRawUnsafe(`PRAGMA max_page_count = ${count}`)

  it('PE3 S53 is told and waited for: no update is called saved, and all are within 5 s of there being room', async () => {
    const [ada, ben] = [await join(server, { boardId }), await join(server, { boardId, personId: 'ben' })]
    await allowPages(1)
    ada.elements.set('large', 'x'.repeat(200_000))
    await ada.settled()
    const { saved } = ada
    clock.advance(50)
    await ben.until(isFailing(ben))
    ada.elements.set('later', 1)
    await ben.untilHas('later')
    for (let count = 0; count < 12; count++) {
      clock.advance(5000)
      await database.store.ping()
    }
    await ada.settled()
    expect(ada.saved).toBe(saved)
    await allowPages(1_000_000)
    clock.advance(5000)
    await ada.untilSaved()
    await ada.until(isWell(ada))
    expect(Object.keys(await storedElements(database.store.rooms, boardId)).sort()).toEqual([
      'large',
      'later',
    ])
    const [found] = await database.client.$queryRawUnsafe<object[]>('PRAGMA integrity_check')
    expect(found).toEqual({ integrity_check: 'ok' })
  })
})

describe('a database that is away', () => {
  let storage: GatedRoomStorage
  let server: TestSyncServer
  let clock: ManualClock
  let editors: RawClient[]
  beforeEach(async () => {
    storage = new GatedRoomStorage()
    clock = createManualClock()
    server = await startSyncServer({ storage, clock })
    editors = await Promise.all(
      Array.from({ length: 20 }, (_, index) => join(server, { personId: `person ${index}` })),
    )
  })
  afterEach(async () => {
    storage.failure = null
    storage.releaseAll()
    await server.stop()
  })

  /** Half a minute in which everybody draws something each five seconds. */
  const drawForHalfAMinute = async (from: number) => {
    for (let step = from; step < from + 6; step++) {
      for (const [index, editor] of editors.entries()) editor.elements.set(`${index} at ${step}`, step)
      await Promise.all(editors.map((editor) => editor.settled()))
      clock.advance(5000)
      // What was tried has failed, and waits for the clock again.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const everything = (steps: number) =>
    editors.flatMap((_, index) => Array.from({ length: steps }, (__, step) => `${index} at ${step}`)).sort()

  it('PE4 S53 for a minute sends nobody away and calls nothing saved; then all is written once', async () => {
    clock.advance(50)
    await Promise.all(editors.map((editor) => editor.untilSaved()))
    const before = editors.map(({ saved }) => saved)
    storage.failure = new Error('database is away')
    await drawForHalfAMinute(0)
    await drawForHalfAMinute(6)
    expect(editors.every(({ isOpen }) => isOpen)).toBe(true)
    expect(editors.map(({ saved }) => saved)).toEqual(before)
    storage.failure = null
    clock.advance(10_000)
    await Promise.all(editors.map((editor) => editor.untilSaved()))
    expect(Object.keys(await storedElements(storage)).sort()).toEqual(everything(12))
    const { entries } = await storage.load('board')
    const structs = entries.flatMap(({ data }) => Y.decodeUpdate(data).structs)
    expect(new Set(structs.map(({ id }) => `${id.client} ${id.clock}`)).size).toBe(structs.length)
  })

  it('PE4 S56 and a server that is killed meanwhile: clients bring all of it again', async () => {
    storage.failure = new Error('database is away')
    await drawForHalfAMinute(0)
    await server.kill()
    storage.failure = null
    const old = server
    server = await startSyncServer({ storage, clock })
    const back = await Promise.all(
      editors.map(({ doc }, index) => join(server, { personId: `person ${index}`, doc })),
    )
    clock.advance(10_000)
    await Promise.all(back.map((editor) => editor.untilSaved()))
    expect(Object.keys(await storedElements(storage)).sort()).toEqual(everything(6))
    await old.stop()
  })
})

describe('a board that starts with a document', () => {
  it('PE15 S60 has it once, however many open it first', async () => {
    const database = await openSqliteTestStore()
    const server = await startSyncServer({ storage: database.store.rooms })
    const template = new Y.Doc()
    template.getMap('elements').set('title', new Y.Text('Plan'))
    const owner = await database.store.people.createGuest('Owner')
    const { id } = await database.store.boards.createWith(
      { ownerId: owner.id, title: 'Board' },
      Y.encodeStateAsUpdate(template),
    )
    const clients = await Promise.all(
      Array.from({ length: 20 }, (_, index) => join(server, { boardId: id, personId: `person ${index}` })),
    )
    for (const { elements } of clients) expect(elements.toJSON()).toEqual({ title: 'Plan' })
    await server.stop()
    const doc = documentOf(await database.store.rooms.load(id))
    expect(doc.getMap('elements').toJSON()).toEqual({ title: 'Plan' })
    expect(doc.store.clients.size).toBe(1)
    await database.close()
  })
})

describe('a machine whose time is set', () => {
  afterEach(() => vi.useRealTimers())

  it.each([
    ['a day ahead', 86_400_000],
    ['a day back', -86_400_000],
  ])('PE16 S126 %s delays nothing', (_, jump) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const before = systemClock.now()
    vi.setSystemTime(Date.now() + jump)
    expect(Math.abs(systemClock.now() - before)).toBeLessThan(60_000)
  })
})
