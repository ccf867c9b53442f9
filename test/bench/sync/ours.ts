import { createAccessEvents } from '../../../server/boards/access-events.ts'
import { effectiveAccess } from '../../../server/boards/effective-access.ts'
import { createTicketIssuer } from '../../../server/boards/tickets.ts'
import { createVersionKeeper } from '../../../server/boards/version-keeper.ts'
import { readConfig } from '../../../server/config.ts'
import { clientAddress, isOwnOrigin } from '../../../server/http/forwarded.ts'
import { createOperations } from '../../../server/http/operations.ts'
import { openHttpServer } from '../../../server/http/server.ts'
import { createLog } from '../../../server/log.ts'
import { createMetrics } from '../../../server/metrics.ts'
import { openStore, type Store } from '../../../server/store/index.ts'
import { createSyncServer } from '../../../server/sync/index.ts'
import { SyncMetrics } from '../../../server/sync/metrics.ts'
import { type RoomStorage, systemClock } from '../../../server/sync/ports.ts'
import type { Prepared, ServerOptions } from './types.ts'

/** Counts how often a board is read, and its log. */
const counting = (
  storage: RoomStorage,
): { storage: RoomStorage; reads: () => { loads: number; logReads: number } } => {
  let [loads, logReads] = [0, 0]
  const counted: RoomStorage = {
    ...storage,
    load: (boardId) => {
      loads++
      return storage.load(boardId)
    },
    readLog: (boardId, known) => {
      logReads++
      return storage.readLog(boardId, known)
    },
  }
  return { storage: counted, reads: () => ({ loads, logReads }) }
}

/** Boards with a link that lets people edit, and guests who come through it. */
const prepare = async (store: Store, wanted: { boards: number; people: number }): Promise<Prepared> => {
  const owner = await store.people.createGuest('Owner')
  const people = []
  for (let index = 0; index < wanted.people; index++) {
    const { id, sessionVersion } = await store.people.createGuest(`Guest ${index}`)
    people.push({ id, sessionVersion })
  }
  const rooms = []
  for (let index = 0; index < wanted.boards; index++) {
    const board = await store.boards.create({ ownerId: owner.id, title: `Board ${index}` })
    const link = await store.links.create({ boardId: board.id, role: 'editor', expiresAt: null })
    rooms.push({ name: board.id, linkId: link.id })
  }
  return { rooms, people }
}

/** Our server as `server/main.ts` puts it together, without the pages: access checks, tickets, versions, metrics, SQLite. */
export const open = async ({ port, folder, secret }: ServerOptions) => {
  const config = readConfig({
    PORT: String(port),
    HOST: '127.0.0.1',
    DATA_DIR: folder,
    AUTH_SECRET: secret,
    LOG_LEVEL: 'warn',
  })
  const log = createLog(config.logLevel)
  const metrics = createMetrics()
  const { onAnswered } = metrics
  const http = await openHttpServer({
    config,
    log,
    operations: createOperations(config, 'bench'),
    onAnswered,
  })
  const store = await openStore(config, log)
  const { storage, reads } = counting(store.rooms)
  const countElements = (boardId: string): number | null => sync.countElements(boardId)
  const keeper = createVersionKeeper({ store, countElements, clock: systemClock, log })
  const syncMetrics = new SyncMetrics()
  const sync = createSyncServer({
    storage,
    tickets: createTicketIssuer(config.secret),
    accessEvents: createAccessEvents(),
    access: (claims) => effectiveAccess(store, claims),
    allowedOrigin: (request) => isOwnOrigin(request, config),
    addressOf: clientAddress,
    log,
    metrics: syncMetrics,
    onWorked: (boards, at) => {
      void store.boards.touch(
        boards.map(({ boardId }) => boardId),
        at,
      )
      keeper.worked(boards, at)
    },
    onCleared: (clearing) => keeper.cleared(clearing),
    onLeft: (boardId, elements) => keeper.left(boardId, elements),
  })
  metrics.watch({ sync: syncMetrics, stats: sync.stats })
  http.serve({ request: async (_request, response) => void response.end(), upgrade: sync.handleUpgrade })
  return {
    counts: () => ({ ...reads(), rooms: sync.stats().rooms }),
    prepare: (wanted: { boards: number; people: number }) => prepare(store, wanted),
    stop: async () => {
      const answered = http.stop()
      await sync.stop()
      await keeper.stop()
      await answered
      await store.close()
    },
  }
}
