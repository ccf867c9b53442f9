import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

/** Data is read into it and handled before the next read, whichever socket it is of. */
const shared = Buffer.allocUnsafeSlow(256 * 1024)
/** Messages beyond this are put together in a buffer of their own. */
const LARGE = 64 * 1024

const Opcode = { binary: 2, close: 8, ping: 9, pong: 10 } as const

/** A client's frame. What a client sends is masked; the mask may be any. */
const frameOf = (opcode: number, payload: Uint8Array): Buffer => {
  const { length } = payload
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + 4 + length)
  frame[0] = 0x80 | opcode
  frame[1] = 0x80 | (header === 2 ? length : header === 4 ? 126 : 127)
  if (header === 4) frame.writeUInt16BE(length, 2)
  if (header === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  const mask = [0x5a, 0xc3, 0x96, 0x0f] as const
  frame.set(mask, header)
  const start = header + 4
  for (let index = 0; index < length; index++) {
    frame[start + index] = (payload[index] ?? 0) ^ (mask[(index & 3) as 0 | 1 | 2 | 3] ?? 0)
  }
  return frame
}

export interface Address {
  readonly port: number
  readonly path: string
  readonly protocols: readonly string[]
}

/**
 * A WebSocket client that costs next to nothing: whole frames are cut out of what was read, without a copy, and given to
 * `onMessage` with a view that is only good until it returns.
 */
export class LoadSocket {
  onMessage: (payload: Buffer) => void = () => {}
  /** Why it is closed; null while it is open. */
  ended: string | null = null
  /** What the server closed it with; null while it is open, and when it was cut. */
  code: number | null = null
  onEnd: () => void = () => {}
  private readonly socket: Socket
  private opened: (() => void) | null = null
  private head = ''
  /** The beginning of a frame that was not all there. */
  private rest: Buffer | null = null
  private large: { readonly payload: Buffer; readonly opcode: number; filled: number } | null = null

  private constructor({ port, path, protocols }: Address, settle: (error: Error | null) => void) {
    this.opened = () => settle(null)
    const take = (length: number): boolean => {
      this.take(shared.subarray(0, length))
      return true
    }
    this.socket = connect({ port, host: '127.0.0.1', onread: { buffer: shared, callback: take } })
    this.socket.setNoDelay(true)
    const end = (reason: string) => {
      this.ended ??= reason
      settle(new Error(`No connection to ${path}: ${this.ended}`))
    }
    this.socket.on('error', ({ message }) => end(message))
    this.socket.on('close', () => {
      end('closed')
      this.onEnd()
    })
    const key = randomBytes(16).toString('base64')
    const subprotocol = protocols.length > 0 ? `Sec-WebSocket-Protocol: ${protocols.join(', ')}\r\n` : ''
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n${subprotocol}\r\n`,
    )
  }

  /** Resolves when the server has agreed, before it has read anything that came after. */
  static open(address: Address, prepare: (socket: LoadSocket) => void): Promise<LoadSocket> {
    return new Promise((resolve, reject) => {
      const socket = new LoadSocket(address, (error) => (error ? reject(error) : resolve(socket)))
      prepare(socket)
    })
  }

  send(payloads: readonly Uint8Array[]): void {
    if (this.ended !== null) return
    const [only] = payloads
    const frames = payloads.map((payload) => frameOf(Opcode.binary, payload))
    const [frame = Buffer.alloc(0)] = frames
    if (only) this.socket.write(frames.length === 1 ? frame : Buffer.concat(frames))
  }

  close(): void {
    this.ended ??= 'closed here'
    this.socket.destroy()
  }

  private take(chunk: Buffer): void {
    if (this.opened) this.takeHead(chunk)
    else this.takeFrames(this.finishLarge(chunk))
  }

  private takeHead(chunk: Buffer): void {
    this.head += chunk.toString('latin1')
    const end = this.head.indexOf('\r\n\r\n')
    if (end < 0) return
    if (!this.head.startsWith('HTTP/1.1 101')) {
      this.ended = this.head.slice(0, 300)
      this.socket.destroy()
      return
    }
    this.opened?.()
    this.opened = null
    this.takeFrames(Buffer.from(this.head.slice(end + 4), 'latin1'))
    this.head = ''
  }

  /** Returns what is left of the chunk once the large message that is under way has its part. */
  private finishLarge(chunk: Buffer): Buffer {
    const { large } = this
    if (!large) return chunk
    const used = chunk.copy(large.payload, large.filled)
    large.filled += used
    if (large.filled === large.payload.length) {
      this.large = null
      this.handle(large.opcode, large.payload)
    }
    return chunk.subarray(used)
  }

  private takeFrames(chunk: Buffer): void {
    const data = this.rest ? Buffer.concat([this.rest, chunk]) : chunk
    this.rest = null
    let offset = 0
    for (;;) {
      const next = this.takeFrame(data, offset)
      if (next === offset) break
      offset = next
    }
    if (offset < data.length) this.rest = Buffer.from(data.subarray(offset))
  }

  /** Returns where the next frame begins; the same place when this one is not all there. */
  private takeFrame(data: Buffer, offset: number): number {
    const there = data.length - offset
    if (there < 2) return offset
    const short = (data[offset + 1] ?? 0) & 0x7f
    const header = short < 126 ? 2 : short === 126 ? 4 : 10
    if (there < header) return offset
    const length =
      header === 2
        ? short
        : header === 4
          ? data.readUInt16BE(offset + 2)
          : Number(data.readBigUInt64BE(offset + 2))
    const opcode = (data[offset] ?? 0) & 0x0f
    const start = offset + header
    if (there >= header + length) {
      this.handle(opcode, data.subarray(start, start + length))
      return start + length
    }
    if (length < LARGE) return offset
    const payload = Buffer.allocUnsafe(length)
    this.large = { payload, opcode, filled: data.copy(payload, 0, start) }
    return data.length
  }

  private handle(opcode: number, payload: Buffer): void {
    if (opcode === Opcode.binary) this.onMessage(payload)
    else if (opcode === Opcode.ping) this.socket.write(frameOf(Opcode.pong, payload))
    else if (opcode === Opcode.close) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
      this.code = code
      this.ended ??= `closed by the server: ${code} ${payload.subarray(2).toString()}`
      this.socket.destroy()
    }
  }
}
