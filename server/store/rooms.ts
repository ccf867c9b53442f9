import type { Log } from '../log.ts'
import type { RoomStorage } from '../sync/ports.ts'
import { appendEntries } from './rooms-append.ts'
import { compactLog, timestamp } from './rooms-compact.ts'
import { readDocument, readNews } from './rooms-read.ts'
import type { SqlDatabase } from './sql.ts'

/** Documents in the database: a log of updates, and snapshots that take its entries in. */
export const createRooms = (database: SqlDatabase, log: Log): RoomStorage => {
  const { provider } = database
  const setAside = async (boardId: string, damaged: readonly number[]): Promise<void> => {
    for (const seq of damaged) {
      log.error('A snapshot is damaged and was set aside; the one before it and the log stand in', {
        boardId,
        seq,
      })
      await database.all(
        `UPDATE "BoardSnapshot" SET "damagedAt" = $3 WHERE "boardId" = $1 AND "seq" = $2 AND "damagedAt" IS NULL`,
        [boardId, seq, timestamp(new Date())],
      )
    }
  }
  return {
    load: async (boardId) => {
      const { document, damaged } = await database.transaction('read', (sql) => readDocument(sql, boardId))
      await setAside(boardId, damaged)
      return document
    },
    readLog: async (boardId, known) => {
      const { news, damaged } = await database.transaction('read', (sql) =>
        readNews(sql, provider, boardId, known),
      )
      await setAside(boardId, damaged)
      return news
    },
    append: (updates) => appendEntries(database, updates),
    compact: (boardId, compaction) =>
      database.transaction('bulk', (sql) => compactLog(sql, provider, boardId, compaction)),
  }
}
