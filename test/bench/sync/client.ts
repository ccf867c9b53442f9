import * as decoding from 'lib0/decoding'
import type { Speech } from './dialects.ts'
import { LoadSocket } from './load-socket.ts'
import { creation, cursorState, FIRST_MOVE, filling, movement } from './mover.ts'
import type { Receiver, Sender, Tally } from './tally.ts'

/** A Yjs update that says nothing. */
const NOTHING = new Uint8Array([0, 0])

/** What a client learns besides updates and states. */
export interface ClientEvents {
  /** The whole state came: the answer to the first question. `update` is where it stands in the message. */
  onState?(message: Buffer, body: number): void
  /** So many of its update frames are on disk. */
  onSaved?(frames: number, client: Client): void
  /** The connection is no more. The code is null when it was cut. */
  onEnd?(code: number | null): void
}

/** Somebody on a board, who draws nothing: they send what they are told to and count what comes. */
export class Client implements Receiver {
  readonly own: Sender | null
  readonly seen: Int32Array
  recent = 0
  /** When each update frame was sent, the first at 1. */
  readonly frameSentAt: number[] = [0]
  private readonly speech: Speech
  private readonly tally: Tally
  private readonly events: ClientEvents
  private socket: LoadSocket | null = null
  private clock = 0
  private shownClock = 0
  private joined: () => void = () => {}
  private answered = false

  constructor(options: {
    speech: Speech
    tally: Tally
    own: Sender | null
    senders: number
    events?: ClientEvents
  }) {
    this.speech = options.speech
    this.tally = options.tally
    this.own = options.own
    this.seen = new Int32Array(options.senders)
    this.events = options.events ?? {}
  }

  /** Resolves when the server has told what there is. */
  async join(port: number): Promise<void> {
    const { path, protocols, opening, answers } = this.speech
    const joined = new Promise<void>((resolve) => {
      this.joined = resolve
    })
    const socket = await LoadSocket.open({ port, path, protocols }, (opened) => {
      this.socket = opened
      opened.onMessage = (message) => this.take(message)
      opened.onEnd = () => this.events.onEnd?.(opened.code)
    })
    socket.send(opening)
    if (!answers) return
    const late = new Promise<never>((_resolve, reject) => {
      setTimeout(() => reject(new Error(`No answer on ${path} after 30 s`)), 30_000).unref()
    })
    await Promise.race([joined, late])
  }

  /** Why the connection is no more; null while it is. */
  get ended(): string | null {
    return this.socket?.ended ?? null
  }

  leave(): void {
    this.socket?.close()
  }

  sendUpdate(update: Uint8Array): void {
    this.frameSentAt.push(performance.now())
    this.socket?.send([this.speech.update(update)])
  }

  /** Sends any bytes. */
  sendFrame(frame: Uint8Array): void {
    this.socket?.send([frame])
  }

  /** Goes on with the element that was made over another connection. */
  resume(): void {
    this.clock = this.own?.sentAt.length ?? 0
    this.shownClock = this.clock
  }

  create(): void {
    if (!this.own) return
    this.tally.sent(this.own, 0, performance.now())
    this.tally.sent(this.own, 1, performance.now())
    this.clock = FIRST_MOVE
    this.sendUpdate(creation(this.own.client, `e${this.own.client}`))
  }

  /** Moves the element so many times, each in a message of its own. */
  move(times: number): void {
    const { own } = this
    if (!own) return
    const now = performance.now()
    const messages: Uint8Array[] = []
    for (let count = 0; count < times; count++) {
      this.tally.sent(own, this.clock, now)
      this.frameSentAt.push(now)
      messages.push(this.speech.update(movement(own.client, this.clock++)))
    }
    this.socket?.send(messages)
  }

  /** Writes so many bytes on the element, in place of those before. */
  fill(bytes: number): void {
    const { own } = this
    if (own) this.sendUpdate(filling(own.client, this.clock++, bytes))
  }

  /** Shows the cursor somewhere else. */
  point(): void {
    const { own } = this
    if (!own) return
    this.shownClock++
    this.tally.sent(own, this.shownClock, performance.now())
    const state = cursorState(own.client, this.shownClock, `Guest ${own.slot}`)
    this.socket?.send([this.speech.presence(state)])
  }

  private take(message: Buffer): void {
    const { type, body } = this.speech.read(message)
    switch (type) {
      case 'update':
        this.tally.takeUpdate(this, message, body)
        break
      case 'presence':
        this.tally.takePresence(this, message, body)
        break
      case 'saved':
        this.events.onSaved?.(decoding.readVarUint(decoding.createDecoder(message.subarray(body))), this)
        break
      case 'step1':
        this.answer()
        break
      case 'step2':
        this.events.onState?.(message, body)
        this.joined()
    }
  }

  private answer(): void {
    if (this.answered) return
    this.answered = true
    this.frameSentAt.push(performance.now())
    this.socket?.send([this.speech.step2(NOTHING)])
  }
}
