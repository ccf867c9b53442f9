import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog } from '../../server/log.ts'
import { clientOf } from '../../server/store/auth-adapter.ts'
import { checksumOf } from '../../server/store/checksums.ts'
import type { StoreClient } from '../../server/store/client.ts'
import { openStore } from '../../server/store/index.ts'
import type { Store } from '../../server/store/types.ts'
import { startPostgres } from './postgres.ts'
import type { RoomStorageHarness } from './room-storage-contract.ts'

/** A store on a new, empty database. */
export interface TestStore {
  readonly store: Store
  /** For what tests do behind the store's back. */
  readonly client: StoreClient
  /** Closes the store and removes the database. */
  close(): Promise<void>
}

export const silentLog = createLog('silent')

const clientIn = (store: Store): StoreClient => {
  const { [clientOf]: client } = store as Store & { [clientOf]?: StoreClient }
  if (!client) throw new Error('The store has no client')
  return client
}

/** On SQLite, in a temporary folder. */
export const openSqliteTestStore = async (): Promise<TestStore> => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-sqlite-'))
  const store = await openStore(
    { database: { provider: 'sqlite', path: join(folder, 'test.db') } },
    silentLog,
  )
  return {
    store,
    client: clientIn(store),
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** On a PostgreSQL server that is started for it. */
export const openPostgresTestStore = async (): Promise<TestStore> => {
  const postgres = await startPostgres()
  const url = await postgres.createDatabase()
  const store = await openStore({ database: { provider: 'postgresql', url } }, silentLog)
  return {
    store,
    client: clientIn(store),
    close: async () => {
      await store.close()
      await postgres.stop()
    },
  }
}

const turnBit = (data: Uint8Array) => Uint8Array.from(data, (byte, index) => (index === 0 ? byte ^ 1 : byte))

/** For the contract of room storages, over a whole store. */
export const roomStorageHarness = async (open: () => Promise<TestStore>): Promise<RoomStorageHarness> => {
  const { store, client, close } = await open()
  const owner = await store.people.createGuest('Owner')
  return {
    storage: store.rooms,
    createBoard: async () => (await store.boards.create({ ownerId: owner.id, title: 'Board' })).id,
    removeBoard: async (id) => {
      await client.board.delete({ where: { id } })
    },
    damageSnapshot: async (boardId, damage = turnBit) => {
      const snapshots = await client.boardSnapshot.findMany({ where: { boardId }, orderBy: { seq: 'desc' } })
      const whole = snapshots.find(({ data, checksum }) => checksumOf(data) === checksum)
      if (!whole) throw new Error(`Board ${boardId} has no snapshot to damage`)
      await client.boardSnapshot.update({
        where: { boardId_seq: { boardId, seq: whole.seq } },
        data: { data: new Uint8Array(damage(whole.data)) },
      })
    },
    damageEntry: async (boardId, seq) => {
      const { data } = await client.boardUpdate.findUniqueOrThrow({ where: { seq: BigInt(seq) } })
      await client.boardUpdate.update({ where: { seq: BigInt(seq), boardId }, data: { data: turnBit(data) } })
    },
    kept: async (boardId) => ({
      entries: await client.boardUpdate.count({ where: { boardId } }),
      snapshots: await client.boardSnapshot.count({ where: { boardId } }),
    }),
    logLength: (boardId) => client.boardUpdate.count({ where: { boardId, foldedInto: null } }),
    close,
  }
}
