import { join } from 'node:path'
import Database from 'better-sqlite3'

const databaseIn = (dataDir: string): Database.Database => new Database(join(dataDir, 'drawbridge.db'))

/** Another program that writes to the database and takes its time; returns what makes it let go. */
export const lockDatabase = (dataDir: string): (() => void) => {
  const database = databaseIn(dataDir)
  database.exec('BEGIN IMMEDIATE')
  return () => {
    database.exec('ROLLBACK')
    database.close()
  }
}

/** All that is stored of a board's document, as one comparable text. */
export const storedRows = (dataDir: string, boardId: string): string => {
  const database = databaseIn(dataDir)
  try {
    const rows = ['BoardSnapshot', 'BoardUpdate'].map((table) =>
      database.prepare(`SELECT seq, hex(data) FROM "${table}" WHERE boardId = ? ORDER BY seq`).all(boardId),
    )
    return JSON.stringify(rows)
  } finally {
    database.close()
  }
}

/** Turns over a bit of the board's newest snapshot, as a failing disk would. The server must have made one. */
export const damageSnapshot = (dataDir: string, boardId: string): void => {
  const database = databaseIn(dataDir)
  try {
    const newest = 'SELECT seq, data FROM "BoardSnapshot" WHERE boardId = ? ORDER BY seq DESC LIMIT 1'
    const { seq, data } = database.prepare(newest).get(boardId) as { seq: number; data: Buffer }
    data[data.length >> 1] = (data[data.length >> 1] ?? 0) ^ 1
    const change = 'UPDATE "BoardSnapshot" SET data = ? WHERE boardId = ? AND seq = ?'
    database.prepare(change).run(data, boardId, seq)
  } finally {
    database.close()
  }
}
