import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../../../test/support/manual-clock.ts'
import type { Bus } from '../../bus/bus.ts'
import { createLocalHub, createLonelyBus } from '../../bus/local-bus.ts'
import { createLog } from '../../log.ts'
import { withDefaults } from '../limits.ts'
import type { PresenceEntry } from '../wire.ts'
import type { BoardLink, LinkedRoom, RemotePerson } from './board-link.ts'
import { createNodeLinks, type NodeLinks } from './node-links.ts'
import { decodeBoardMessage, type SavedUpdate } from './node-wire.ts'

const limits = withDefaults({ busUpdate: 100 })
const log = createLog('silent')

/** Lets everything through that is on its way between nodes of this process. */
const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 8; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const row = (seq: number, bytes = 3): SavedUpdate => ({
  seq,
  owners: [[7, 'ada']],
  data: new Uint8Array(bytes).fill(seq),
})

const someone = (client: number, state = `{"n":${client}}`): PresenceEntry => ({ client, clock: 1, state })

/** A room that writes down what it is told. */
class TestRoom implements LinkedRoom {
  readonly taken: SavedUpdate[] = []
  readonly shown = new Map<RemotePerson, PresenceEntry>()
  own: PresenceEntry[] = []
  reads = 0
  /** What an attempt to read the log ends with. */
  failure: Error | null = null
  knows: (update: SavedUpdate) => boolean = () => true
  #gate: Promise<void> = Promise.resolve()

  hold(): () => void {
    let open = (): void => {}
    this.#gate = new Promise((resolve) => {
      open = resolve
    })
    return open
  }

  takeSaved(update: SavedUpdate): boolean {
    this.taken.push(update)
    return this.knows(update)
  }

  async readLogAgain(): Promise<void> {
    this.reads++
    await this.#gate
    if (this.failure) throw this.failure
  }

  showRemote(person: RemotePerson, entry: PresenceEntry): void {
    this.shown.set(person, entry)
  }

  hideRemote(person: RemotePerson): void {
    this.shown.delete(person)
  }

  ownPresence(): PresenceEntry[] {
    return this.own
  }
}

const clock = createManualClock()
const open: NodeLinks[] = []
afterEach(() => {
  for (const links of open.splice(0)) links.stop()
})

/** A bus whose messages can be lost. */
const lossy = (bus: Bus): Bus & { losing: boolean; restore(): void } => {
  const restores = new Set<() => void>()
  const wrapped = {
    ...bus,
    losing: false,
    publish: (topic: string, payload: Uint8Array) => {
      if (!wrapped.losing) bus.publish(topic, payload)
    },
    subscribe: (topic: string, listener: Parameters<Bus['subscribe']>[1]) => {
      restores.add(() => listener.restored())
      return bus.subscribe(topic, {
        message: (payload, from) => {
          if (!wrapped.losing) listener.message(payload, from)
        },
        restored: () => listener.restored(),
      })
    },
    restore: () => {
      wrapped.losing = false
      for (const restore of restores) restore()
    },
  }
  return wrapped
}

const node = (bus: Bus): NodeLinks => {
  const links = createNodeLinks({ bus, clock, limits, log })
  open.push(links)
  return links
}

const enter = async (links: NodeLinks, boardId = 'b'): Promise<{ link: BoardLink; room: TestRoom }> => {
  const link = links.open(boardId)
  const room = new TestRoom()
  await link.ready
  link.loading()
  link.attach(room)
  await settled()
  return { link, room }
}

describe('the nodes that have a board open', () => {
  it('S134: hear what another one has committed, as it was, with its number and its owners', async () => {
    const hub = createLocalHub()
    const one = await enter(node(hub.open()))
    const two = await enter(node(hub.open()))
    one.link.committed([row(5), row(8)])
    await settled()
    expect(two.room.taken).toEqual([row(5), row(8)])
    expect(two.room.reads).toBe(0)
    expect(one.room.taken).toEqual([])
  })

  it('S135: nothing is said of a board that no other node has open, and who opens it reads what it cannot have heard', async () => {
    const hub = createLocalHub()
    const heard: string[] = []
    hub.open().subscribe('board/b', {
      message: (payload) => heard.push(decodeBoardMessage(payload)?.type ?? 'unknown'),
      restored: () => {},
    })
    const one = await enter(node(hub.open()))
    one.link.committed([row(1), row(2)])
    one.link.showed([someone(1)])
    await settled()
    expect(heard).toEqual(['hello'])
    const two = await enter(node(hub.open()))
    expect(two.room.reads).toBe(1)
    one.link.committed([row(3)])
    await settled()
    expect(two.room.taken).toEqual([row(3)])
    expect(two.room.reads).toBe(1)
  })

  it('S135: who hears of a node before it reads the board has missed nothing', async () => {
    const hub = createLocalHub()
    const one = await enter(node(hub.open()))
    one.link.committed([row(1)])
    const link = node(hub.open()).open('b')
    const room = new TestRoom()
    await link.ready
    await settled()
    link.loading()
    link.attach(room)
    await settled()
    expect(room.reads).toBe(0)
  })

  it('S136: what comes while the board is being read, and what is missing, is read from the log', async () => {
    const hub = createLocalHub()
    const bus = lossy(hub.open())
    const one = await enter(node(bus))
    const links = node(hub.open())
    const link = links.open('b')
    await link.ready
    await settled()
    link.loading()
    one.link.committed([row(1)])
    await settled()
    const room = new TestRoom()
    link.attach(room)
    await settled()
    expect(room.reads).toBe(1)
    bus.losing = true
    one.link.committed([row(2)])
    bus.losing = false
    one.link.committed([row(3)])
    await settled()
    expect(room.taken).toEqual([row(3)])
    expect(room.reads).toBe(2)
  })

  it('S136: what was lost at the end comes out with the next announcement', async () => {
    const hub = createLocalHub()
    const bus = lossy(hub.open())
    const one = await enter(node(bus))
    const two = await enter(node(hub.open()))
    bus.losing = true
    one.link.committed([row(1)])
    bus.losing = false
    clock.advance(limits.announce)
    await settled()
    expect(two.room.reads).toBe(1)
    clock.advance(limits.announce)
    await settled()
    expect(two.room.reads).toBe(1)
  })

  it('S136: a board that was closed and opened again unheard is not taken for what is known of it', async () => {
    const hub = createLocalHub()
    const bus = lossy(hub.open())
    const links = node(bus)
    const one = await enter(links)
    const two = await enter(node(hub.open()))
    one.link.committed([row(1), row(2)])
    await settled()
    bus.losing = true
    one.link.close()
    const again = await enter(links)
    again.link.committed([row(3)])
    await settled()
    bus.losing = false
    const before = two.room.reads
    clock.advance(limits.announce)
    await settled()
    expect(two.room.reads).toBe(before + 1)
  })

  it('S136: an update that builds on something unknown makes the node read the log', async () => {
    const hub = createLocalHub()
    const one = await enter(node(hub.open()))
    const two = await enter(node(hub.open()))
    two.room.knows = () => false
    one.link.committed([row(1)])
    await settled()
    expect(two.room.reads).toBe(1)
  })

  it('S136: what is too large for the bus is read from the log', async () => {
    const hub = createLocalHub()
    const one = await enter(node(hub.open()))
    const two = await enter(node(hub.open()))
    one.link.committed([row(1, limits.busUpdate + 1)])
    await settled()
    expect(two.room.taken).toEqual([])
    expect(two.room.reads).toBe(1)
  })

  it('S136: LD8: two nodes that were cut off find each other, read the log and show their people, in whichever order they come back', async () => {
    for (const order of [0, 1]) {
      const hub = createLocalHub()
      const buses = [lossy(hub.open()), lossy(hub.open())]
      const [one, two] = [await enter(node(buses[0] as Bus)), await enter(node(buses[1] as Bus))]
      for (const bus of buses) bus.losing = true
      one.room.own = [someone(1)]
      two.room.own = [someone(2)]
      for (let waited = 0; waited < 60_000; waited += limits.announce) {
        clock.advance(limits.announce)
        await settled()
      }
      one.link.committed([row(1)])
      two.link.committed([row(2)])
      await settled()
      expect(one.link.hasPeers).toBe(false)
      for (const index of [order, 1 - order]) {
        buses[index]?.restore()
        await settled()
      }
      expect([one.room.reads, two.room.reads].every((reads) => reads > 0)).toBe(true)
      expect([...one.room.shown.values()]).toEqual([someone(2)])
      expect([...two.room.shown.values()]).toEqual([someone(1)])
      one.link.committed([row(3)])
      await settled()
      expect(two.room.taken).toEqual([row(3)])
    }
  })

  it('S136: reads the log once at a time, again for what was missed meanwhile, and with pauses while it fails', async () => {
    const hub = createLocalHub()
    const one = await enter(node(hub.open()))
    const two = await enter(node(hub.open()))
    const letGo = two.room.hold()
    for (let seq = 1; seq <= 5; seq++) one.link.committed([row(seq, limits.busUpdate + 1)])
    await settled()
    expect(two.room.reads).toBe(1)
    letGo()
    await settled()
    expect(two.room.reads).toBe(2)
    two.room.failure = new Error('the database is away')
    one.link.committed([row(6, limits.busUpdate + 1)])
    await settled()
    expect(two.room.reads).toBe(3)
    one.link.committed([row(7, limits.busUpdate + 1)])
    await settled()
    expect(two.room.reads).toBe(3)
    two.room.failure = null
    clock.advance(limits.retryFirst)
    await settled()
    expect(two.room.reads).toBe(4)
  })

  it('S136: of many boards that missed something only some are read at once', async () => {
    const hub = createLocalHub()
    const one = node(hub.open())
    const two = node(hub.open())
    const rooms: TestRoom[] = []
    for (let index = 0; index < limits.logReaders + 4; index++) {
      const here = await enter(one, `b${index}`)
      const there = await enter(two, `b${index}`)
      const letGo = there.room.hold()
      rooms.push(there.room)
      here.link.committed([row(1, limits.busUpdate + 1)])
      setTimeout(letGo, 0)
    }
    await settled()
    expect(Math.max(...rooms.map(({ reads }) => reads))).toBe(1)
    while (rooms.some(({ reads }) => reads === 0)) await settled()
    expect(rooms.map(({ reads }) => reads)).toEqual(rooms.map(() => 1))
  })

  it('S137: shows people at other nodes until they leave, their node closes the board, or says nothing for 10 s', async () => {
    const hub = createLocalHub()
    const bus = lossy(hub.open())
    const one = node(bus)
    const there = await enter(one)
    const { link, room } = await enter(node(hub.open()))
    const shown = (): string[] => [...room.shown.values()].map(({ state }) => state).sort()
    there.link.showed([someone(1), someone(2)])
    there.link.showed([someone(1, '{"n":"one"}')])
    await settled()
    expect(shown()).toEqual(['{"n":"one"}', '{"n":2}'])
    there.link.showed([someone(2, 'null')])
    await settled()
    expect(shown()).toEqual(['{"n":"one"}'])
    there.link.close()
    await settled()
    expect(shown()).toEqual([])

    const again = await enter(one)
    again.link.showed([someone(3)])
    await settled()
    expect(shown()).toEqual(['{"n":3}'])
    bus.losing = true
    for (let waited = limits.announce; waited < limits.nodeSilence; waited += limits.announce) {
      clock.advance(limits.announce)
      await settled()
    }
    expect(shown()).toEqual(['{"n":3}'])
    clock.advance(limits.announce)
    await settled()
    expect(shown()).toEqual([])
    expect(link.hasPeers).toBe(false)
  })

  it('S137: newcomers are told who is there, and who left unheard goes with the next full list', async () => {
    const hub = createLocalHub()
    const bus = lossy(hub.open())
    const one = await enter(node(bus))
    one.room.own = [someone(1), someone(2)]
    const two = await enter(node(hub.open()))
    expect(two.room.shown.size).toBe(2)
    bus.losing = true
    one.link.showed([someone(1, 'null')])
    one.room.own = [someone(2)]
    bus.losing = false
    clock.advance(limits.presenceAgain)
    await settled()
    expect([...two.room.shown.values()]).toEqual([someone(2)])
  })

  it('S130: passes over what it does not understand', async () => {
    const hub = createLocalHub()
    const { room } = await enter(node(hub.open()))
    const stranger = hub.open()
    for (const topic of ['board/b', 'presence/b', 'nodes']) {
      for (const bytes of [[], [9], [0, 255], [1], [200, 200, 200, 3]])
        stranger.publish(topic, Uint8Array.from(bytes))
    }
    await settled()
    expect(room.taken).toEqual([])
  })
})

describe('a node that is alone', () => {
  it('S135: says and keeps nothing', async () => {
    const waiting = clock.waiting
    const { link, room } = await enter(node(createLonelyBus()))
    link.committed([row(1)])
    link.showed([someone(1)])
    expect([link.hasPeers, room.reads, clock.waiting]).toEqual([false, 0, waiting])
  })
})
