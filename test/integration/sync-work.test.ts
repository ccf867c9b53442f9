import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clearing } from '../../server/sync/room/clearing.ts'
import { createManualClock, type ManualClock } from '../support/manual-clock.ts'
import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import { join, type RawClient } from '../support/ws-client.ts'
import { startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let clock: ManualClock
let server: TestSyncServer
let storage: MemoryRoomStorage
const cleared: Clearing[] = []
const left: [string, number][] = []

beforeEach(async () => {
  cleared.length = 0
  left.length = 0
  clock = createManualClock()
  storage = new MemoryRoomStorage()
  server = await startSyncServer({
    storage,
    clock,
    onCleared: (clearing) => cleared.push(clearing),
    onLeft: (boardId, elements) => left.push([boardId, elements]),
  })
})
afterEach(() => server.stop())

const save = async (client: RawClient): Promise<void> => {
  await client.settled()
  while (client.saved !== client.sent) {
    clock.advance(100)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Draws so many elements in one edit. */
const draw = async (client: RawClient, count: number, name = 'e'): Promise<void> => {
  client.doc.transact(() => {
    for (let index = 0; index < count; index++) client.elements.set(`${name}${index}`, index)
  })
  await save(client)
}

/** Removes the first so many in one edit. */
const remove = async (client: RawClient, count: number): Promise<void> => {
  client.doc.transact(() => {
    for (const id of [...client.elements.keys()].slice(0, count)) client.elements.delete(id)
  })
  await save(client)
}

describe('what the sync server tells of work', () => {
  it('V3 tells when most of a board goes at once, and what was on disk until then', async () => {
    const ada = await join(server)
    await draw(ada, 50)
    const seq = (await storage.load('board')).entries.at(-1)?.seq ?? 0
    await remove(ada, 25)
    expect(cleared).toEqual([{ boardId: 'board', seq }])
    await remove(ada, 25)
    expect(cleared).toHaveLength(2)
    expect(cleared[1]?.seq).toBeGreaterThan(seq)
  })

  it('V3 says nothing of a few elements, of less than half, and of edits that only change', async () => {
    const ada = await join(server)
    await draw(ada, 100)
    await remove(ada, 45)
    await draw(ada, 55)
    await remove(ada, 19)
    expect(cleared).toEqual([])
  })

  it('V1 tells of a board that everybody has left, once all of it is saved', async () => {
    const [ada, ben] = [await join(server), await join(server, { personId: 'ben' })]
    await draw(ada, 3)
    expect(server.sync.countElements('board')).toBe(3)
    ada.close()
    clock.advance(60_000)
    expect(left).toEqual([])
    ben.close()
    while (left.length === 0) {
      clock.advance(1000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(left).toEqual([['board', 3]])
    expect(server.sync.countElements('board')).toBeNull()
  })
})
