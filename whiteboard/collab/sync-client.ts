import { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { origins } from '../model/document.ts'
import { type ChangeLedger, createChangeLedger } from './change-ledger.ts'
import { browserClock, type Clock } from './clock.ts'
import { afterNoTicket, type Consequence, consequenceOf } from './closing.ts'
import { Comeback } from './comeback.ts'
import type { DeviceCopy } from './device-copy.ts'
import { createDeviceReading, type DeviceReading } from './device-reading.ts'
import { createIntake, type Intake } from './intake.ts'
import { createLiveness, type Liveness } from './liveness.ts'
import type { OutgoingFrame } from './outgoing-frames.ts'
import type { Identity, WireRole } from './protocol.ts'
import { type Connected, isSameStatus, type Phase, statusOf } from './sync-phase.ts'
import { createTransport, type Transport } from './transport.ts'
import type { SyncClient, SyncEnd, SyncStatus, TicketAnswer, TicketGrant } from './types.ts'
import { browserWakeEvents, type WakeEvents } from './wake-events.ts'

/** How long a ticket, and then the first state from the server, may take, in milliseconds. */
const TICKET_LIMIT = 15_000
const JOIN_LIMIT = 30_000

/** User Timing: the document's bytes are here, from the device or the server. */
const RECEIVED = 'drawbridge:document-received'

export interface SyncClientOptions {
  readonly doc: Y.Doc
  readonly boardId: string
  /** Asked before each attempt: a ticket opens one connection. */
  readonly requestTicket: () => Promise<TicketAnswer>
  /** Not yet opened: the client opens and closes it. */
  readonly deviceCopy?: DeviceCopy | undefined
  readonly clock?: Clock
  /** From 0 to 1. */
  readonly random?: () => number
  readonly WebSocketPolyfill?: typeof WebSocket
  readonly onlineEvents?: WakeEvents
}

export interface BoardSyncClient extends SyncClient {
  readonly boardId: string
  readonly awareness: Awareness
  /** Rows of the copy on this device that could not be read and were set aside. */
  readonly damagedRows: number
}

class BoardSync implements BoardSyncClient {
  readonly boardId: string
  readonly awareness: Awareness
  status: SyncStatus = { state: 'connecting', unsaved: 0 }
  role: WireRole | null = null
  identity: Identity | null = null
  loaded = false

  private readonly doc: Y.Doc
  private readonly options: SyncClientOptions
  private readonly clock: Clock
  private readonly copy: DeviceCopy | undefined
  private readonly ledger: ChangeLedger = createChangeLedger()
  private readonly listeners = new Set<() => void>()
  private readonly intake: Intake = createIntake()
  private readonly transport: Transport
  private readonly liveness: Liveness
  private readonly endWakeEvents: () => void
  /** Resolves when what the device kept is in the document, or nothing is to be had from it. */
  private readonly firstRead: Promise<void>
  private readonly reading: DeviceReading | null
  private isRead: boolean
  private hasReceived = false
  private phase: Phase = { type: 'new' }
  private readonly comeback: Comeback

  constructor(options: SyncClientOptions) {
    const { doc, boardId, deviceCopy, clock = browserClock, onlineEvents = browserWakeEvents } = options
    this.options = options
    this.doc = doc
    this.boardId = boardId
    this.clock = clock
    this.comeback = new Comeback(options.random ?? Math.random)
    this.copy = deviceCopy
    this.awareness = new Awareness(doc)
    doc.on('afterTransactionCleanup', this.keepShowing)
    // Before the transport listens: a change is counted, and on its way to the device, when its frame goes out.
    doc.on('update', this.onUpdate)
    this.transport = this.createTransport()
    this.liveness = createLiveness(clock, {
      probe: () => this.transport.probe(),
      owed: () => this.ledger.unsaved > 0,
      dead: () => this.transport.leave(),
    })
    this.reading = deviceCopy ? this.createReading(deviceCopy) : null
    this.isRead = deviceCopy === undefined
    this.firstRead = this.openDevice()
    this.endWakeEvents = onlineEvents(
      () => this.wake(),
      () => this.cutOff(),
    )
    this.attempt(this.firstRead)
  }

  get deviceCopy(): boolean {
    return this.copy?.available ?? false
  }

  get damagedRows(): number {
    return this.copy?.damaged ?? 0
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  whenSaved(): Promise<void> {
    return this.isRead ? this.whenLedgerSaved() : this.firstRead.then(() => this.whenLedgerSaved())
  }

  retry(): void {
    if (this.phase.type !== 'waiting' && this.phase.type !== 'ended') return
    this.comeback.startOver()
    this.attempt(this.reading?.ahead())
  }

  dispose(): void {
    if (this.phase.type === 'disposed') return
    this.enter({ type: 'disposed' })
    this.listeners.clear()
    this.endWakeEvents()
    this.liveness.stop()
    this.intake.stop()
    this.transport.destroy()
    this.awareness.destroy()
    this.doc.off('update', this.onUpdate)
    this.doc.off('afterTransactionCleanup', this.keepShowing)
    this.ledger.abandon(new Error('The board was closed before its changes were saved'))
    void this.copy?.close()
  }

  private createReading(copy: DeviceCopy): DeviceReading {
    return createDeviceReading({
      doc: this.doc,
      copy,
      intake: this.intake,
      quietly: (work) => this.quietly(work),
      isOver: () => this.phase.type === 'disposed',
      found: (unsaved) => {
        this.received()
        return this.ledger.add(unsaved)
      },
      done: () => {
        this.loaded = true
        this.refresh()
        this.publish()
      },
    })
  }

  private createTransport(): Transport {
    const { WebSocketPolyfill = globalThis.WebSocket } = this.options
    return createTransport({
      doc: this.doc,
      awareness: this.awareness,
      WebSocketPolyfill,
      intake: this.intake,
      quietly: (work) => this.quietly(work),
      events: {
        received: () => this.received(),
        applied: (update) => this.copy?.addRemote(update),
        heard: () => this.liveness.heard(),
        welcomed: (role, person) => this.welcomed(role, person),
        sending: (frame) => this.sending(frame),
        synced: () => this.synced(),
        saved: (frames) => this.saved(frames),
        storage: (storageFailing) => this.told({ storageFailing }),
        size: (size) => this.told({ size }),
        closed: (code) => this.lost(code),
      },
    })
  }

  /** Nobody is told of updates, which Yjs would have to encode for it: they were encoded when they came. */
  private quietly(work: () => void): void {
    if (this.phase.type === 'disposed') {
      work()
      return
    }
    this.doc.off('update', this.onUpdate)
    const listenAgain = this.transport.mute()
    try {
      work()
    } finally {
      this.doc.on('update', this.onUpdate)
      listenAgain()
    }
  }

  private received(): void {
    if (!this.hasReceived) performance.mark(RECEIVED)
    this.hasReceived = true
  }

  /** Yjs takes another client id when somebody else has written under this one: what is shown goes with it. */
  private readonly keepShowing = (): void => {
    const { awareness, doc } = this
    if (awareness.clientID === doc.clientID) return
    const shown = awareness.getLocalState()
    awareness.setLocalState(null)
    awareness.clientID = doc.clientID
    awareness.setLocalState(shown)
  }

  private readonly onUpdate = (
    update: Uint8Array,
    origin: unknown,
    _doc: Y.Doc,
    transaction: Y.Transaction,
  ): void => {
    if (origin === origins.load && !transaction.local) return
    if (transaction.local) {
      const change = this.ledger.add(1)
      this.copy?.addLocal(update, change)
      this.refresh()
    } else {
      this.copy?.addRemote(update)
    }
  }

  private enter(next: Phase): void {
    const previous = this.phase
    this.phase = next
    if ('cancel' in previous) previous.cancel()
    this.refresh()
  }

  private refresh(): void {
    const next = statusOf(this.phase, { unsaved: this.ledger.unsaved, cause: this.comeback.cause })
    if (isSameStatus(this.status, next)) return
    this.status = next
    this.publish()
  }

  private publish(): void {
    for (const listener of [...this.listeners]) listener()
  }

  private async openDevice(): Promise<void> {
    await this.copy?.open(
      async () => this.reading?.encodeState() ?? null,
      () => this.copyChanged(),
    )
    await this.reading?.ahead()
    this.isRead = true
  }

  private copyChanged(): void {
    // A database that opened late still has what earlier tabs left in it.
    if (this.isRead && this.deviceCopy) void this.reading?.late()
    this.publish()
  }

  /** @param prepared what the device has to give before a connection is worth it */
  private attempt(prepared?: Promise<void>): void {
    const mine: Phase = { type: 'asking', cancel: this.clock.after(TICKET_LIMIT, () => this.lost(null)) }
    this.enter(mine)
    void Promise.all([this.askTicket(), prepared]).then(([answer]) => {
      if (this.phase === mine) this.answered(answer)
    })
  }

  private async askTicket(): Promise<TicketAnswer> {
    try {
      return await this.options.requestTicket()
    } catch {
      return { type: 'unreachable' }
    }
  }

  private answered(answer: TicketAnswer): void {
    if (answer.type === 'granted') this.join(answer.grant)
    else if (answer.type === 'refused') this.finish(answer.reason)
    else this.follow(afterNoTicket(answer.cause ?? 'unreachable'))
  }

  private join(grant: TicketGrant): void {
    this.ledger.connected()
    const cancel = this.clock.after(JOIN_LIMIT, () => this.transport.leave())
    this.enter({ type: 'joining', cancel, welcomed: false, storageFailing: false })
    this.liveness.start()
    this.transport.join(grant)
  }

  private welcomed(role: WireRole, person: Identity): void {
    this.role = role
    this.identity = person
    if (this.phase.type === 'joining') this.phase = { ...this.phase, welcomed: true }
    this.refresh()
    this.publish()
  }

  private sending({ complete, news }: NonNullable<OutgoingFrame['update']>): void {
    // The server lacks something that nobody waits for (it lost it, say): it is not saved until this frame is.
    if (news && this.ledger.unsaved === 0) this.ledger.add(1)
    this.ledger.sent(complete)
    this.liveness.sent()
    this.refresh()
  }

  private synced(): void {
    if (this.phase.type !== 'joining') return
    this.loaded = true
    this.comeback.online()
    const { storageFailing, size } = this.phase
    this.enter({ type: 'online', since: this.clock.now(), storageFailing, size })
    this.publish()
  }

  private saved(frames: number): void {
    this.ledger.saved(frames)
    this.copy?.markSaved(this.ledger.durable)
    this.refresh()
  }

  private told(news: Partial<Connected>): void {
    if (this.phase.type !== 'joining' && this.phase.type !== 'online') return
    this.phase = { ...this.phase, ...news }
    this.refresh()
  }

  private lost(code: number | null): void {
    this.liveness.stop()
    const { phase } = this
    if (phase.type !== 'disposed' && phase.type !== 'ended') this.follow(consequenceOf(code))
  }

  private follow(consequence: Consequence): void {
    if (consequence.type === 'end') this.finish(consequence.reason)
    else this.waitFor(consequence)
  }

  private waitFor(consequence: Exclude<Consequence, { type: 'end' }>): void {
    const { phase, clock } = this
    const delay = this.comeback.after(consequence, phase.type === 'online' ? clock.now() - phase.since : 0)
    const cancel = clock.after(delay, () => this.attempt(this.reading?.ahead()))
    this.enter({ type: 'waiting', cancel, retryAt: clock.now() + delay })
  }

  private finish(reason: SyncEnd): void {
    this.enter({ type: 'ended', reason })
    this.ledger.abandon(new Error(`The board can no longer be saved from here: ${reason}`))
  }

  private whenLedgerSaved(): Promise<void> {
    const isOver = this.phase.type === 'ended' || this.phase.type === 'disposed'
    if (isOver && this.ledger.unsaved > 0) {
      return Promise.reject(new Error('The changes cannot be saved from here'))
    }
    return this.ledger.whenSaved()
  }

  private wake(): void {
    this.comeback.network(true)
    if (this.phase.type === 'waiting') this.attempt(this.reading?.ahead())
    else this.liveness.check()
  }

  /** The connection may still be good, to a server on this device, say: it is asked. */
  private cutOff(): void {
    this.comeback.network(false)
    this.liveness.check(true)
  }
}

/**
 * Keeps a document, the copy of it on this device and the board on the server the same, and tells the truth about how
 * far that is. Begins at once; see README.md for the promises.
 */
export const createSyncClient = (options: SyncClientOptions): BoardSyncClient => new BoardSync(options)
