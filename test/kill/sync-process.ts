/**
 * A sync server on a migrated SQLite file, for tests that kill it: `node sync-process.js <database> <limits as JSON>`. Tickets
 * are their claims, unsigned. Prints its port and its number once it listens.
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Database from 'better-sqlite3'
import { createAccessEvents } from '../../server/boards/access-events.ts'
import type { TicketClaims } from '../../server/boards/tickets.ts'
import type { Log } from '../../server/log.ts'
import { createRooms } from '../../server/store/rooms.ts'
import { prepareConnection, SqliteSql } from '../../server/store/sqlite-sql.ts'
import { Turnstile } from '../../server/store/turnstile.ts'
import { createSyncServer } from '../../server/sync/index.ts'

const [path = '', limits = '{}'] = process.argv.slice(2)

const quiet = (): void => {}
const complain = (message: string, fields?: object): void => console.error(message, fields)
const log: Log = { debug: quiet, info: quiet, warn: complain, error: complain, with: () => log }

const database = new Database(path)
prepareConnection(database)
const sync = createSyncServer({
  storage: createRooms(new SqliteSql(database, new Turnstile()), log),
  tickets: {
    issue: () => Promise.reject(new Error('Nobody asks for tickets here')),
    redeem: async (ticket) => JSON.parse(Buffer.from(ticket, 'base64url').toString()) as TicketClaims,
  },
  access: async ({ role }) => ({ access: role }),
  accessEvents: createAccessEvents(),
  allowedOrigin: () => true,
  log,
  limits: JSON.parse(limits),
})
const server = createServer()
server.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port, process.pid))
