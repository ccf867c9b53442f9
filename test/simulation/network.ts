import { EventEmitter } from 'node:events'
import * as decoding from 'lib0/decoding'
import { FrameKind, SUBPROTOCOL, SyncKind } from '../../whiteboard/collab/protocol.ts'
import type { World } from './world.ts'

const OPEN = 1
const CLOSED = 3
const LOST = 1006
/** The opcode of a ping (RFC 6455, 5.2). */
const PING = 9

/** What stands before a message on the stream, unmasked (RFC 6455, 5.2). */
const headerLength = (message: Buffer): number => {
  const short = (message[1] ?? 0) & 0x7f
  return short < 126 ? 2 : short === 126 ? 4 : 10
}

/** The server's end, as `ws` shows it. */
export class ServerSocket extends EventEmitter {
  readonly protocol = SUBPROTOCOL
  readyState = OPEN
  private readonly link: Link
  private isPaused = false
  private readonly held: Buffer[] = []

  constructor(link: Link) {
    super()
    this.link = link
  }

  take(message: Buffer): void {
    if (this.readyState !== OPEN) return
    if (this.isPaused) this.held.push(message)
    else this.emit('message', message, true)
  }

  pause(): void {
    this.isPaused = true
  }

  resume(): void {
    this.isPaused = false
    while (!this.isPaused && this.readyState === OPEN) {
      const message = this.held.shift()
      if (!message) break
      this.emit('message', message, true)
    }
  }

  close(code: number): void {
    if (this.readyState !== OPEN) return
    this.readyState = CLOSED
    this.link.endByServer(code)
  }

  terminate(): void {
    this.close(LOST)
  }

  /** The other side is gone. */
  lose(): void {
    if (this.readyState !== OPEN) return
    this.readyState = CLOSED
    this.emit('close')
  }
}

/** What the WebSocket of the server was opened on. */
class ServerStream extends EventEmitter {
  readonly destroyed = false
  readonly writableLength = 0
  readonly writableNeedDrain = false
  bytesRead = 0
  private readonly link: Link

  constructor(link: Link) {
    super()
    this.link = link
  }

  write(message: Buffer): boolean {
    // Several messages may be written at once.
    for (let rest = message; rest.length > 0; ) {
      const header = headerLength(rest)
      const length =
        header === 2
          ? (rest[1] ?? 0) & 0x7f
          : header === 4
            ? rest.readUInt16BE(2)
            : Number(rest.readBigUInt64BE(2))
      if (((rest[0] ?? 0) & 0x0f) === PING) this.link.ping()
      else this.link.toClient(rest.subarray(header, header + length))
      rest = rest.subarray(header + length)
    }
    return true
  }

  cork(): void {}
  uncork(): void {}
}

/** The client's end. */
export interface ClientEnd {
  opened(): void
  took(message: Uint8Array): void
  closed(code: number): void
}

/** What is watched of a connection. */
export interface Tap {
  /** The server has said that so many of the update frames that reached it are saved. */
  acknowledged(updates: readonly Uint8Array[]): void
  /** Whether this frame to the client gets lost without anybody noticing: a fault that is put in on purpose. */
  loses(message: Uint8Array): boolean
}

const updateIn = (message: Uint8Array): Uint8Array | null => {
  if (message[0] !== FrameKind.sync || message[1] === SyncKind.step1) return null
  const decoder = decoding.createDecoder(message.subarray(2))
  try {
    return decoding.readVarUint8Array(decoder)
  } catch {
    return null
  }
}

/**
 * One connection: messages arrive in order, after a while. It may be cut, which both ends hear of sooner or later, or go
 * dead, which nobody hears of.
 */
export class Link {
  readonly socket: ServerSocket
  readonly stream: ServerStream
  private readonly world: World
  private readonly client: ClientEnd
  private readonly tap: Tap
  private readonly latency: number
  private readonly updates: Uint8Array[] = []
  private acknowledged = 0
  private lastToServer = 0
  private lastToClient = 0
  private isDead = false
  private isOver = false

  constructor(world: World, client: ClientEnd, tap: Tap) {
    this.world = world
    this.client = client
    this.tap = tap
    this.latency = world.between(1, 120)
    this.socket = new ServerSocket(this)
    this.stream = new ServerStream(this)
  }

  toServer(message: Uint8Array): void {
    const copy = Buffer.from(message)
    this.lastToServer = this.arrival(this.lastToServer)
    this.carry(this.lastToServer, () => {
      const update = updateIn(copy)
      if (update) this.updates.push(update)
      this.stream.bytesRead += copy.length + 6
      this.socket.take(copy)
    })
  }

  toClient(message: Uint8Array): void {
    const copy = new Uint8Array(message)
    if (copy[0] === FrameKind.saved) this.noteSaved(copy)
    if (this.tap.loses(copy)) return
    this.lastToClient = this.arrival(this.lastToClient)
    this.carry(this.lastToClient, () => this.client.took(copy))
  }

  /** The server has agreed: the client may talk. */
  accept(): void {
    this.lastToClient = this.arrival(this.lastToClient)
    this.carry(this.lastToClient, () => this.client.opened())
  }

  /** The server has said no, or there is none. */
  refuse(): void {
    if (this.isOver) return
    this.over()
    this.socket.readyState = CLOSED
    this.world.after(this.latency, () => this.client.closed(LOST))
  }

  ping(): void {
    this.carry(this.world.now() + 2 * this.latency, () => this.socket.emit('pong', Buffer.alloc(0)))
  }

  /** The client leaves. */
  leave(): void {
    this.over()
    this.world.after(this.latency, () => this.socket.lose())
  }

  endByServer(code: number): void {
    const isDead = this.isDead
    this.over()
    this.world.after(0, () => this.socket.emit('close'))
    const arrival = this.arrival(this.lastToClient)
    if (!isDead) this.world.after(arrival - this.world.now(), () => this.client.closed(code))
  }

  /** Both ends hear of it, each after a while; what was under way is lost. */
  cut(): void {
    this.over()
    this.world.after(this.world.between(0, 500), () => this.client.closed(LOST))
    this.world.after(this.world.between(0, 500), () => this.socket.lose())
  }

  /** Nothing comes through any more, and neither end is told. */
  die(): void {
    this.isDead = true
  }

  /** The server's process is gone: its end hears of nothing any more. */
  orphan(): void {
    if (this.isOver) return
    this.over()
    this.socket.readyState = CLOSED
    this.world.after(this.world.between(0, 300), () => this.client.closed(LOST))
  }

  private over(): void {
    this.isOver = true
    this.isDead = true
  }

  private arrival(before: number): number {
    return Math.max(before, this.world.now() + this.latency * this.world.between(0.8, 1.5))
  }

  private carry(at: number, deliver: () => void): void {
    if (this.isDead) return
    this.world.after(at - this.world.now(), () => {
      if (!this.isDead) deliver()
    })
  }

  private noteSaved(message: Uint8Array): void {
    const frames = decoding.readVarUint(decoding.createDecoder(message.subarray(1)))
    if (frames > this.acknowledged) this.tap.acknowledged(this.updates.slice(this.acknowledged, frames))
    this.acknowledged = Math.max(frames, this.acknowledged)
  }
}
