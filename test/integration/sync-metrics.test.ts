import { afterEach, beforeEach, expect, it } from 'vitest'
import * as Y from 'yjs'
import { SyncMetrics } from '../../server/sync/metrics.ts'
import { join } from '../support/ws-client.ts'
import { GatedRoomStorage, startSyncServer, type TestSyncServer } from '../support/ws-server.ts'

let metrics: SyncMetrics
let storage: GatedRoomStorage
let server: TestSyncServer

beforeEach(async () => {
  metrics = new SyncMetrics()
  storage = new GatedRoomStorage()
  server = await startSyncServer({ storage, metrics })
})
afterEach(() => server.stop())

it('counts what comes in, what is committed and how long that took, and what goes out', async () => {
  const [ada, bob] = [await join(server), await join(server, { personId: 'bob' })]
  const before = metrics.framesOut
  ada.elements.set('a', 1)
  await bob.untilHas('a')
  await ada.until(() => ada.saved >= ada.sent)
  expect(metrics.updates).toBeGreaterThan(0)
  expect(metrics.updateBytes).toBeGreaterThan(10)
  expect(metrics.framesOut).toBeGreaterThan(before)
  expect(metrics.bytesOut).toBeGreaterThan(metrics.framesOut)
  expect(metrics.commitRows).toBe(metrics.commitBytes.total)
  expect(metrics.commitTime.total).toBe(metrics.commitRows)
  expect(metrics.savedLag.total).toBe(metrics.commitRows)
  expect(metrics.loadTime.total).toBe(1)
  expect(server.sync.stats()).toMatchObject({ rooms: 1, connections: 2, viewers: 0, unsavedBytes: 0 })
})

it('counts what waits for the disk, and commits that failed', async () => {
  const ada = await join(server)
  const append = storage.append.bind(storage)
  storage.append = () => Promise.reject(new Error('the disk is full'))
  ada.elements.set('a', 1)
  await ada.until(() => ada.notices.some((notice) => notice.type === 'storage'))
  expect(metrics.commitFailures).toBeGreaterThan(0)
  expect(server.sync.stats().unsavedBytes).toBeGreaterThan(0)
  storage.append = append
  await ada.until(() => ada.saved >= ada.sent)
  expect(server.sync.stats().unsavedBytes).toBe(0)
})

it('counts what is refused by reason, and ends by code', async () => {
  const eve = await join(server, { personId: 'eve' })
  const other = new Y.Doc()
  other.getMap('elements').set('a', 1)
  const later = Y.encodeStateVector(other)
  other.getMap('elements').set('b', 1)
  eve.sendUpdate(Y.encodeStateAsUpdate(other, later))
  await eve.settled()
  expect(metrics.refusedUpdates.counts.get('gap')).toBe(1)
  eve.send('text')
  await eve.closed
  expect(metrics.closes.counts.get('4400')).toBe(1)
})
