import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { Limits } from '../limits.ts'
import type { SyncMetrics } from '../metrics.ts'
import { type Clock, LONG_AGO } from '../ports.ts'
import type { Message } from '../socket.ts'

interface Settings {
  readonly limits: Limits
  readonly metrics: SyncMetrics
  readonly clock: Clock
}

/** The connection whose client may turn out to read slowly. */
export interface SlowReader {
  /** The state vector of who has got all updates but the one that is being passed on. */
  position(): Uint8Array
  /** The client has taken all that was written. What it lacks now is what came after `stateVector`, if that is not null. */
  caughtUp(stateVector: Uint8Array | null): void
  /** More is waiting than may be. */
  overflowed(): void
}

interface Handle {
  readonly bytesWritten: number
  readonly writeQueueSize: number
}

/** How many bytes the operating system has taken. Node tells of a write only when all of it was. */
const takenBytes = (stream: object): number => {
  const handle = (stream as { readonly _handle?: Partial<Handle> | null })._handle
  return (handle?.bytesWritten ?? 0) - (handle?.writeQueueSize ?? 0)
}

/**
 * What goes out over one socket. For a reader who is slow presence is left out first; when a mebibyte waits nothing more of
 * the board is written either, and once that is taken the reader gets what it lacks by then, in one piece.
 */
export class Sending {
  private readonly socket: WebSocket
  private readonly stream: Pick<Socket, 'write' | 'writableLength' | 'once'>
  private readonly settings: Settings
  private readonly reader: SlowReader
  /** What one who is behind will have once all is taken that was written; null for one who keeps up. */
  private behind: Uint8Array | null = null
  private missedPresence = false
  private watchesDrain = false
  /** Bytes that may wait because the client asked for them. */
  private asked = 0
  private takenAtBeat = 0
  private movedAt = LONG_AGO

  /** @param stream what the WebSocket was opened on */
  constructor(
    socket: WebSocket,
    stream: Pick<Socket, 'write' | 'writableLength' | 'once'>,
    settings: Settings,
    reader: SlowReader,
  ) {
    this.socket = socket
    this.stream = stream
    this.settings = settings
    this.reader = reader
  }

  get isBehind(): boolean {
    return this.behind !== null
  }

  /** What must not be left out; short. */
  say(message: Message): void {
    const { stream } = this
    const { limits } = this.settings
    if (stream.writableLength > limits.sendMost + this.asked) this.reader.overflowed()
    else this.write(message)
  }

  /** A change of the board. */
  update(message: Message): void {
    const { stream } = this
    const { limits } = this.settings
    if (this.behind) return
    if (stream.writableLength <= limits.sendBuffer + this.asked) {
      this.write(message)
      return
    }
    this.fallBehind()
  }

  /** What others show. */
  presence(message: Message): void {
    const { stream } = this
    const { limits, metrics } = this.settings
    if (!this.behind && stream.writableLength <= limits.sendPresence) {
      this.write(message)
      return
    }
    metrics.presenceDropped++
    this.missedPresence = true
    this.watchDrain()
  }

  /**
   * What the client has asked for, having `stateVector`. Who is behind, or has hardly taken the answer before, gets it
   * later: asking without reading piles nothing up.
   */
  answer(messages: readonly Message[], stateVector: Uint8Array): void {
    if (this.behind) {
      this.behind = new Uint8Array(stateVector)
      return
    }
    if (this.asked > 0 && this.stream.writableLength > this.settings.limits.sendBuffer) {
      this.fallBehind()
      return
    }
    for (const message of messages) {
      this.asked += message.length
      this.write(message)
    }
    if (this.stream.writableLength === 0) this.asked = 0
    else this.watchDrain()
  }

  /** One beat of the heart; how those stand who have not taken everything. */
  beat(now: number): 'idle' | 'moving' | 'stuck' {
    const { stream } = this
    const { limits } = this.settings
    const taken = takenBytes(stream)
    const hasMoved = taken > this.takenAtBeat
    this.takenAtBeat = taken
    if (hasMoved || !this.behind) this.movedAt = now
    if (now - this.movedAt >= limits.sendDeadline) return 'stuck'
    return hasMoved && stream.writableLength > 0 ? 'moving' : 'idle'
  }

  private fallBehind(): void {
    this.settings.metrics.fellBehind++
    this.behind = this.reader.position()
    this.movedAt = this.settings.clock.now()
    this.watchDrain()
  }

  private write(message: Message): void {
    const { socket, stream } = this
    const { metrics } = this.settings
    if (socket.readyState !== WebSocket.OPEN) return
    metrics.framesOut++
    metrics.bytesOut += message.length
    stream.write(message)
  }

  private watchDrain(): void {
    if (this.watchesDrain) return
    this.watchesDrain = true
    this.stream.once('drain', () => this.drained())
  }

  private drained(): void {
    const { behind, missedPresence } = this
    this.watchesDrain = false
    this.asked = 0
    this.behind = null
    this.missedPresence = false
    if (behind || missedPresence) this.reader.caughtUp(behind)
  }
}
