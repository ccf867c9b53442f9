import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Limits } from '../../server/sync/limits.ts'
import { partsOf } from '../../server/sync/ports.ts'
import { SyncKind } from '../../whiteboard/collab/protocol.ts'
import { craftUpdate, crowdedLetters } from '../support/crafted-updates.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { join, type RawClient, syncFrame } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let storage: GatedRoomStorage
let server: TestSyncServer
let clock: ManualClock
/** What the next work takes, in milliseconds. */
let cost: number

beforeEach(() => {
  storage = new GatedRoomStorage()
  clock = createManualClock()
  cost = 0
})
afterEach(() => server.stop())

const start = async (limits: Partial<Limits> = {}): Promise<void> => {
  let elapsed = 0
  let isRunning = false
  const stopwatch = (): number => {
    if (isRunning) elapsed += cost
    isRunning = !isRunning
    return elapsed
  }
  server = await startSyncServer({ storage, clock, stopwatch, limits })
}

const levels = ({ notices }: RawClient) =>
  notices.flatMap((notice) => (notice.type === 'size' ? [notice.level] : []))

/** Lets commits, relays and measurements fall due until it holds. */
const eventually = async (condition: () => boolean): Promise<void> => {
  while (!condition()) {
    clock.advance(100)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const add = (client: RawClient, id: string, bytes: number): void => {
  client.doc.transact(() => client.elements.set(id, new Y.Map([['base', 'x'.repeat(bytes)]])))
}

describe('LD7 a board that gets full', () => {
  const limits = { documentBytes: 20_000, documentWarning: 16_000 }

  it('S110: is told of once to each editor at four fifths, and not to viewers', async () => {
    await start(limits)
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve', role: 'viewer' })]
    add(ada, 'a', 15_000)
    await ada.settled()
    expect(levels(ada)).toEqual([])
    add(ada, 'b', 1500)
    add(ada, 'c', 1500)
    await ada.settled()
    expect(levels(ada)).toEqual(['nearly-full'])
    expect(levels(await join(server, { personId: 'ben' }))).toEqual(['nearly-full'])
    expect(levels(eve)).toEqual([])
  })

  it('S111: does not take what there is no room for, closes nobody, and takes it once there is room', async () => {
    await start(limits)
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    add(ben, 'old', 15_000)
    await ada.untilHas('old')
    add(ada, 'large', 10_000)
    // What builds on what was not taken is not taken either, and no fault.
    for (let index = 0; index < 5; index++) add(ada, `more${index}`, 10)
    await ada.settled()
    expect(levels(ada).at(-1)).toBe('full')
    await eventually(() => ben.saved === ben.sent)
    expect(ada.saved).toBeLessThan(ada.sent)
    expect(ben.elements.has('large')).toBe(false)
    ben.elements.delete('old')
    await ben.settled()
    await eventually(() => ben.elements.has('large') && ben.elements.has('more4'))
    await eventually(() => ada.saved === ada.sent)
    expect(levels(ada).at(-1)).toBe('fine')
    expect(ada.isOpen).toBe(true)
  })

  it('S111: what was left out comes again with its author, who is not sent away for it', async () => {
    await start(limits)
    const ada = await join(server)
    add(ada, 'old', 15_000)
    add(ada, 'large', 10_000)
    await ada.settled()
    await ada.close()
    const again = await join(server, { doc: ada.doc })
    expect(levels(again)).toContain('full')
    expect(again.isOpen).toBe(true)
    expect(again.saved).toBe(0)
  })

  it('S112: takes deletions, also of who holds what was not taken, and whole elements only', async () => {
    await start(limits)
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    add(ben, 'old', 15_000)
    add(ben, 'field', 10)
    await eventually(() => ada.elements.has('field'))
    add(ada, 'large', 10_000)
    await ada.settled()
    // Writing the field anew deletes what was there; without the new value it must not go.
    const field = ada.elements.get('field') as Y.Map<unknown>
    field.set('base', 'new')
    ada.doc.transact(() => {
      ada.elements.delete('large')
      ada.elements.delete('old')
    })
    await ada.settled()
    while (ben.elements.has('old')) {
      clock.advance(25)
      await ben.settled()
    }
    expect((ben.elements.get('field') as Y.Map<unknown>).get('base')).toBe('x'.repeat(10))
    await eventually(() => (ben.elements.get('field') as Y.Map<unknown>).get('base') === 'new')
    await eventually(() => ada.saved === ada.sent)
  })

  it('S112: an answer in parts that was not taken whole is not called saved, nor its deletions taken', async () => {
    await start(limits)
    const ada = await join(server)
    add(ada, 'old', 15_000)
    add(ada, 'field', 10)
    await eventually(() => ada.saved === ada.sent)
    await ada.close()
    const before = Y.encodeStateVector(ada.doc)
    ;(ada.elements.get('field') as Y.Map<unknown>).set('base', 'y'.repeat(10_000))
    const whole = Y.encodeStateAsUpdate(ada.doc, before)
    const fresh = await join(server, { doc: new Y.Doc() })
    const field = fresh.elements.get('field') as Y.Map<unknown>
    fresh.answersStep1 = false
    const structs = new Uint8Array(whole)
    fresh.send(syncFrame(SyncKind.update, structs))
    const deletes = Y.encodeStateAsUpdate(ada.doc, Y.encodeStateVector(ada.doc))
    fresh.send(syncFrame(SyncKind.step2, deletes))
    await fresh.settled()
    clock.advance(1000)
    await fresh.settled()
    expect(levels(fresh)).toContain('full')
    expect(field.get('base')).toBe('x'.repeat(10))
    expect(fresh.saved).toBeLessThan(2)
  })

  it('S110: what was overwritten does not count for long', async () => {
    await start(limits)
    const ada = await join(server)
    for (let index = 0; index < 30; index++) {
      ada.elements.set('same', `${index}`.padEnd(2000, 'x'))
      await ada.settled()
      clock.advance(2000)
    }
    await eventually(() => ada.saved === ada.sent)
    expect(levels(ada)).not.toContain('full')
  })
})

describe('updates that take far more work than others of their size', () => {
  it('S113: close with 4529 when they go on, on whichever connections they come, and hold up nobody else', async () => {
    await start()
    const [ada, eve, twin] = [
      await join(server),
      await join(server, { personId: 'eve' }),
      await join(server, { personId: 'eve' }),
    ]
    cost = 500
    for (const [index, author] of [eve, twin, eve, twin].entries()) {
      author.elements.set('e', index)
      await author.settled()
    }
    expect(eve.isOpen && twin.isOpen).toBe(true)
    eve.elements.set('e', 5)
    expect(await eve.closed).toMatchObject({ code: 4529 })
    cost = 0.1
    ada.elements.set('a', 1)
    await ada.settled()
    expect(ada.isOpen).toBe(true)
  })

  it('S113: a little of it now and then is forgotten', async () => {
    await start()
    const ada = await join(server)
    cost = 400
    for (let index = 0; index < 20; index++) {
      ada.elements.set('e', index)
      await ada.settled()
      clock.advance(2000)
    }
    expect(ada.isOpen).toBe(true)
  })

  it('S113: a large paste, and a day offline, may take as long as they are large', async () => {
    await start()
    const ada = await join(server)
    cost = 3000
    ada.elements.set('large', 'x'.repeat(5_000_000))
    await ada.settled()
    expect(ada.isOpen).toBe(true)
  })
})

describe('an update that takes Yjs quadratic time', () => {
  it('S115 LD9: is broken off, its author closed with 4529, and what was applied of it shared and saved', async () => {
    let elapsed = 0
    const stopwatch = (): number => {
      elapsed += 150
      return elapsed
    }
    server = await startSyncServer({ storage, clock, stopwatch, limits: { workExcess: 1_000_000 } })
    const ada = await join(server)
    const text = new Y.Text('x'.repeat(5000))
    ada.elements.set('e', new Y.Map([['text/1', text]]))
    await ada.settled()
    const eve = await join(server, { personId: 'eve' })
    const letters = { client: ada.doc.clientID, first: 3 }
    eve.sendUpdate(craftUpdate({ sections: [crowdedLetters(9, letters, 4000)] }))
    expect(await eve.closed).toMatchObject({ code: 4529 })
    await ada.until(() => text.length > 5000)
    const applied = text.length - 5000
    expect(applied).toBeLessThan(4000)
    await eventually(() => ada.saved === ada.sent && storage.logLength('board') > 1)
    const copy = new Y.Doc()
    for (const part of partsOf(await storage.load('board'))) Y.applyUpdate(copy, part)
    expect(Y.getState(copy.store, 9)).toBe(applied)
  })
})

describe('many boards and many people', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('LD6 S63: boards that were opened and left keep no memory, no timer and no log', async () => {
    await start()
    const first = await join(server)
    await first.close()
    const emptied = async (): Promise<void> => {
      while (server.sync.stats().rooms > 0 || server.sync.stats().connections > 0) {
        clock.advance(1000)
        await turn()
      }
      // Who was shown, or slowed down, is forgotten by then.
      clock.advance(60_000)
    }
    await emptied()
    const { waiting } = clock
    for (let round = 0; round < 10; round++) {
      const people = await Promise.all(
        Array.from({ length: 20 }, (_, index) => join(server, { boardId: `b${round}-${index}` })),
      )
      for (const person of people) person.elements.set('a', 1)
      await Promise.all(people.map((person) => person.settled()))
      expect(server.sync.stats().rooms).toBe(20)
      await Promise.all(people.map((person) => person.close()))
      await emptied()
    }
    expect(clock.waiting).toBe(waiting)
    expect(server.sync.stats()).toMatchObject({ rooms: 0, connections: 0, unsavedBytes: 0 })
    expect(storage.logLength('b9-19')).toBe(0)
  })

  it('LD3 S60: a restart with a hundred people loads each board once', async () => {
    await start()
    const come = () =>
      Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          join(server, { boardId: `b${index % 20}`, personId: `p${index}` }),
        ),
      )
    const people = await come()
    await server.stop()
    const codes = await Promise.all(people.map(({ closed }) => closed))
    expect(new Set(codes.map(({ code }) => code))).toEqual(new Set([1012]))
    storage.loads = 0
    await start()
    await come()
    expect(storage.loads).toBe(20)
  })

  it('LD9 S76: who sends as much as can be sent does not stand in the way of the others', async () => {
    await start({ bytesPerSecond: 50_000, bytesBurst: 50_000 })
    const [ada, ben, eve] = [
      await join(server),
      await join(server, { personId: 'ben' }),
      await join(server, { personId: 'eve' }),
    ]
    for (let index = 0; index < 200; index++) eve.elements.set(`e${index}`, 'x'.repeat(20_000))
    for (let index = 0; index < 10; index++) {
      ada.elements.set(`a${index}`, index)
      await ada.settled()
      clock.advance(25)
      await ben.until(() => ben.elements.has(`a${index}`))
    }
    expect(ben.elements.has('e199')).toBe(false)
    expect(eve.isOpen).toBe(true)
    eve.socket.terminate()
  })
})
