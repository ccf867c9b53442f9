import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createAccessEvents } from '../../server/boards/access-events.ts'
import type { Bus } from '../../server/bus/bus.ts'
import { createLocalHub } from '../../server/bus/local-bus.ts'
import type { Limits } from '../../server/sync/limits.ts'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { type ClientOptions, join, presenceFrame, type RawClient } from '../support/ws-client.ts'
import {
  GatedRoomStorage,
  startSyncServer,
  type TestSyncOptions,
  type TestSyncServer,
} from '../support/ws-server.ts'

let nodes: TestSyncServer[] = []
let storage: GatedRoomStorage
let buses: LossyBus[] = []

afterEach(async () => {
  storage.releaseAll()
  await Promise.all(nodes.map((node) => node.stop()))
  nodes = []
  buses = []
})

/** A bus that can be cut off, as Redis is when it is away. */
type LossyBus = Bus & { cutOff(): void; restore(): void }

const lossy = (bus: Bus): LossyBus => {
  const restores = new Set<() => void>()
  let isCut = false
  return {
    ...bus,
    publish: (topic, payload) => {
      if (!isCut) bus.publish(topic, payload)
    },
    subscribe: (topic, listener) => {
      const restore = (): void => listener.restored()
      restores.add(restore)
      const subscription = bus.subscribe(topic, {
        message: (payload, from) => {
          if (!isCut) listener.message(payload, from)
        },
        restored: restore,
      })
      return {
        ready: subscription.ready,
        end: () => {
          restores.delete(restore)
          subscription.end()
        },
      }
    },
    cutOff: () => {
      isCut = true
    },
    restore: () => {
      isCut = false
      for (const restore of restores) restore()
    },
  }
}

/** Two nodes with one storage. */
const start = async (
  limits: Partial<Limits> = {},
  options: Partial<TestSyncOptions> = {},
): Promise<[TestSyncServer, TestSyncServer]> => {
  storage = new GatedRoomStorage()
  const hub = createLocalHub()
  buses = [lossy(hub.open()), lossy(hub.open())]
  nodes = await Promise.all(
    buses.map((bus) =>
      startSyncServer({ storage, bus, limits, accessEvents: createAccessEvents(bus), ...options }),
    ),
  )
  return nodes as [TestSyncServer, TestSyncServer]
}

const person = (name: string, options: ClientOptions = {}): ClientOptions => ({ personId: name, ...options })

const draw = (client: RawClient, id: string): void => {
  client.elements.set(id, new Y.Map([['base', { type: 'rectangle' }]]))
}

const plain = (client: RawClient): unknown => client.doc.getMap('elements').toJSON()

describe('two nodes', () => {
  it('S134: what somebody draws reaches the people of another node once it is on disk, and not before', async () => {
    const [one, two] = await start()
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    const letGo = storage.hold('append')
    draw(ada, 'a')
    await storage.until(() => storage.appends === 1)
    await bob.settled()
    expect(bob.elements.size).toBe(0)
    letGo()
    await bob.untilHas('a')
    await ada.untilSaved()
  })

  it('S134: what another node has saved is not saved again, and is there after everybody has left', async () => {
    const [one, two] = await start({ roomIdle: 0 })
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    draw(ada, 'a')
    await bob.untilHas('a')
    draw(bob, 'b')
    await ada.untilHas('b')
    expect(storage.logLength('board')).toBe(2)
    await Promise.all([ada.close(), bob.close()])
    const late = await join(two, person('eve'))
    expect(Object.keys(plain(late) as object).sort()).toEqual(['a', 'b'])
  })

  it('S134: who comes to a node gets what is on disk and what came since, also while others draw', async () => {
    const [one, two] = await start()
    const ada = await join(one, person('ada'))
    draw(ada, 'first')
    await ada.untilSaved()
    const letGo = storage.hold('load')
    const coming = join(two, person('bob'))
    await storage.until(() => storage.loads === 2)
    draw(ada, 'second')
    await ada.untilSaved()
    letGo()
    const bob = await coming
    await bob.untilHas('first', 'second')
    draw(ada, 'third')
    await bob.untilHas('third')
  })

  it('S137: shows the people of the other node under the names that their tickets gave them, until they leave', async () => {
    const [one, two] = await start()
    const ada = await join(one, person('ada'))
    ada.send(presenceFrame(1, 1, { cursor: [1, 2], user: { name: 'Owner' } }))
    await ada.settled()
    const bob = await join(two, person('bob'))
    await bob.until(() => bob.presence.has(1))
    expect(bob.presence.get(1)).toMatchObject({ cursor: [1, 2], user: { id: 'ada', name: 'ada' } })
    bob.send(presenceFrame(2, 1, { cursor: [3, 4] }))
    await ada.until(() => ada.presence.has(2))
    await ada.close()
    await bob.until(() => bob.presence.get(1) === null)
    const eve = await join(one, person('eve'))
    await eve.until(() => eve.presence.get(2) !== undefined)
  })

  it('S137: who comes back at another node under the same id is shown there, and stays when the old connection ends', async () => {
    const [one, two] = await start()
    const old = await join(one, person('ada'))
    const bob = await join(one, person('bob'))
    old.send(presenceFrame(1, 1, { at: 'one' }))
    await bob.until(() => bob.presence.has(1))
    const back = await join(two, person('ada'))
    back.send(presenceFrame(1, 2, { at: 'two' }))
    await bob.until(() => (bob.presence.get(1) as { at?: string })?.at === 'two')
    await old.close()
    back.send(presenceFrame(1, 3, { at: 'still two' }))
    await bob.until(() => (bob.presence.get(1) as { at?: string })?.at === 'still two')
    const clocks = bob.presenceClocks.get(1) ?? []
    expect(clocks).toEqual([...clocks].sort((a, b) => a - b))
    expect(new Set(clocks).size).toBe(clocks.length)
  })

  it('S137: SY5: nobody writes under the client id of somebody who is at another node, before or after they drew', async () => {
    const [one, two] = await start()
    const eve = await join(two, person('eve'))
    for (const isLate of [false, true]) {
      const ada = await join(one, person('ada'))
      const client = ada.doc.clientID
      if (isLate) draw(ada, 'drawn')
      else ada.send(presenceFrame(client, 1, { cursor: [0, 0] }))
      await eve.until(() => eve.presence.has(client) || eve.elements.has('drawn'))
      const stolen = new Y.Doc()
      Y.applyUpdate(stolen, Y.encodeStateAsUpdate(ada.doc))
      stolen.clientID = client
      const before = Y.encodeStateVector(stolen)
      stolen.getMap('elements').set('stolen', 1)
      const mallory = await join(two, person('mallory'))
      mallory.sendUpdate(Y.encodeStateAsUpdate(stolen, before))
      await mallory.settled()
      draw(ada, `after ${isLate}`)
      await eve.untilHas(`after ${isLate}`)
      expect(eve.elements.has('stolen')).toBe(false)
      await ada.untilSaved()
      await Promise.all([ada.close(), mallory.close()])
    }
  })

  it('WS10, S132: a change of access at one node ends the socket at the other at once, and within 30 s when they are cut off', async () => {
    const clock = createManualClock()
    const [, two] = await start({}, { clock })
    const events = createAccessEvents(buses[0])
    const lost = { denied: 'access-removed' } as const
    for (const isCut of [false, true]) {
      if (isCut) for (const bus of buses) bus.cutOff()
      const bob = await join(two, person(`bob ${isCut}`))
      two.setAccess(`bob ${isCut}`, lost)
      events.emit({ type: 'board', boardId: 'board' })
      if (isCut) {
        await bob.settled()
        clock.advance(30_000)
      }
      expect((await bob.closed).code).toBe(CloseCode.accessRemoved)
    }
  })

  it('S134: most of a board removed at one node is a clearing there, and none at the other', async () => {
    const cleared: string[] = []
    const [one, two] = await start({ clearing: 3 }, { onCleared: ({ boardId }) => cleared.push(boardId) })
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    for (const id of ['a', 'b', 'c', 'd']) draw(ada, id)
    await bob.untilHas('a', 'b', 'c', 'd')
    ada.doc.transact(() => ada.elements.clear())
    await bob.until(() => bob.elements.size === 0)
    expect(cleared).toEqual(['board'])
  })

  it('LD8, S136: cut off from each other both go on and save, and are equal when they hear each other again', async () => {
    const [one, two] = await start()
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    draw(ada, 'before')
    await bob.untilHas('before')
    for (const bus of buses) bus.cutOff()
    for (let index = 0; index < 10; index++) {
      draw(ada, `a${index}`)
      draw(bob, `b${index}`)
    }
    await Promise.all([ada.untilSaved(), bob.untilSaved()])
    await Promise.all([ada.settled(), bob.settled()])
    expect([ada.elements.size, bob.elements.size]).toEqual([11, 11])
    for (const bus of buses) bus.restore()
    await Promise.all([ada, bob].map((client) => client.until(() => client.elements.size === 21)))
    expect(plain(ada)).toEqual(plain(bob))
  })

  it('PE9, S138: both write the log and make snapshots of one board, one of two wins each time, and nothing is lost', async () => {
    const [one, two] = await start({ compactAfterRows: 3, commitTick: 0, roomIdle: 0 })
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    for (let index = 0; index < 30; index++) {
      draw(ada, `a${index}`)
      draw(bob, `b${index}`)
      if (index % 10 === 5) for (const bus of buses) bus.cutOff()
      if (index % 10 === 9) for (const bus of buses) bus.restore()
      await Promise.all([ada.untilSaved(), bob.untilSaved()])
    }
    await Promise.all([ada, bob].map((client) => client.until(() => client.elements.size === 60)))
    expect(storage.compactions).toBeGreaterThan(4)
    await Promise.all(nodes.map((node) => node.stop()))
    const fresh = await startSyncServer({ storage })
    nodes = [fresh]
    const late = await join(fresh, person('eve'))
    expect(plain(late)).toEqual(plain(ada))
    expect(plain(late)).toEqual(plain(bob))
  })

  it('S138: a snapshot holds nothing that is not saved yet', async () => {
    const [one] = await start({ compactAfterRows: 1 })
    const ada = await join(one, person('ada'))
    const letFirst = storage.hold('append')
    draw(ada, 'a')
    await storage.until(() => storage.appends === 1)
    draw(ada, 'b')
    await ada.settled()
    letFirst()
    const letSecond = storage.hold('append')
    await storage.until(() => storage.appends === 2)
    await ada.settled()
    expect([ada.saved, storage.compactions]).toEqual([ada.sent - 1, 0])
    letSecond()
    await storage.until(() => storage.compactions === 1)
    await ada.untilSaved()
  })

  it('S136: what a node saved just before it was gone is found by the others', async () => {
    const clock = createManualClock()
    const [one, two] = await start({}, { clock })
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    buses[0]?.cutOff()
    draw(ada, 'last')
    await ada.settled()
    clock.advance(1000)
    await ada.untilSaved()
    for (let second = 0; second < 14; second++) {
      clock.advance(1000)
      await bob.settled()
    }
    await bob.untilHas('last')
  })

  it('S143: SY5: what a node lost before it was saved is still its author’s when somebody else brings it back', async () => {
    const [one, two] = await start({ stopGrace: 1 })
    const ada = await join(one, person('ada'))
    const bob = await join(one, person('bob'))
    ada.send(presenceFrame(ada.doc.clientID, 1, { cursor: [0, 0] }))
    await storage.until(() => storage.appends === 1)
    await bob.until(() => bob.presence.has(ada.doc.clientID))
    await ada.settled()
    const append = storage.append.bind(storage)
    storage.append = () => new Promise(() => {})
    draw(ada, 'unsaved')
    await bob.untilHas('unsaved')
    buses[0]?.cutOff()
    await one.kill()
    storage.append = append
    const { owners } = await storage.load('board')
    expect(owners.get(ada.doc.clientID)).toBe('ada')
    const bobAgain = await join(two, person('bob', { doc: bob.doc }))
    const adaAgain = await join(two, person('ada', { doc: ada.doc }))
    draw(adaAgain, 'after')
    await bobAgain.untilHas('unsaved', 'after')
    await adaAgain.untilSaved()
    expect((await storage.load('board')).owners.get(ada.doc.clientID)).toBe('ada')
  })

  it('S139: a failing database holds nothing up that a node hears of, and what was missed is read when it is back', async () => {
    const [one, two] = await start({ retryFirst: 1, busUpdate: 0 })
    const ada = await join(one, person('ada'))
    const bob = await join(two, person('bob'))
    const letGo = storage.hold('append')
    draw(ada, 'a')
    await storage.until(() => storage.appends === 1)
    const away = new Error('the database is away')
    const failing = storage.readLog.bind(storage)
    let failures = 0
    storage.readLog = async (...args) => {
      if (failures++ < 3) throw away
      return failing(...args)
    }
    letGo()
    await bob.untilHas('a')
    expect(failures).toBe(4)
  })
})
