import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import type { AccessEvents } from '../boards/access-events.ts'
import type { TicketIssuer } from '../boards/tickets.ts'
import type { Bus } from '../bus/bus.ts'
import { countedBus } from '../bus/counted-bus.ts'
import { createLonelyBus } from '../bus/local-bus.ts'
import type { Log } from '../log.ts'
import type { Connection } from './connection/connection.ts'
import { startHeartbeat } from './connection/heartbeat.ts'
import { Rates } from './connection/rates.ts'
import { type AskAccess, createAccessWatch } from './door/access-watch.ts'
import { refusal, refuse } from './door/handshake.ts'
import { createEntrance } from './door/upgrade.ts'
import { type Limits, withDefaults } from './limits.ts'
import { SyncMetrics } from './metrics.ts'
import { createNodeLinks } from './nodes/node-links.ts'
import { type Clock, type RoomStorage, systemClock, timeOfDay } from './ports.ts'
import type { Clearing } from './room/clearing.ts'
import { Labour } from './room/labour.ts'
import { createRooms } from './room/rooms.ts'
import { countedStorage } from './saving/counted-storage.ts'
import { createSaver } from './saving/saver.ts'
import { createWorkReport, type WorkedBoard } from './saving/work-report.ts'

export interface SyncServerOptions {
  readonly storage: RoomStorage
  readonly tickets: TicketIssuer
  readonly access: AskAccess
  readonly accessEvents: AccessEvents
  /** Asked only when the request has an Origin other than `null`. */
  readonly allowedOrigin: (request: IncomingMessage) => boolean
  /** The network address that a request counts for; the other end of the connection unless given. */
  readonly addressOf?: (request: IncomingMessage) => string
  readonly log: Log
  /** To the other nodes; there are none unless given. */
  readonly bus?: Bus
  /** For all that takes time, the time of day included. The machine's unless given. */
  readonly clock?: Clock
  /** Milliseconds since whenever, with fractions: what work takes, as tests see it. */
  readonly stopwatch?: () => number
  readonly limits?: Partial<Limits>
  /** Counted into; see `metrics.ts`. */
  readonly metrics?: SyncMetrics
  /** Everybody may bring back what others wrote, after a loss of data. Off unless set. */
  readonly recoveryWindow?: boolean
  /** Told every few seconds which boards had something saved since the last time, and by whom. */
  readonly onWorked?: (boards: WorkedBoard[], at: Date) => void
  /** Told when somebody removes most of a board at once, before that is on disk. */
  readonly onCleared?: (clearing: Clearing) => void
  /** Told when everybody has left a board and all of it is saved. */
  readonly onLeft?: (boardId: string, elements: number) => void
}

/** How it is at the moment. */
export interface SyncStats {
  readonly rooms: number
  readonly connections: number
  /** Of the connections those that may not draw. */
  readonly viewers: number
  /** Bytes of updates that are not on disk yet. */
  readonly unsavedBytes: number
}

export interface SyncServer {
  /** Takes an upgrade request to `/sync/<boardId>`; every other path is answered with 404. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Sends everybody away (1012), saves and compacts. Resolves when that is done or `limits.stopGrace` is over. */
  stop(): Promise<void>
  /** How many elements a board has that is open here; null when it is not. */
  countElements(boardId: string): number | null
  readonly stats: () => SyncStats
}

/** Of a node that serves pages and the API only. */
export const noRooms: SyncServer = {
  handleUpgrade: (_request, socket) => {
    socket.on('error', () => socket.destroy())
    refuse(socket, refusal(404, 'not-found', 'This node has no boards.'))
  },
  stop: async () => {},
  countElements: () => null,
  stats: () => ({ rooms: 0, connections: 0, viewers: 0, unsavedBytes: 0 }),
}

export const createSyncServer = (options: SyncServerOptions): SyncServer => {
  const { log, clock = systemClock, metrics = new SyncMetrics() } = options
  const { addressOf = ({ socket }) => socket.remoteAddress ?? '' } = options
  const limits = withDefaults(options.limits)
  const connections = new Set<Connection>()
  const workReport = createWorkReport(clock, limits, options.onWorked ?? (() => {}))
  const storage = countedStorage(options.storage, metrics, clock)
  const { savedLag } = metrics
  const saver = createSaver({ storage, limits, clock, log, onCommitted: workReport.add, savedLag })
  const bus = countedBus(options.bus ?? createLonelyBus(), metrics)
  const links = createNodeLinks({ bus, clock, limits, log })
  const labour = new Labour(clock, limits, options.stopwatch)
  const shared = { ...options, storage, saver, links, limits, clock, labour }
  const rooms = createRooms({ ...shared, onWrote: workReport.wrote })
  const watch = createAccessWatch({ ...options, clock, dayClock: options.clock ?? timeOfDay, limits })
  const stopHeartbeat = startHeartbeat(connections, clock, limits)
  const rates = new Rates(clock, limits)
  const told = { ...options, addressOf, clock, limits, metrics }
  const entrance = createEntrance({ ...told, rooms, watch, rates, connections })

  const forgetMerges = options.accessEvents.subscribe((event) => {
    if (event.type === 'person' && event.becomes) rooms.moveOwnership(event.personId, event.becomes)
  })

  const shutDown = async (): Promise<void> => {
    entrance.close()
    watch.stop()
    stopHeartbeat()
    forgetMerges()
    rates.stop()
    for (const connection of [...connections]) connection.end(CloseCode.restarting, 'server is restarting')
    let cancel = (): void => {}
    const graceIsOver = new Promise<void>((resolve) => {
      cancel = clock.after(limits.stopGrace, resolve)
    })
    await Promise.race([saver.drain().then(() => rooms.close()), graceIsOver])
    cancel()
    links.stop()
    const unsaved = saver.close()
    if (unsaved > 0) log.error('Stopped with unsaved updates; their authors still have them', { unsaved })
    workReport.flush()
  }

  let stopped: Promise<void> | null = null
  return {
    handleUpgrade: entrance.handleUpgrade.bind(entrance),
    stop: () => {
      stopped ??= shutDown()
      return stopped
    },
    countElements: (boardId) => rooms.countElements(boardId),
    stats: () => ({
      rooms: rooms.size,
      connections: connections.size,
      viewers: [...connections].filter(({ canWrite }) => !canWrite).length,
      unsavedBytes: saver.unsavedBytes,
    }),
  }
}
