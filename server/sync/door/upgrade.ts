import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { identityColor } from '../../../whiteboard/collab/identity.ts'
import { CloseCode, SUBPROTOCOL, type WireRole } from '../../../whiteboard/collab/protocol.ts'
import type { TicketClaims, TicketIssuer } from '../../boards/tickets.ts'
import type { Log } from '../../log.ts'
import { Connection, type ConnectionSettings } from '../connection/connection.ts'
import type { Rates } from '../connection/rates.ts'
import type { Limits } from '../limits.ts'
import type { SyncMetrics } from '../metrics.ts'
import { type Clock, DamagedSnapshotError } from '../ports.ts'
import type { Lease, Rooms } from '../room/rooms.ts'
import { safeClose } from '../socket.ts'
import type { AccessWatch, AskAccess } from './access-watch.ts'
import {
  chooseSubprotocol,
  type HandshakeRefusal,
  isForeign,
  isWebSocketRequest,
  readSyncRequest,
  refusal,
  refuse,
} from './handshake.ts'
import { Attendance, Stay } from './stay.ts'
import { type Ending, Visit, versionEnding } from './visit.ts'
import { within } from './within.ts'

export interface UpgradeOptions {
  readonly tickets: TicketIssuer
  readonly access: AskAccess
  readonly allowedOrigin: (request: IncomingMessage) => boolean
  /** Where a request comes from, as far as that can be believed. */
  readonly addressOf: (request: IncomingMessage) => string
  readonly rooms: Rooms
  readonly watch: AccessWatch
  readonly limits: Limits
  readonly rates: Rates
  readonly clock: Clock
  readonly metrics: SyncMetrics
  readonly log: Log
  /** Open connections; the entrance adds them, their end removes them. */
  readonly connections: Set<Connection>
}

export interface Entrance {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** From now on everybody is told to come again later. */
  close(): void
}

const deniedRefusal = {
  'board-gone': refusal(404, 'not-found', 'There is no such board.'),
  'access-removed': refusal(403, 'access-removed', 'You no longer have access to this board.'),
  'session-ended': refusal(401, 'session-ended', 'Your session has ended. Sign in again.'),
} as const

const unchecked = refusal(503, 'unavailable', 'The server cannot check your access now. Try again soon.')

/** Listeners that many sockets share: one made for each would hold what is around it, the whole request, for as long. */
const destroyIt = function (this: Duplex): void {
  this.destroy()
}
const ignore = (): void => {}

const isRefusal = (value: object): value is HandshakeRefusal => 'status' in value

class Door implements Entrance {
  private readonly options: UpgradeOptions
  private readonly servers: Readonly<Record<WireRole, WebSocketServer>>
  private readonly attendance: Attendance
  private readonly settings: ConnectionSettings
  private closed = false

  constructor(options: UpgradeOptions) {
    this.options = options
    const { limits, connections } = options
    this.attendance = new Attendance(options.watch)
    this.settings = { ...options, onEnd: (ended) => connections.delete(ended) }
    this.servers = {
      editor: createWebSocketServer(limits.editorFrame, limits),
      viewer: createWebSocketServer(limits.viewerFrame, limits),
    }
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (socket.destroyed) return
    // A third listener would have the list of them grow to many times its size.
    if (socket.listenerCount('error') === 0) socket.on('error', destroyIt)
    const boardId = readSyncRequest(request)?.boardId
    const stay = this.countIn(socket, boardId ?? '', this.options.addressOf(request))
    within(this.options.clock, this.options.limits.admission, this.admit(request, stay)).then(
      (admitted) => {
        if (isRefusal(admitted)) this.turnAway(socket, admitted, boardId)
        else return this.open(admitted, request, socket, head)
      },
      (error: unknown) => {
        this.options.log.error('A connection could not be checked', { boardId, error })
        this.turnAway(socket, unchecked, boardId)
      },
    )
  }

  close(): void {
    this.closed = true
    for (const server of Object.values(this.servers)) server.close()
  }

  /** From the request on, so that those who are still being checked count too. */
  private countIn(socket: Duplex, boardId: string, address: string): Stay {
    const stay = new Stay(this.attendance, boardId, address)
    socket.on('close', () => stay.end())
    return stay
  }

  private turnAway(socket: Duplex, refused: HandshakeRefusal, boardId: string | undefined): void {
    const { log, metrics } = this.options
    metrics.refusedConnections.add(refused.code)
    log.info('Connection refused', { boardId, status: refused.status, reason: refused.code })
    refuse(socket, refused)
  }

  /** Everything that can be told without a socket, cheapest first. Rejects when a check itself fails. */
  private async admit(request: IncomingMessage, stay: Stay): Promise<Visit | HandshakeRefusal> {
    const asked = readSyncRequest(request)
    if (!asked) return refusal(404, 'not-found', 'There is no such board.')
    const turnedAway = this.refuseAtDoor(request, asked.boardId)
    if (turnedAway) return turnedAway
    if (asked.ticket === null) return refusal(401, 'ticket-missing', 'A ticket is needed to join a board.')
    const claims = await this.options.tickets.redeem(asked.ticket)
    if ('refused' in claims) return refusal(401, `ticket-${claims.refused}`, 'The ticket is not valid.')
    if (claims.boardId !== asked.boardId) {
      return refusal(403, 'wrong-board', 'The ticket is for another board.')
    }
    if (this.attendance.ofPerson.of(claims.personId) >= this.options.limits.connectionsPerPerson) {
      return refusal(429, 'too-many-of-person', 'You have this site open too often.')
    }
    stay.countPerson(claims.personId)
    return this.checkAccess(claims, stay)
  }

  /** What there is to say before the ticket is used up; null when nothing is. */
  private refuseAtDoor(request: IncomingMessage, boardId: string): HandshakeRefusal | null {
    const { limits, allowedOrigin, addressOf } = this.options
    if (!isWebSocketRequest(request)) return refusal(400, 'invalid', 'This address takes WebSockets only.')
    if (isForeign(request, allowedOrigin)) {
      return refusal(403, 'foreign-origin', 'This page may not connect here.')
    }
    if (this.closed) return refusal(503, 'restarting', 'The server is restarting. Try again soon.')
    if (this.attendance.count > limits.connections)
      return refusal(503, 'full', 'The server is full. Try again soon.')
    if (this.attendance.fromAddress.of(addressOf(request)) > limits.connectionsPerAddress) {
      return refusal(429, 'too-many-of-address', 'Too many connections come from this network.')
    }
    if (this.attendance.onBoard.of(boardId) > limits.connectionsPerBoard) {
      return refusal(429, 'board-full', 'Too many people are on this board.')
    }
    return null
  }

  /** Watched from before the question is asked, so that no change of access falls between the answer and the watch. */
  private async checkAccess(claims: TicketClaims, stay: Stay): Promise<Visit | HandshakeRefusal> {
    const visit = new Visit(claims)
    stay.watch(visit)
    const verdict = await this.options.access(claims).catch((error: unknown) => {
      stay.unwatch()
      throw error
    })
    if ('denied' in verdict) {
      stay.unwatch()
      return deniedRefusal[verdict.denied]
    }
    visit.granted = verdict.access
    visit.until = verdict.until ?? null
    return visit
  }

  private async open(visit: Visit, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const role = visit.claims.role === 'viewer' ? 'viewer' : (visit.granted ?? 'viewer')
    visit.ending ??= versionEnding(chooseSubprotocol(new Set(readSyncRequest(request)?.offered)) || '')
    const lease = visit.ending ? null : await this.acquire(visit)
    let opened = false
    this.servers[role].handleUpgrade(request, socket, head, (webSocket) => {
      opened = true
      if (lease && !visit.ending) this.connect(visit, role, lease, webSocket, request.socket)
      else {
        lease?.release()
        this.sendAway(webSocket, visit.ending)
      }
    })
    if (!opened) lease?.release()
  }

  private sendAway(webSocket: WebSocket, ending: Ending | null): void {
    webSocket.on('error', ignore)
    const code = ending?.code ?? CloseCode.internalError
    this.options.metrics.closes.add(code)
    safeClose(webSocket, code, ending?.reason)
  }

  /** Null when the room cannot be loaded: the visit's ending then says why. There is no empty board in its place. */
  private async acquire(visit: Visit): Promise<Lease | null> {
    const { rooms, clock, limits, log } = this.options
    const { boardId } = visit.claims
    try {
      return await within(clock, limits.loading, rooms.acquire(boardId), (late) => late.release())
    } catch (error) {
      log.error('A board could not be loaded', { boardId, error })
      if (error instanceof DamagedSnapshotError) visit.end(CloseCode.boardUnreadable, 'board cannot be read')
      else visit.end(CloseCode.overloaded, 'board could not be loaded')
      return null
    }
  }

  private connect(visit: Visit, role: WireRole, lease: Lease, socket: WebSocket, stream: Socket): void {
    const { personId, name } = visit.claims
    const connection = new Connection({
      socket,
      stream,
      lease,
      identity: { id: personId, name, color: identityColor(personId) },
      role,
      speaksOurs: socket.protocol === SUBPROTOCOL,
      settings: this.settings,
    })
    visit.connection = connection
    this.options.connections.add(connection)
    connection.start()
  }
}

const createWebSocketServer = (maxPayload: number, limits: Limits): WebSocketServer => {
  // `closeTimeout` is missing from the types of ws.
  const settings: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    maxFragments: limits.fragments,
    maxBufferedChunks: limits.chunks,
    handleProtocols: chooseSubprotocol,
    closeTimeout: limits.farewell,
  }
  const server = new WebSocketServer(settings)
  server.on('error', ignore)
  return server
}

export const createEntrance = (options: UpgradeOptions): Entrance => new Door(options)
