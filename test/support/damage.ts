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

interface Row {
  readonly seq: number
  readonly data: Buffer
}

const damageRows = (database: Database.Database, table: string, boardId: string, limit: number): void => {
  const newest = `SELECT seq, data FROM "${table}" WHERE boardId = ? ORDER BY seq DESC LIMIT ${limit}`
  const rows = database.prepare(newest).all(boardId) as Row[]
  const change = database.prepare(`UPDATE "${table}" SET data = ? WHERE boardId = ? AND seq = ?`)
  for (const { seq, data } of rows) {
    data[data.length >> 1] = (data[data.length >> 1] ?? 0) ^ 1
    change.run(data, boardId, seq)
  }
}

/** Turns over a bit of the board's newest snapshot, as a failing disk would. The server must have made one. */
export const damageSnapshot = (dataDir: string, boardId: string): void => {
  const database = databaseIn(dataDir)
  damageRows(database, 'BoardSnapshot', boardId, 1)
  database.close()
}

/** Turns over a bit in all that is stored of a board: there is no way back. */
export const damageBoard = (dataDir: string, boardId: string): void => {
  const database = databaseIn(dataDir)
  damageRows(database, 'BoardSnapshot', boardId, -1)
  damageRows(database, 'BoardUpdate', boardId, -1)
  database.close()
}
