import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { type AccessEvents, createAccessEvents } from '../../server/boards/access-events.ts'
import type { EffectiveAccess } from '../../server/boards/effective-access.ts'
import type { TicketClaims } from '../../server/boards/tickets.ts'
import type { Log } from '../../server/log.ts'
import { Connection } from '../../server/sync/connection/connection.ts'
import { startHeartbeat } from '../../server/sync/connection/heartbeat.ts'
import { Rates } from '../../server/sync/connection/rates.ts'
import { createAccessWatch } from '../../server/sync/door/access-watch.ts'
import { Visit } from '../../server/sync/door/visit.ts'
import { withDefaults } from '../../server/sync/limits.ts'
import { SyncMetrics } from '../../server/sync/metrics.ts'
import { createNodeLinks } from '../../server/sync/nodes/node-links.ts'
import { createRooms, type Lease } from '../../server/sync/room/rooms.ts'
import { readStoredDocument } from '../../server/sync/room/stored-document.ts'
import { createSaver, type Saver } from '../../server/sync/saving/saver.ts'
import { identityColor } from '../../whiteboard/collab/identity.ts'
import { CloseCode } from '../../whiteboard/collab/protocol.ts'
import type { Disk } from './disk.ts'
import type { Hub } from './hub.ts'
import type { Link } from './network.ts'
import { readUngated } from './ungated.ts'
import type { World } from './world.ts'

/** Small, so that what is rare in life happens in each run. */
const limits = withDefaults({ compactAfterRows: 12, roomIdle: 2000, accessExpiry: 20_000, stopGrace: 3000 })

/** What says that something went wrong which must not. */
const alarming = /broke a room|unexpected way/

export interface NodeOptions {
  readonly world: World
  readonly disk: Disk
  readonly hub: Hub
  readonly access: (claims: TicketClaims) => EffectiveAccess
  /** A fault that is put in on purpose: frames are called saved before they are. */
  readonly savesTooEarly: boolean
  /** Another one: whatever comes is applied, whoever wrote it. */
  readonly hasNoGate: boolean
}

/** Frames are called saved as soon as they are taken. */
const impatient = (saver: Saver): Saver => ({
  ...saver,
  add: (target, novelty, author, frame) => {
    saver.add(target, novelty, author, frame)
    author.acknowledge(frame)
  },
  isFull: (boardId) => saver.isFull(boardId),
  isFailing: (boardId) => saver.isFailing(boardId),
  get unsavedBytes() {
    return saver.unsavedBytes
  },
  settled: (boardId) => saver.settled(boardId),
  drain: () => saver.drain(),
  close: () => saver.close(),
})

/** A server process: everything behind the door of the real one. */
export class ServerNode {
  isAlive = true
  readonly accessEvents: AccessEvents
  private readonly options: NodeOptions
  private readonly connections = new Set<Connection>()
  private readonly links = new Set<Link>()
  private readonly parts
  private readonly clock
  private readonly log: Log
  private isStopping = false

  constructor(options: NodeOptions) {
    this.options = options
    const { world, disk, hub } = options
    const isAlive = (): boolean => this.isAlive
    this.clock = world.clockOf(isAlive)
    this.log = this.createLog()
    const { clock, log } = this
    const bus = hub.open(isAlive)
    this.accessEvents = createAccessEvents(bus)
    const storage = disk.of(isAlive)
    const metrics = new SyncMetrics()
    const patient = createSaver({
      storage,
      limits,
      clock,
      log,
      savedLag: metrics.savedLag,
      onCommitted: () => {},
    })
    const saver = options.savesTooEarly ? impatient(patient) : patient
    const links = createNodeLinks({ bus, clock, limits, log })
    const read = options.hasNoGate ? readUngated : readStoredDocument
    const rooms = createRooms({ storage, saver, links, limits, clock, log, read })
    const access = async (claims: TicketClaims): Promise<EffectiveAccess> => {
      await world.pause(world.between(0.2, 10))
      return options.access(claims)
    }
    const watch = createAccessWatch({
      access,
      accessEvents: this.accessEvents,
      clock,
      dayClock: clock,
      limits,
      log,
    })
    const stopHeartbeat = startHeartbeat(this.connections, clock, limits)
    const rates = new Rates(clock, limits)
    this.parts = { bus, saver, links, rooms, access, watch, stopHeartbeat, rates, metrics }
  }

  /** What is still held of boards and people. */
  get isEmpty(): boolean {
    return this.parts.rooms.size === 0 && this.connections.size === 0
  }

  get isOpen(): boolean {
    return this.isAlive && !this.isStopping
  }

  /** Lets in who comes with a ticket; whoever may not is gone again at once. */
  async admit(link: Link, claims: TicketClaims): Promise<void> {
    const { watch, access } = this.parts
    this.links.add(link)
    const visit = new Visit(claims)
    watch.add(visit)
    link.socket.once('close', () => watch.remove(visit))
    const verdict = await access(claims)
    if ('denied' in verdict || !this.isOpen) {
      link.refuse()
      return
    }
    visit.granted = verdict.access
    const lease = await this.parts.rooms.acquire(claims.boardId).catch((): null => null)
    link.accept()
    if (!lease || visit.ending || !this.isOpen || link.socket.readyState !== 1) {
      lease?.release()
      link.socket.close(visit.ending?.code ?? CloseCode.overloaded)
    } else this.connect(link, visit, lease)
  }

  /** As an operator ends it. */
  async stop(): Promise<void> {
    if (this.isStopping) return
    this.isStopping = true
    const { watch, stopHeartbeat, rates, saver, rooms, links, bus } = this.parts
    watch.stop()
    stopHeartbeat()
    rates.stop()
    for (const connection of [...this.connections]) connection.end(CloseCode.restarting, 'restarting')
    const patience = new Promise<void>((resolve) => this.clock.after(limits.stopGrace, resolve))
    await Promise.race([saver.drain().then(() => rooms.close()), patience])
    links.stop()
    saver.close()
    await bus.close()
    this.kill()
  }

  /** SIGKILL. */
  kill(): void {
    this.isAlive = false
    this.options.hub.drop(this.parts.bus.node)
    for (const link of this.links) link.orphan()
  }

  private connect(link: Link, visit: Visit, lease: Lease): void {
    const { metrics, rates } = this.parts
    const { personId, name, role } = visit.claims
    const connection = new Connection({
      socket: link.socket as unknown as WebSocket,
      stream: link.stream as unknown as Socket,
      lease,
      identity: { id: personId, name, color: identityColor(personId) },
      role: role === 'viewer' ? 'viewer' : (visit.granted ?? 'viewer'),
      speaksOurs: true,
      settings: {
        limits,
        rates,
        metrics,
        clock: this.clock,
        log: this.log,
        onEnd: (ended) => void this.connections.delete(ended),
      },
    })
    visit.connection = connection
    this.connections.add(connection)
    connection.start()
  }

  private createLog(): Log {
    const quiet = (): void => {}
    const log: Log = {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (message, fields) => {
        if (!alarming.test(message)) return
        const error = fields?.error
        this.options.world.violate(`I5: ${message}: ${error instanceof Error ? error.message : error}`)
      },
      with: () => log,
    }
    return log
  }
}
