import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createFileAssetStore } from './assets/file-asset-store.ts'
import { createIntake } from './assets/intake.ts'
import { startSweeper } from './assets/sweeper.ts'
import { createRateLimits } from './auth/rate-limit.ts'
import { createAccessEvents } from './boards/access-events.ts'
import { createArtist, startPictureWorker } from './boards/artist.ts'
import { effectiveAccess } from './boards/effective-access.ts'
import { startHousekeeping } from './boards/housekeeping.ts'
import { createTicketIssuer } from './boards/tickets.ts'
import { createVersionKeeper, type VersionKeeper } from './boards/version-keeper.ts'
import { type Config, exportToLibraries, loadConfig } from './config.ts'
import { clientAddress, isOwnOrigin } from './http/forwarded.ts'
import { createOperations } from './http/operations.ts'
import { noPages, openPages } from './http/pages.ts'
import { openHttpServer } from './http/server.ts'
import { createLog, type Log } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openNodes } from './nodes.ts'
import { findRoot } from './root.ts'
import { type Runtime, setRuntime } from './runtime.ts'
import { SetupError } from './setup-error.ts'
import { openStore } from './store/index.ts'
import { createSyncServer, noRooms, type SyncServer } from './sync/index.ts'
import { SyncMetrics } from './sync/metrics.ts'

/** Milliseconds. */
const limits = {
  /** For the rooms to save what they hold once the server stops. */
  save: 6_000,
  /** After which a stop that hangs is cut short. */
  stop: 9_500,
  /** Between questions about everybody's rights (S26) where there is one node: no event can be lost on its way to another. */
  accessSweepAlone: 300_000,
}

/** A server that people can use. */
interface Running {
  readonly port: number
  /** Answers what is under way, saves what is unsaved, and closes everything. */
  stop(): Promise<void>
}

const openSync = (
  { config, log, store, nodes, accessEvents, tickets }: Runtime,
  keeper: VersionKeeper,
  metrics: SyncMetrics,
): SyncServer =>
  createSyncServer({
    storage: store.rooms,
    tickets,
    accessEvents,
    access: (claims) => effectiveAccess(store, claims),
    allowedOrigin: (request) => isOwnOrigin(request, config),
    addressOf: clientAddress,
    log,
    bus: nodes.bus,
    metrics,
    recoveryWindow: config.recoveryWindow,
    limits: {
      stopGrace: limits.save,
      ...(nodes.shared ? {} : { accessSweep: limits.accessSweepAlone }),
    },
    onWorked: (boards, at) => {
      const boardIds = boards.map(({ boardId }) => boardId)
      store.boards.touch(boardIds, at).catch((error: unknown) => log.warn('boards not touched', { error }))
      keeper.worked(boards, at)
    },
    onCleared: (clearing) => keeper.cleared(clearing),
    onLeft: (boardId, elements) => keeper.left(boardId, elements),
  })

const versionOf = (root: string): string =>
  String(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)

const open = async (config: Config, log: Log): Promise<Running> => {
  // The port first: a second start of the same server ends here, before it touches the database of the first.
  const metrics = createMetrics()
  const root = findRoot()
  const operations = createOperations(config, versionOf(root))
  const http = await openHttpServer({ config, log, operations, onAnswered: metrics.onAnswered })
  const store = await openStore(config, log)
  const nodes = openNodes(config, log)
  const accessEvents = createAccessEvents(nodes.bus)
  let sync: SyncServer | null = null
  const countElements = (boardId: string): number | null => sync?.countElements(boardId) ?? null
  const versionKeeper = createVersionKeeper({ store, countElements, log })
  const tickets = createTicketIssuer(config.secret, Date.now, nodes.tickets)
  const assets = createFileAssetStore(join(config.dataDir, 'assets'))
  const runtime: Runtime = {
    config,
    log,
    root,
    store,
    nodes,
    accessEvents,
    tickets,
    assets,
    intake: createIntake(),
    artist: createArtist({ start: () => startPictureWorker(import.meta.filename), log }),
    versionKeeper,
    limits: createRateLimits(nodes.shared),
  }
  setRuntime(runtime)
  exportToLibraries(config)
  const pages = config.role === 'sync' ? noPages : await openPages(config, root, http.port)
  const syncMetrics = new SyncMetrics()
  const rooms = config.role === 'web' ? noRooms : openSync(runtime, versionKeeper, syncMetrics)
  sync = rooms
  metrics.watch({ sync: syncMetrics, stats: rooms.stats })
  const sweeper = startSweeper(assets, store.assets, log)
  const stopHousekeeping = startHousekeeping(store, log)
  http.serve({
    request: pages.handle,
    upgrade: (request, socket, head) => {
      if (!pages.takeUpgrade(request, socket, head)) rooms.handleUpgrade(request, socket, head)
    },
  })
  operations.running({
    pingDatabase: () => store.ping(),
    busConnected: nodes.shared && (() => nodes.shared?.redis.status === 'ready'),
    metrics,
  })
  return {
    port: http.port,
    stop: async () => {
      operations.stopping()
      const answered = http.stop()
      await rooms.stop()
      await versionKeeper.stop()
      await answered
      await pages.close()
      await runtime.artist.stop()
      await sweeper.stop()
      await stopHousekeeping()
      await nodes.close()
      await store.close()
    },
  }
}

const stopOnSignals = (running: Running, log: Log): void => {
  let stopping = false
  const stop = async (reason: string, exitCode: number): Promise<void> => {
    if (stopping) return
    stopping = true
    log.info('stopping', { reason })
    setTimeout(() => {
      log.error('stopping took too long')
      process.exit(1)
    }, limits.stop).unref()
    await running.stop().catch((error: unknown) => {
      log.error('stopping failed', { error })
      process.exit(1)
    })
    process.exit(exitCode)
  }
  process.on('SIGTERM', () => void stop('SIGTERM', 0))
  process.on('SIGINT', () => void stop('SIGINT', 0))
  process.on('uncaughtException', (error) => {
    log.error('uncaught exception', { error })
    void stop('uncaught exception', 1)
  })
  process.on('unhandledRejection', (error) => log.error('unhandled rejection', { error }))
}

const address = ({ publicUrl, host }: Config, port: number): string =>
  publicUrl ?? `http://${host?.includes(':') ? `[${host}]` : (host ?? 'localhost')}:${port}`

const start = async (): Promise<void> => {
  const config = loadConfig()
  const log = createLog(config.logLevel)
  const running = await open(config, log)
  stopOnSignals(running, log)
  console.log(`Drawbridge is ready on ${address(config, running.port)}`)
}

start().catch((error: unknown) => {
  console.error(error instanceof SetupError ? error.message : error)
  process.exit(1)
})
