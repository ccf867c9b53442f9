import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SyncMetrics } from '../../server/sync/metrics.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import { join, presenceFrame, type RawClient } from '../support/ws-client.ts'
import { startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let clock: ManualClock
let server: TestSyncServer
let metrics: SyncMetrics

beforeEach(async () => {
  clock = createManualClock()
  metrics = new SyncMetrics()
  // No limit on how fast the author may be; what the operating system takes for a reader that stalls is some megabytes.
  server = await startSyncServer({
    storage: new MemoryRoomStorage(),
    clock,
    metrics,
    limits: { sendBuffer: 100_000, sendPresence: 50_000, bytesBurst: 2 ** 30, bytesPerSecond: 2 ** 30 },
  })
})

afterEach(() => server.stop())

const MB = 1_000_000

/** Draws until the server has more for the reader than it and the operating system take. */
const drawUntil = async (author: RawClient, condition: () => boolean): Promise<void> => {
  for (let count = 0; count < 60 && !condition(); count++) {
    author.elements.set('large', `${count}`.padEnd(MB, 'x'))
    await author.settled()
    clock.advance(30)
  }
}

describe('LD4 a reader that stalls', () => {
  it('S47 does not hold up the others, costs little, and gets what it lacks once it reads again', async () => {
    const [ada, ben, eve] = [
      await join(server),
      await join(server, { personId: 'ben' }),
      await join(server, { personId: 'eve' }),
    ]
    eve.socket.pause()
    await drawUntil(ada, () => metrics.fellBehind > 0)
    expect(metrics.fellBehind).toBe(1)
    const bytesBefore = metrics.bytesOut
    ada.elements.set('a', 1)
    ben.elements.set('b', 1)
    await ada.settled()
    await ben.settled()
    clock.advance(60)
    await ben.untilHas('a')
    ben.send(presenceFrame(7, 1, { cursor: [1, 2] }))
    await ada.until(() => ada.presence.has(7))
    expect(metrics.bytesOut - bytesBefore).toBeLessThan(MB)
    expect(eve.elements.has('a')).toBe(false)
    eve.socket.resume()
    await eve.until(() => eve.elements.has('a') && eve.elements.has('b') && eve.presence.has(7))
    expect(eve.elements.toJSON()).toEqual(ada.elements.toJSON())
    expect(eve.doc.store.pendingStructs).toBeNull()
    ada.elements.set('after', 1)
    await eve.untilHas('after')
  })

  it('S47 is told of its own saved frames after it has caught up', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    eve.socket.pause()
    await drawUntil(ada, () => metrics.fellBehind > 0)
    eve.elements.set('mine', 1)
    await ada.untilHas('mine')
    clock.advance(60)
    await ada.untilSaved()
    expect(eve.saved).toBeLessThan(eve.sent)
    eve.socket.resume()
    await eve.untilSaved()
  })

  it('S48 is ended for a retry when it takes nothing for 30 s', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    eve.socket.pause()
    await drawUntil(ada, () => metrics.fellBehind > 0)
    const beatOf = (state: unknown) => (state as { beat?: number } | null | undefined)?.beat
    for (let beat = 1; beat <= 3 && eve.isOpen && server.sync.stats().connections === 2; beat++) {
      // She writes, and only does not read.
      eve.send(presenceFrame(9, beat, { beat }))
      await ada.until(() => beatOf(ada.presence.get(9)) === beat)
      await ada.settled()
      clock.advance(15_000)
    }
    await ada.settled()
    expect(server.sync.stats().connections).toBe(1)
    eve.socket.resume()
    expect(await eve.closed).toMatchObject({ code: 1013 })
  })

  it('S47 is spared presence first', async () => {
    const [ada, eve] = [await join(server), await join(server, { personId: 'eve' })]
    eve.socket.pause()
    for (let count = 1; count < 2000 && metrics.presenceDropped === 0; count++) {
      ada.send(presenceFrame(5, count, { draft: `${count}`.padEnd(60_000, 'x') }))
      await ada.settled()
      clock.advance(60)
    }
    expect(metrics.presenceDropped).toBeGreaterThan(0)
    expect(metrics.fellBehind).toBe(0)
    ada.send(presenceFrame(5, 3000, { cursor: [3, 4] }))
    await ada.settled()
    eve.socket.resume()
    await eve.until(() => (eve.presence.get(5) as { cursor?: unknown } | undefined)?.cursor !== undefined)
  })
})
