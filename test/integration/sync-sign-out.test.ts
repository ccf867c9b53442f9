import { afterEach, beforeEach, expect, it } from 'vitest'
import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import { join } from '../support/ws-client.ts'
import { startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let server: TestSyncServer

beforeEach(async () => {
  server = await startSyncServer({ storage: new MemoryRoomStorage() })
})
afterEach(() => server.stop())

it('S22, AP8: asks anew about the sockets of the session that somebody signed out of, and of no other', async () => {
  const [here, there] = [
    await join(server, { personId: 'eve', sessionId: 'here' }),
    await join(server, { personId: 'eve', sessionId: 'there' }),
  ]
  server.setAccess('eve', { denied: 'session-ended' })
  server.accessEvents.emit({ type: 'session', sessionId: 'here' })
  expect(await here.closed).toMatchObject({ code: 4401 })
  await there.settled()
  expect(there.isOpen).toBe(true)
})
