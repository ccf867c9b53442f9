import type { Socket } from 'node:net'
import type { RawData, WebSocket } from 'ws'
import { CloseCode, type Identity, type Notice, type WireRole } from '../../../whiteboard/collab/protocol.ts'
import type { Log } from '../../log.ts'
import type { Limits } from '../limits.ts'
import type { SyncMetrics } from '../metrics.ts'
import type { Clock } from '../ports.ts'
import { isIncomplete, type Member, type UpdateOutcome } from '../room/member.ts'
import type { Room } from '../room/room.ts'
import type { Lease } from '../room/rooms.ts'
import { type Message, safeClose, toMessage, withPing } from '../socket.ts'
import {
  type ClientFrame,
  decodeFrame,
  isEmptyUpdate,
  isStateVector,
  noticeFrame,
  onlyDeletes,
  presenceFrame,
  savedFrame,
  step1Frame,
} from '../wire.ts'
import type { Rates } from './rates.ts'
import { type Flooding, Reading } from './reading.ts'
import { Sending, type SlowReader } from './sending.ts'
import { type Asking, Writing } from './writing.ts'

/** What all connections share. */
export interface ConnectionSettings {
  readonly limits: Limits
  readonly rates: Rates
  readonly clock: Clock
  readonly metrics: SyncMetrics
  readonly log: Log
  /** Called once for each, as soon as it takes no more part, which may be before its socket is closed. */
  readonly onEnd: (connection: Connection) => void
}

export interface ConnectionOptions {
  readonly socket: WebSocket
  /** What the WebSocket was opened on. */
  readonly stream: Socket
  /** Of the room; the connection releases it at its end. */
  readonly lease: Lease
  readonly identity: Identity
  readonly role: WireRole
  /** Whether the client offered our subprotocol and so understands our frame kinds. */
  readonly speaksOurs: boolean
  readonly settings: ConnectionSettings
}

/** A plain y-websocket client gives up on a server that says nothing for 30 s; after the ping this says nothing, politely. */
const stillHere = withPing(toMessage(presenceFrame([])))

/** How a refused update ends the connection that it came through. */
const endings = {
  malformed: [CloseCode.malformed, 'malformed update'],
  'too-large': [CloseCode.tooLarge, 'update is too large'],
  overloaded: [CloseCode.overloaded, 'too much is waiting to be saved'],
  broken: [CloseCode.internalError, 'room is reloaded'],
  'broken-off': [CloseCode.rateLimited, 'updates take too much work'],
} as const satisfies Partial<Record<UpdateOutcome, readonly [CloseCode, string]>>

/**
 * One socket of one person on one board, from its welcome to its end. There are thousands, most of them idle: their parts
 * call them by methods, as closures and copies of options would take more than all the rest.
 */
export class Connection implements Member, Asking, SlowReader, Flooding {
  readonly identity: Identity
  readonly canWrite: boolean
  private readonly settings: ConnectionSettings
  private readonly speaksOurs: boolean
  private readonly lease: Lease
  private readonly socket: WebSocket
  private readonly reading: Reading
  private readonly sending: Sending
  private readonly writing: Writing
  private strikes = 0
  private viewerWrites = 0
  /** What there is to acknowledge once a slow reader has caught up. */
  private saved: number | null = null
  private ended = false

  constructor(options: ConnectionOptions) {
    const { socket, stream, settings } = options
    this.settings = settings
    this.speaksOurs = options.speaksOurs
    this.lease = options.lease
    this.socket = socket
    this.identity = options.identity
    this.canWrite = options.role === 'editor'
    this.writing = new Writing(this, settings.limits.incompleteFrames)
    this.sending = new Sending(socket, stream, settings, this)
    this.reading = new Reading(socket, stream, settings, this)
    const leave = (): void => this.leave()
    socket.on('message', (data, isBinary) => this.receive(data, isBinary))
    socket.on('close', leave)
    // ws reports protocol errors here and then closes by itself.
    socket.on('error', leave)
  }

  private get room(): Room {
    return this.lease.room
  }

  start(): void {
    this.notify({ type: 'welcome', role: this.canWrite ? 'editor' : 'viewer', person: this.identity })
    if (this.canWrite) this.ask()
    this.room.join(this)
  }

  send(frame: Uint8Array): void {
    if (!this.ended) this.sending.say(toMessage(frame))
  }

  deliver(message: Message): void {
    if (!this.ended) this.sending.update(message)
  }

  show(message: Message): void {
    if (!this.ended) this.sending.presence(message)
  }

  answer(messages: readonly Message[], stateVector: Uint8Array): void {
    if (!this.ended) this.sending.answer(messages, stateVector)
  }

  notify(notice: Notice): void {
    if (this.speaksOurs) this.send(noticeFrame(notice))
  }

  acknowledge(frames: number): void {
    if (!this.speaksOurs || !this.writing.maySay(frames)) return
    // Who is behind is told the newest, once.
    if (this.sending.isBehind) this.saved = frames
    else this.send(savedFrame(frames))
  }

  askAgain(): void {
    if (!this.ended) this.writing.ask()
  }

  end(code: CloseCode, reason: string): void {
    if (this.ended) return
    this.settings.metrics.closes.add(code)
    this.leave()
    // A suspended socket would not see the other side's half of the closing handshake.
    this.socket.resume()
    safeClose(this.socket, code, reason)
  }

  /** Stops reading, so that what the person sends now waits for the answer about their access. */
  suspend(): void {
    if (!this.ended) this.reading.hold('access')
  }

  resume(): void {
    if (!this.ended) this.reading.release('access')
  }

  /** One beat: ends a connection that did not answer the last one. */
  beat(now: number): void {
    if (this.ended) return
    const life = this.reading.beat(now)
    const sent = this.sending.beat(now)
    if (sent === 'stuck') this.end(CloseCode.overloaded, 'reads too slowly')
    else if (life === 'stuck') this.end(CloseCode.rateLimited, 'message takes too long')
    // An answer to a ping waits behind what is still on its way.
    else if (life === 'silent' && sent !== 'moving') this.cut()
    else this.sending.say(stillHere)
  }

  ask(): void {
    this.send(step1Frame(this.room.stateVector()))
  }

  position(): Uint8Array {
    return this.room.position()
  }

  overflowed(): void {
    this.end(CloseCode.overloaded, 'reads too slowly')
  }

  flooded(): void {
    this.end(CloseCode.rateLimited, 'too many messages')
  }

  caughtUp(stateVector: Uint8Array | null): void {
    if (this.ended) return
    const { saved } = this
    this.saved = null
    if (stateVector) this.room.catchUp(this, stateVector)
    if (saved !== null) this.send(savedFrame(saved))
    this.room.sendPresence(this)
  }

  /** Ends it without a word: nobody would hear it. */
  private cut(): void {
    this.settings.metrics.closes.add('cut')
    this.leave()
    this.socket.terminate()
  }

  private leave(): void {
    if (this.ended) return
    this.ended = true
    this.reading.stop()
    this.room.leave(this)
    this.settings.onEnd(this)
    this.lease.release()
  }

  private receive(data: RawData, isBinary: boolean): void {
    if (this.ended) return
    // Messages arrive as one Buffer each: `binaryType` is left at ws' default.
    const bytes = data as Buffer
    this.reading.message(bytes.length)
    if (!isBinary) this.end(CloseCode.malformed, 'text frame')
    else this.handle(bytes, decodeFrame(bytes))
  }

  private handle(bytes: Uint8Array, frame: ClientFrame): void {
    switch (frame.type) {
      case 'update':
        this.takeUpdate(bytes, frame)
        break
      case 'presence':
        if (this.room.takePresence(this, frame.payload)) this.settings.metrics.presence++
        else this.strike('presence')
        break
      case 'step1':
        this.answerStep1(frame.stateVector)
        break
      case 'query-presence':
        this.room.sendPresence(this)
        break
      case 'unknown':
        this.strike(`frame kind ${frame.kind}`)
        break
      case 'malformed':
        this.end(CloseCode.malformed, 'malformed frame')
    }
  }

  private answerStep1(stateVector: Uint8Array): void {
    if (!isStateVector(stateVector, this.settings.limits.stateVectorEntries + this.room.clients)) {
      this.end(CloseCode.malformed, 'malformed state vector')
      return
    }
    this.room.bringUpToDate(this, stateVector)
  }

  private takeUpdate(frame: Uint8Array, { update, isStep2 }: { update: Uint8Array; isStep2: boolean }): void {
    if (!this.canWrite) {
      this.refuseWrite(update)
      return
    }
    const number = this.writing.next()
    const { takesPart } = this.writing
    // An answer in parts ends with its deletions, which say nothing of what came before them.
    const isRest = isStep2 && onlyDeletes(update) && this.writing.isAnswerBroken
    if (isRest) this.writing.answered()
    const isWhole = isStep2 && !isRest
    const outcome = this.room.update(this, { frame, update, isStep2: isWhole, number, takesPart })
    if (outcome === 'accepted') {
      this.settings.metrics.updates++
      this.settings.metrics.updateBytes += update.length
    }
    this.respond(outcome, isWhole, number)
  }

  /** Some clients answer questions that nobody asked, with nothing: that is no attempt to write. */
  private refuseWrite(update: Uint8Array): void {
    if (isEmptyUpdate(update)) return
    this.notify({ type: 'read-only' })
    if (++this.viewerWrites > this.settings.limits.viewerWrites) {
      this.end(CloseCode.accessRemoved, 'viewers may not write')
    }
  }

  private respond(outcome: UpdateOutcome, isStep2: boolean, number: number): void {
    if (outcome === 'accepted') {
      this.writing.accepted(isStep2, number)
      return
    }
    this.settings.metrics.refusedUpdates.add(outcome)
    if (outcome === 'full') this.writing.full(isStep2, number)
    else if (isIncomplete(outcome)) this.writing.incomplete(outcome, isStep2, number)
    else {
      const [code, reason] = endings[outcome]
      this.end(code, reason)
    }
  }

  strike(what: string): void {
    this.strikes++
    this.settings.log.debug('Bad frame', { boardId: this.room.boardId, personId: this.identity.id, what })
    if (this.strikes >= this.settings.limits.strikes) this.end(CloseCode.malformed, what)
  }
}
