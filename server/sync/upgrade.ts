import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import { identityColor } from '../../whiteboard/collab/identity.ts'
import { CloseCode, SUBPROTOCOL, type WireRole } from '../../whiteboard/collab/protocol.ts'
import type { TicketClaims, TicketIssuer } from '../boards/tickets.ts'
import type { Log } from '../log.ts'
import type { AccessWatch, AskAccess, Watched } from './access-watch.ts'
import { Connection } from './connection.ts'
import {
  chooseSubprotocol,
  type HandshakeRefusal,
  isWebSocketRequest,
  readSyncRequest,
  refusal,
  refuse,
} from './handshake.ts'
import type { Limits } from './limits.ts'
import { DamagedSnapshotError } from './ports.ts'
import type { Lease, Rooms } from './rooms.ts'
import { safeClose } from './socket.ts'

export interface UpgradeOptions {
  readonly tickets: TicketIssuer
  readonly access: AskAccess
  readonly allowedOrigin: (request: IncomingMessage) => boolean
  readonly rooms: Rooms
  readonly watch: AccessWatch
  readonly limits: Limits
  readonly log: Log
  /** Open connections; the entrance adds them, their end removes them. */
  readonly connections: Set<Connection>
}

export interface Entrance {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** From now on everybody is told to come again later. */
  close(): void
}

/** Somebody between the first byte of the request and the end of their connection. */
class Visit implements Watched {
  readonly claims: TicketClaims
  granted: WireRole | null = null
  connection: Connection | null = null
  /** What happened before there was a connection to close. */
  ending: { readonly code: CloseCode; readonly reason: string } | null = null

  constructor(claims: TicketClaims) {
    this.claims = claims
  }

  suspend(): void {
    this.connection?.suspend()
  }

  resume(): void {
    this.connection?.resume()
  }

  end(code: CloseCode, reason: string): void {
    if (this.connection) this.connection.end(code, reason)
    else this.ending = { code, reason }
  }
}

const deniedRefusal = {
  'board-gone': refusal(404, 'not-found', 'There is no such board.'),
  'access-removed': refusal(403, 'access-removed', 'You no longer have access to this board.'),
  'session-ended': refusal(401, 'session-ended', 'Your session has ended. Sign in again.'),
} as const

const isRefusal = (value: object): value is HandshakeRefusal => 'status' in value

class Door implements Entrance {
  private readonly options: UpgradeOptions
  private readonly servers: Readonly<Record<WireRole, WebSocketServer>>
  private readonly visitors = new Map<string, number>()
  private count = 0
  private closed = false

  constructor(options: UpgradeOptions) {
    this.options = options
    const { limits } = options
    this.servers = {
      editor: createWebSocketServer(limits.editorFrame, limits),
      viewer: createWebSocketServer(limits.viewerFrame, limits),
    }
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (socket.destroyed) return
    socket.on('error', () => socket.destroy())
    const boardId = readSyncRequest(request)?.boardId
    const leave = this.enter(boardId ?? '')
    socket.once('close', leave)
    this.admit(request).then(
      (admitted) => {
        if (isRefusal(admitted)) this.turnAway(socket, admitted, boardId)
        else return this.open(admitted, request, socket, head)
      },
      (error: unknown) => {
        this.options.log.error('A connection could not be checked', { boardId, error })
        refuse(
          socket,
          refusal(503, 'unavailable', 'The server cannot check your access now. Try again soon.'),
        )
      },
    )
  }

  close(): void {
    this.closed = true
    for (const server of Object.values(this.servers)) server.close()
  }

  private enter(boardId: string): () => void {
    this.count++
    this.visitors.set(boardId, (this.visitors.get(boardId) ?? 0) + 1)
    return () => {
      this.count--
      const left = (this.visitors.get(boardId) ?? 1) - 1
      if (left > 0) this.visitors.set(boardId, left)
      else this.visitors.delete(boardId)
    }
  }

  private turnAway(socket: Duplex, refused: HandshakeRefusal, boardId: string | undefined): void {
    this.options.log.info('Connection refused', { boardId, status: refused.status, reason: refused.code })
    refuse(socket, refused)
  }

  /** Everything that can be told without a socket, cheapest first. Rejects when a check itself fails. */
  private async admit(request: IncomingMessage): Promise<Visit | HandshakeRefusal> {
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
    return this.checkAccess(claims, request.socket)
  }

  /** What there is to say before the ticket is used up; null when nothing is. */
  private refuseAtDoor(request: IncomingMessage, boardId: string): HandshakeRefusal | null {
    const { limits, allowedOrigin } = this.options
    if (!isWebSocketRequest(request)) return refusal(400, 'invalid', 'This address takes WebSockets only.')
    // A ticket is nothing that a browser adds by itself, so clients that are no browser need no origin.
    const { origin } = request.headers
    if (origin !== undefined && (origin === 'null' || !allowedOrigin(request))) {
      return refusal(403, 'foreign-origin', 'This page may not connect here.')
    }
    if (this.closed) return refusal(503, 'restarting', 'The server is restarting. Try again soon.')
    if (this.count > limits.connections) return refusal(503, 'full', 'The server is full. Try again soon.')
    if ((this.visitors.get(boardId) ?? 0) > limits.connectionsPerBoard) {
      return refusal(429, 'board-full', 'Too many people are on this board.')
    }
    return null
  }

  /** Watched from before the question is asked, so that no change of access falls between the answer and the watch. */
  private async checkAccess(claims: TicketClaims, socket: Duplex): Promise<Visit | HandshakeRefusal> {
    const visit = new Visit(claims)
    const unwatch = this.options.watch.add(visit)
    const verdict = await this.options.access(claims).catch((error: unknown) => {
      unwatch()
      throw error
    })
    if ('denied' in verdict) {
      unwatch()
      return deniedRefusal[verdict.denied]
    }
    visit.granted = verdict.access
    socket.once('close', unwatch)
    if (socket.destroyed) unwatch()
    return visit
  }

  private async open(visit: Visit, request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const role = visit.claims.role === 'viewer' ? 'viewer' : (visit.granted ?? 'viewer')
    const lease = await this.acquire(visit)
    let opened = false
    this.servers[role].handleUpgrade(request, socket, head, (webSocket) => {
      opened = true
      webSocket.on('error', () => {})
      if (lease && !visit.ending) this.connect(visit, role, lease, { socket: webSocket, stream: socket })
      else {
        lease?.release()
        safeClose(webSocket, visit.ending?.code ?? CloseCode.internalError, visit.ending?.reason)
      }
    })
    if (!opened) lease?.release()
  }

  /** Null when the room cannot be loaded: the visit's ending then says why. There is no empty board in its place. */
  private async acquire(visit: Visit): Promise<Lease | null> {
    const { boardId } = visit.claims
    try {
      return await this.options.rooms.acquire(boardId)
    } catch (error) {
      this.options.log.error('A board could not be loaded', { boardId, error })
      if (error instanceof DamagedSnapshotError) visit.end(CloseCode.boardUnreadable, 'board cannot be read')
      else visit.end(CloseCode.overloaded, 'board could not be loaded')
      return null
    }
  }

  private connect(
    visit: Visit,
    role: WireRole,
    lease: Lease,
    { socket, stream }: { socket: WebSocket; stream: Duplex },
  ): void {
    const { connections, limits, log } = this.options
    const { personId, name } = visit.claims
    const connection = new Connection({
      socket,
      stream,
      room: lease.room,
      identity: { id: personId, name, color: identityColor(personId) },
      role,
      speaksOurs: socket.protocol === SUBPROTOCOL,
      limits,
      log,
      onEnd: (ended) => {
        connections.delete(ended)
        lease.release()
      },
    })
    visit.connection = connection
    connections.add(connection)
    connection.start()
  }
}

const createWebSocketServer = (maxPayload: number, limits: Limits): WebSocketServer => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    maxFragments: limits.fragments,
    handleProtocols: chooseSubprotocol,
  })
  server.on('error', () => {})
  return server
}

export const createEntrance = (options: UpgradeOptions): Entrance => new Door(options)
