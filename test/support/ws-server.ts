import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { type AccessEvents, createAccessEvents } from '../../server/boards/access-events.ts'
import type { EffectiveAccess } from '../../server/boards/effective-access.ts'
import type { TicketClaims, TicketIssuer } from '../../server/boards/tickets.ts'
import { createLog } from '../../server/log.ts'
import { createSyncServer, type SyncServer, type SyncServerOptions } from '../../server/sync/index.ts'
import type { Limits } from '../../server/sync/limits.ts'
import type { Compaction, RoomStorage } from '../../server/sync/ports.ts'
import { MemoryRoomStorage } from './memory-room-storage.ts'

/** A memory storage whose calls can be counted and held back. */
export class GatedRoomStorage extends MemoryRoomStorage {
  loads = 0
  appends = 0
  compactions = 0
  #gates: Partial<Record<'load' | 'append' | 'compact', Promise<void>>> = {}
  #open: (() => void)[] = []
  readonly #watchers = new Set<() => void>()

  /** From now on calls of `method` wait until the returned function is called. */
  hold(method: 'load' | 'append' | 'compact'): () => void {
    let open = (): void => {}
    this.#gates[method] = new Promise<void>((resolve) => {
      open = resolve
    })
    const release = (): void => {
      delete this.#gates[method]
      open()
    }
    this.#open.push(release)
    return release
  }

  /** Lets everything through again that is held. */
  releaseAll(): void {
    for (const release of this.#open.splice(0)) release()
  }

  /** Resolves once `condition` holds; looked at whenever a call begins or ends. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.add(resolve))
  }

  override async load(boardId: string) {
    this.loads++
    return this.#pass('load', () => super.load(boardId))
  }

  override async append(updates: Parameters<RoomStorage['append']>[0]) {
    this.appends++
    return this.#pass('append', () => super.append(updates))
  }

  override async compact(boardId: string, compaction: Compaction) {
    this.compactions++
    return this.#pass('compact', () => super.compact(boardId, compaction))
  }

  async #pass<Result>(method: 'load' | 'append' | 'compact', call: () => Promise<Result>): Promise<Result> {
    this.#wake()
    await this.#gates[method]
    try {
      return await call()
    } finally {
      // After whoever waits for the call itself.
      setImmediate(() => this.#wake())
    }
  }

  #wake(): void {
    for (const wake of this.#watchers) wake()
    this.#watchers.clear()
  }
}

/** Tickets that are only names; each lets one through. */
class TestTickets implements TicketIssuer {
  readonly #open = new Map<string, TicketClaims>()
  #count = 0

  async issue(claims: Omit<TicketClaims, 'ticketId' | 'expiresAt'>) {
    const ticket = `secret-${++this.#count}`
    const expiresAt = 1_900_000_000_000
    this.#open.set(ticket, { ...claims, ticketId: ticket, expiresAt })
    return { ticket, expiresAt }
  }

  async redeem(ticket: string) {
    const claims = this.#open.get(ticket)
    this.#open.delete(ticket)
    return claims ?? { refused: ticket.startsWith('secret-') ? ('used' as const) : ('malformed' as const) }
  }
}

export interface TestSyncServer {
  readonly sync: SyncServer
  readonly port: number
  /** `ws://...` without a path. */
  readonly origin: string
  readonly accessEvents: AccessEvents
  readonly logged: string[]
  /** What the database answers about a person from now on; granted as in the ticket unless set. */
  setAccess(personId: string, verdict: EffectiveAccess | Error): void
  ticket(claims: Partial<TicketClaims> & { boardId: string }): Promise<string>
  /** All bytes that the process has read from open connections. */
  bytesRead(): number
  /** Resolves once `bytesRead` has come to `bytes`. */
  untilRead(bytes: number): Promise<void>
  /** Ends the process' part without saying goodbye to anybody: nothing is saved that is not saved yet. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export type TestSyncOptions = Partial<SyncServerOptions> & { readonly storage: RoomStorage }

/** Unless a test says otherwise. Tests ask for what they lack to know that all they sent before has been handled. */
const TEST_LIMITS: Partial<Limits> = { commitTick: 10, answerEvery: 0 }

/** A real HTTP server on a spare port with a sync server in it. */
export const startSyncServer = async (options: TestSyncOptions): Promise<TestSyncServer> => {
  const answers = new Map<string, EffectiveAccess | Error>()
  const tickets = new TestTickets()
  const accessEvents = createAccessEvents()
  const logged: string[] = []
  const sync = createSyncServer({
    tickets,
    accessEvents,
    access: async ({ personId, role }) => {
      const answer = answers.get(personId) ?? { access: role }
      if (answer instanceof Error) throw answer
      return answer
    },
    allowedOrigin: (request) => request.headers.origin === 'http://board.test',
    log: createLog('debug', (line) => logged.push(line)),
    ...options,
    limits: { ...TEST_LIMITS, ...options.limits },
  })
  const http = createServer((_, response) => response.writeHead(404).end())
  const sockets = new Set<Socket>()
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  http.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  const closeHttp = async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise<void>((resolve) => http.close(() => resolve()))
  }
  const bytesRead = (): number => [...sockets].reduce((sum, socket) => sum + socket.bytesRead, 0)
  return {
    sync,
    port,
    bytesRead,
    untilRead: async (bytes) => {
      while (bytesRead() < bytes) await new Promise((resolve) => setImmediate(resolve))
    },
    origin: `ws://127.0.0.1:${port}`,
    accessEvents,
    logged,
    setAccess: (personId, verdict) => answers.set(personId, verdict),
    ticket: async (claims) => {
      const base = {
        personId: 'ada',
        name: 'Ada',
        role: 'editor',
        linkId: null,
        sessionVersion: 1,
        sessionId: 's',
      } as const
      return (await tickets.issue({ ...base, ...claims })).ticket
    },
    kill: closeHttp,
    stop: async () => {
      await sync.stop()
      await closeHttp()
    },
  }
}
