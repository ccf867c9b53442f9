import { afterEach, beforeEach } from 'vitest'
import { GatedRoomStorage, startSyncServer, type TestSyncOptions, type TestSyncServer } from './ws-server.ts'

/** Of the test that is running. */
export let storage: GatedRoomStorage
export let server: TestSyncServer

/** From here on `storage` is a new, empty one; the server keeps the old. */
export const renewStorage = (): void => {
  storage = new GatedRoomStorage()
}

/** From here on `server` is another one on `storage`. Stop the old one before. */
export const startAnother = async (options: Partial<TestSyncOptions> = {}): Promise<void> => {
  server = await startSyncServer({ storage, ...options })
}

/** Gives each test of a file a new, empty `storage` and a `server` on it. */
export const freshServerForEachTest = (): void => {
  beforeEach(async () => {
    renewStorage()
    await startAnother()
  })

  afterEach(() => {
    storage.releaseAll()
    return server.stop()
  })
}
