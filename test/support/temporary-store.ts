import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../server/log.ts'
import { openStore, type Store } from '../../server/store/index.ts'

/** A real SQLite store in a folder of its own, and what removes both. */
export const openTemporaryStore = async (): Promise<{ store: Store; remove: () => Promise<void> }> => {
  const folder = await mkdtemp(join(tmpdir(), 'drawbridge-store-'))
  const database = { provider: 'sqlite', path: join(folder, 'test.db') } as const
  const store = await openStore({ database }, createLog('silent'))
  const remove = async (): Promise<void> => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { store, remove }
}
