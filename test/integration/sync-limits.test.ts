import { connect as connectTcp } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { SUBPROTOCOL, syncPath, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { upgradeRequest } from '../support/raw-socket.ts'
import { connect, handshake, join, presenceFrame } from '../support/ws-client.ts'
import {
  GatedRoomStorage,
  startSyncServer,
  type TestSyncOptions,
  type TestSyncServer,
} from '../support/ws-server.ts'

let storage: GatedRoomStorage
let server: TestSyncServer
let clock: ManualClock

const start = async (options: Partial<TestSyncOptions> = {}): Promise<void> => {
  server = await startSyncServer({ storage, clock, ...options })
}

beforeEach(() => {
  storage = new GatedRoomStorage()
  clock = createManualClock()
})
afterEach(() => {
  storage.releaseAll()
  return server.stop()
})

/** What somebody is answered who comes with a good ticket. */
const knock = async (
  who: { personId?: string; boardId?: string } = {},
  headers: Record<string, string> = {},
): Promise<string> => {
  const { personId = 'ada', boardId = 'board' } = who
  const ticket = await server.ticket({ boardId, personId })
  const answer = await handshake(server.port, syncPath(boardId), {
    'sec-websocket-protocol': `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`,
    ...headers,
  })
  return answer.status === 101 ? '101' : `${answer.status} ${JSON.parse(answer.body).error.code}`
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Resolves once nobody is there and no board is open any more. */
const emptied = async (): Promise<void> => {
  while (server.sync.stats().connections > 0 || server.sync.stats().rooms > 0) {
    clock.advance(10_000)
    await turn()
  }
}

describe('WS19: how many connections there may be', () => {
  it('S1: of one address: 429 above the limit, whoever they are, and room again when some have gone', async () => {
    await start({ limits: { connectionsPerAddress: 2 } })
    const first = await join(server)
    await join(server, { personId: 'ben', boardId: 'other' })
    expect(await knock({ personId: 'eve', boardId: 'third' })).toBe('429 too-many-of-address')
    await first.close()
    expect(await knock({ personId: 'eve', boardId: 'third' })).toBe('101')
  })

  it('S1: counts by the address that the server believes, not by what a client claims', async () => {
    const addressOf: TestSyncOptions['addressOf'] = ({ headers }) => String(headers['x-believed'] ?? 'one')
    await start({ addressOf, limits: { connectionsPerAddress: 1 } })
    await join(server)
    expect(await knock({}, { 'x-forwarded-for': '192.0.2.1' })).toBe('429 too-many-of-address')
    expect(await knock({}, { 'x-believed': 'two' })).toBe('101')
  })

  it('S1: of one person: 429 above the limit, and others come in', async () => {
    await start({ limits: { connectionsPerPerson: 2 } })
    const first = await join(server)
    await join(server, { boardId: 'other' })
    expect(await knock({ boardId: 'third' })).toBe('429 too-many-of-person')
    expect(await knock({ personId: 'ben', boardId: 'third' })).toBe('101')
    await first.close()
    expect(await knock({ boardId: 'third' })).toBe('101')
  })

  it('S1: those who are still being checked count too', async () => {
    let asked = (): void => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    let answer = (): void => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    const access: TestSyncOptions['access'] = async () => {
      asked()
      await answered
      return { access: 'editor' }
    }
    await start({ access, limits: { connectionsPerAddress: 1 } })
    const first = knock()
    await isAsked
    expect(await knock({ personId: 'ben' })).toBe('429 too-many-of-address')
    answer()
    expect(await first).toBe('101')
  })

  it('S1: lets thousands in from one address and of one person by default', async () => {
    await start()
    const { withDefaults } = await import('../../server/sync/limits.ts')
    const limits = withDefaults()
    for (const limit of [
      limits.connectionsPerAddress,
      limits.connectionsPerPerson,
      limits.connectionsPerBoard,
    ]) {
      expect(limit).toBeGreaterThan(2000)
    }
  })
})

describe('WS12, WS20: somebody on the way in', () => {
  it('S4, WS11: whose check takes longer than ten seconds hears 503', async () => {
    let asked = (): void => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const access: TestSyncOptions['access'] = () => {
      asked()
      return new Promise(() => {})
    }
    await start({ access })
    const answer = knock()
    await isAsked
    clock.advance(10_000)
    expect(await answer).toBe('503 unavailable')
  })

  it('S4: whose board takes too long to load is closed with 1013, and nothing leaks', async () => {
    await start()
    storage.hold('load')
    const ada = await connect(server)
    await storage.until(() => storage.loads === 1)
    clock.advance(25_000)
    expect(await ada.closed).toMatchObject({ code: 1013 })
    storage.releaseAll()
    const ben = await join(server, { personId: 'ben' })
    await ben.close()
    await emptied()
  })

  it('S4: who goes while the board is loaded leaves nothing behind', async () => {
    await start()
    storage.hold('load')
    const ada = await connect(server)
    await storage.until(() => storage.loads === 1)
    ada.socket.terminate()
    await ada.closed
    storage.releaseAll()
    const ben = await join(server, { personId: 'ben', boardId: 'other' })
    expect(server.sync.stats().connections).toBe(1)
    await ben.close()
    await emptied()
  })

  it('S4: who sends a flood before being let in is read no further than a small buffer', async () => {
    await start()
    storage.hold('load')
    const ticket = await server.ticket({ boardId: 'board' })
    const socket = connectTcp(server.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(
      upgradeRequest(syncPath('board'), {
        'Sec-WebSocket-Protocol': `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`,
      }),
    )
    await storage.until(() => storage.loads === 1)
    const block = Buffer.alloc(1024 * 1024)
    let taken = 0
    while (taken < 100 && socket.write(block)) taken++
    for (let block100 = taken; block100 < 100; block100++) socket.write(block)
    for (let round = 0; round < 200; round++) await turn()
    expect(server.bytesRead()).toBeLessThanOrEqual(192 * 1024)
    const ended = new Promise((resolve) => socket.once('close', resolve))
    socket.resume()
    storage.releaseAll()
    // What it sent are no frames of a client.
    await ended
    expect(server.sync.stats().connections).toBe(0)
  })
})

describe('how much one may send', () => {
  it('S76: many messages at once are slowed down, none is lost, and nobody is sent away', async () => {
    await start({ limits: { framesPerSecond: 100, framesBurst: 100 } })
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    for (let index = 0; index < 1000; index++) ada.elements.set(`e${index}`, index)
    const all = ben.until(() => ben.elements.size === 1000)
    let isOver = false
    void all.then(() => {
      isOver = true
    })
    while (!isOver) {
      clock.advance(100)
      await turn()
    }
    expect(ada.isOpen).toBe(true)
  })

  it('S76: more bytes than the rate are slowed down and end nobody', async () => {
    await start({ limits: { bytesPerSecond: 50_000, bytesBurst: 50_000 } })
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    ada.elements.set('large', 'x'.repeat(300_000))
    await ben.untilHas('large')
    const held = server.bytesRead()
    ada.elements.set('more', 'y'.repeat(300_000))
    for (let round = 0; round < 100; round++) await turn()
    // Nothing but what had been on its way into the process.
    expect(server.bytesRead() - held).toBeLessThan(200_000)
    expect(ben.elements.has('more')).toBe(false)
    // A heart that beats meanwhile does not take them for dead: their pongs wait unread.
    clock.advance(15_000)
    await ben.untilHas('more')
    expect(ada.isOpen).toBe(true)
  })

  it('S77: messages far above the rate, for seconds on end, close with 4529', async () => {
    await start({ limits: { framesPerSecond: 10, framesBurst: 10, floodPatience: 3000 } })
    const eve = await join(server, { personId: 'eve' })
    for (let index = 0; index < 500; index++) eve.send(presenceFrame(7, index + 1, { cursor: [index, 0] }))
    let isOver = false
    void eve.closed.then(() => {
      isOver = true
    })
    while (!isOver) {
      clock.advance(100)
      await turn()
    }
    expect(await eve.closed).toMatchObject({ code: 4529 })
  })
})

describe('PE11: clients of another version', () => {
  const comeAs = async (protocols: string[]): Promise<number> => {
    const ticket = await server.ticket({ boardId: 'board' })
    const socket = new WebSocket(server.origin + syncPath('board'), [
      ...protocols,
      `${TICKET_PREFIX}${ticket}`,
    ])
    return new Promise((resolve) => socket.once('close', resolve))
  }

  it('S5: older ones hear 4426 after their ticket was checked, and the board is not loaded for them', async () => {
    await start()
    expect(await comeAs(['drawbridge.v0'])).toBe(4426)
    expect(storage.loads).toBe(0)
  })

  it('S5: newer ones, of a server that is being brought up to date, are to come again', async () => {
    await start()
    expect(await comeAs(['drawbridge.v2'])).toBe(1012)
  })
})
