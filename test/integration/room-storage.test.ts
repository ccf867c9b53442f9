import { MemoryRoomStorage } from '../support/memory-room-storage.ts'
import { roomStorageContract } from '../support/room-storage-contract.ts'
import { openPostgresTestStore, openSqliteTestStore, roomStorageHarness } from '../support/stores.ts'

roomStorageContract('memory', async () => {
  const storage = new MemoryRoomStorage()
  let boards = 0
  return {
    storage,
    createBoard: async () => {
      boards += 1
      return `board-${boards}`
    },
    removeBoard: async (boardId) => storage.remove(boardId),
    damageSnapshot: async (boardId) => storage.damageSnapshot(boardId),
    damageEntry: async (boardId, seq) => storage.damageEntry(boardId, seq),
    kept: async (boardId) => storage.kept(boardId),
    logLength: async (boardId) => storage.logLength(boardId),
    close: async () => undefined,
  }
})
roomStorageContract('SQLite', () => roomStorageHarness(openSqliteTestStore))
roomStorageContract('PostgreSQL', () => roomStorageHarness(openPostgresTestStore))
