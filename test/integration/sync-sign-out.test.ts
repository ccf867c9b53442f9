import { afterEach, beforeEach, expect, it } from 'vitest'
import type { EffectiveAccess } from '../../server/boards/effective-access.ts'
import type { TicketClaims } from '../../server/boards/tickets.ts'
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

it('S27, AP8: keeps the sockets of the session that goes on under another version, and ends those of all others', async () => {
  const asked: [string, number][] = []
  const access = async ({ sessionId, sessionVersion, role }: TicketClaims): Promise<EffectiveAccess> => {
    asked.push([sessionId, sessionVersion])
    return sessionVersion === version ? { access: role } : { denied: 'session-ended' }
  }
  let version = 1
  await server.stop()
  server = await startSyncServer({ storage: new MemoryRoomStorage(), access })
  const [here, there] = [
    await join(server, { personId: 'eve', sessionId: 'here' }),
    await join(server, { personId: 'eve', sessionId: 'there' }),
  ]
  version = 2
  asked.splice(0)
  const renewed = { sessionId: 'here', sessionVersion: 2 }
  server.accessEvents.emit({ type: 'person', personId: 'eve', renewed })
  expect(await there.closed).toMatchObject({ code: 4401 })
  await here.settled()
  expect(here.isOpen).toBe(true)
  expect(asked.sort()).toEqual([
    ['here', 2],
    ['there', 1],
  ])
  // Who says so without the database knowing it gains nothing.
  server.accessEvents.emit({ type: 'person', personId: 'eve', renewed: { ...renewed, sessionVersion: 3 } })
  expect(await here.closed).toMatchObject({ code: 4401 })
})
