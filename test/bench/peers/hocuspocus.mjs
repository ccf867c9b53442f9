/** Hocuspocus with its defaults, in memory or with SQLite: the queries of its own SQLite extension on Node's own SQLite. */
import { join } from 'node:path'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'

const openSqlite = async (folder) => {
  const { DatabaseSync } = await import('node:sqlite')
  const database = new DatabaseSync(join(folder, 'hocuspocus.db'))
  database.exec(
    'CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))',
  )
  const read = database.prepare('SELECT data FROM "documents" WHERE name = ? ORDER BY rowid DESC')
  const write = database.prepare(
    'INSERT INTO "documents" ("name", "data") VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET data = excluded.data',
  )
  let loads = 0
  const extension = new Database({
    fetch: async ({ documentName }) => {
      loads++
      return read.get(documentName)?.data ?? null
    },
    store: async ({ documentName, state }) => {
      write.run(documentName, state)
    },
  })
  return { extension, loads: () => loads }
}

export const open = async ({ port, folder, storage }) => {
  const sqlite = storage === 'sqlite' ? await openSqlite(folder) : null
  const server = new Server({
    port,
    address: '127.0.0.1',
    quiet: true,
    stopOnSignals: false,
    extensions: sqlite ? [sqlite.extension] : [],
  })
  await server.listen()
  return { loads: sqlite?.loads, stop: () => server.destroy() }
}
