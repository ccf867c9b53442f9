import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Limits } from '../limits.ts'
import { Meter, type MeterEvents, type Rates } from './rates.ts'

/** Why nothing is read from a socket for now; each is one bit, since there are thousands of connections. */
const holdBits = { access: 1, rate: 2 } as const
type Hold = keyof typeof holdBits

export type SignOfLife =
  | 'alive'
  /** No ping was answered, and nothing else came. */
  | 'silent'
  /** A message was begun long ago and hardly gets any longer. */
  | 'stuck'

/** The connection that is read from. */
export interface Flooding {
  /** Far too much came for far too long. */
  flooded(): void
}

/** A frame of a client with less than 126 bytes has two bytes of header and four of mask (RFC 6455, 5.2). */
const CONTROL_HEADER = 6

/** What comes in over one socket: how much, how fast, when to stop reading for a while, and whether there is any life. */
export class Reading implements MeterEvents {
  private readonly socket: WebSocket
  private readonly stream: Pick<Socket, 'bytesRead'>
  private readonly limits: Limits
  private readonly connection: Flooding
  private readonly meter: Meter
  private holds = 0
  private answered = true
  /** What had been read when the last message was whole, and what pings and pongs took since. */
  private bytesAtWhole = 0
  private controlBytes = 0
  private bytesAtBeat = 0
  private unfinishedSince: number | null = null

  /** @param stream what the WebSocket was opened on: it alone knows of the bytes of a message that is not whole yet */
  constructor(
    socket: WebSocket,
    stream: Pick<Socket, 'bytesRead'>,
    { limits, rates }: { readonly limits: Limits; readonly rates: Rates },
    connection: Flooding,
  ) {
    this.socket = socket
    this.stream = stream
    this.limits = limits
    this.connection = connection
    this.meter = new Meter(rates, this)
    const onControl = (data: Buffer): void => this.control(data)
    socket.on('ping', onControl)
    socket.on('pong', onControl)
  }

  /** Counts a whole message. What the process has read already is handled even if reading stops now: nothing is lost. */
  message(bytes: number): void {
    this.answered = true
    this.bytesAtWhole = this.stream.bytesRead
    this.controlBytes = 0
    this.unfinishedSince = null
    if (!this.meter.take(bytes)) this.hold('rate')
  }

  refilled(): void {
    this.release('rate')
  }

  flooded(): void {
    this.connection.flooded()
  }

  hold(reason: Hold): void {
    this.holds |= holdBits[reason]
    this.socket.pause()
  }

  release(reason: Hold): void {
    // Their answer to a ping may wait among what was not read.
    if (this.holds !== 0) this.answered = true
    this.holds &= ~holdBits[reason]
    if (this.holds === 0) this.socket.resume()
  }

  /** One beat of the heart; what there was of life since the last. */
  beat(now: number): SignOfLife {
    const { limits, stream } = this
    const came = stream.bytesRead - this.bytesAtBeat
    this.bytesAtBeat = stream.bytesRead
    const isStuck = this.isStuck(now)
    // A large message over a slow line has no room for pongs until it is whole.
    const isLoading = came * 1000 >= limits.slowestMessage * limits.heartbeat
    const isAlive = this.answered || isLoading || this.holds !== 0
    this.answered = false
    if (isStuck) return 'stuck'
    return isAlive ? 'alive' : 'silent'
  }

  stop(): void {
    this.meter.stop()
  }

  private control(data: Buffer): void {
    this.answered = true
    this.controlBytes += CONTROL_HEADER + data.length
    this.meter.takeControl()
  }

  private isStuck(now: number): boolean {
    const { limits, stream } = this
    const unfinished = stream.bytesRead - this.bytesAtWhole - this.controlBytes
    if (unfinished <= 0 || this.holds !== 0) {
      this.unfinishedSince = null
      return false
    }
    this.unfinishedSince ??= now
    const age = now - this.unfinishedSince
    return age >= limits.messageDeadline && unfinished * 1000 < limits.slowestMessage * age
  }
}
