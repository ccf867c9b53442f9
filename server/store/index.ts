import type { Log } from '../log.ts'
import { createAssets } from './assets.ts'
import { clientOf } from './auth-adapter.ts'
import { createBoards } from './boards.ts'
import type { OpenDatabase } from './client.ts'
import { createLinks } from './links.ts'
import { openPostgresql } from './open-postgresql.ts'
import { openSqlite } from './open-sqlite.ts'
import { createPeople } from './people.ts'
import { createRooms } from './rooms.ts'
import { createSessions } from './sessions.ts'
import type { Store } from './types.ts'
import { createVersions } from './versions.ts'

export type * from './types.ts'

/** Which database, and where. */
export type DatabaseConfig =
  | { readonly provider: 'sqlite'; readonly path: string }
  | { readonly provider: 'postgresql'; readonly url: string }

const open = (database: DatabaseConfig, log: Log): Promise<OpenDatabase> =>
  database.provider === 'sqlite' ? openSqlite(database.path, log) : openPostgresql(database.url, log)

/**
 * Opens the database and brings its tables up to date.
 * @throws SetupError with a sentence for the person who starts the server
 */
export const openStore = async (config: { readonly database: DatabaseConfig }, log: Log): Promise<Store> => {
  const { client, sql, close } = await open(config.database, log)
  const store: Store = {
    provider: config.database.provider,
    people: createPeople(client),
    sessions: createSessions(client),
    boards: createBoards(client),
    links: createLinks(client),
    rooms: createRooms(sql, log),
    assets: createAssets(client),
    versions: createVersions(client),
    ping: async () => {
      await client.$queryRaw`SELECT 1`
    },
    close,
  }
  return Object.defineProperty(store, clientOf, { value: client })
}
