import { connect, type Socket } from 'node:net'
import { SUBPROTOCOL, syncPath, TICKET_PREFIX } from '../../whiteboard/collab/protocol.ts'
import type { TestSyncServer } from './ws-server.ts'

/** Opcodes of RFC 6455, 5.2. */
export const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const

export interface FrameOptions {
  readonly opcode?: number
  /** Whether it is the last of its message. */
  readonly final?: boolean
  /** The three reserved bits, as a number. */
  readonly reserved?: number
  readonly masked?: boolean
  /** What the header says, whatever the payload is. */
  readonly announced?: bigint
}

const lengthBytes = (length: bigint, maskBit: number): Buffer => {
  if (length < 126n) return Buffer.of(maskBit | Number(length))
  if (length < 65_536n) {
    const bytes = Buffer.from([maskBit | 126, 0, 0])
    bytes.writeUInt16BE(Number(length), 1)
    return bytes
  }
  const bytes = Buffer.alloc(9)
  bytes[0] = maskBit | 127
  bytes.writeBigUInt64BE(length, 1)
  return bytes
}

/** A client's frame, or what pretends to be one. The mask is zero, so the payload stands in it as it is. */
export const rawFrame = (payload: Uint8Array = new Uint8Array(), options: FrameOptions = {}): Buffer => {
  const { opcode = Opcode.binary, final = true, reserved = 0, masked = true } = options
  const first = Buffer.of((final ? 0x80 : 0) | (reserved << 4) | opcode)
  const length = lengthBytes(options.announced ?? BigInt(payload.length), masked ? 0x80 : 0)
  return Buffer.concat([first, length, masked ? Buffer.alloc(4) : Buffer.alloc(0), payload])
}

/** A TCP connection on which a WebSocket was opened: every byte after that is the test's. */
export interface RawSocket {
  readonly socket: Socket
  /** Writes bytes as they are; resolves when the system has taken them. */
  write(bytes: Uint8Array): Promise<void>
  /** How many frames came, by opcode. */
  readonly received: ReadonlyMap<number, number>
  /** Resolves when a frame of `opcode` comes, or the connection ends. */
  next(opcode: number): Promise<void>
  /** The code of the server's close frame; null when it ended the connection without one. */
  readonly closed: Promise<number | null>
}

/** Cuts a server's bytes into frames, which are never masked nor in parts. */
const readFrames = (onFrame: (opcode: number, payload: Buffer) => void): ((chunk: Buffer) => void) => {
  let rest = Buffer.alloc(0)
  const take = (): boolean => {
    const short = rest.length > 1 ? (rest[1] as number) & 0x7f : 0
    const header = short === 126 ? 4 : short === 127 ? 10 : 2
    if (rest.length < header) return false
    const length =
      short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short
    if (rest.length < header + length) return false
    onFrame((rest[0] as number) & 0x0f, rest.subarray(header, header + length))
    rest = rest.subarray(header + length)
    return true
  }
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length > 1 && take());
  }
}

const watchFrames = (socket: Socket, early: Buffer): Omit<RawSocket, 'write'> => {
  const received = new Map<number, number>()
  const waiting = new Set<{ opcode: number; wake: () => void }>()
  let code: number | null = null
  const read = readFrames((opcode, payload) => {
    received.set(opcode, (received.get(opcode) ?? 0) + 1)
    if (opcode === Opcode.close) code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005
    for (const each of waiting) if (each.opcode === opcode) each.wake()
  })
  const closed = new Promise<number | null>((resolve) => {
    socket.once('close', () => {
      for (const { wake } of waiting) wake()
      resolve(code)
    })
  })
  socket.on('data', read)
  read(early)
  const next = (opcode: number): Promise<void> =>
    new Promise((resolve) => {
      if (socket.destroyed) return resolve()
      const each = {
        opcode,
        wake: () => {
          waiting.delete(each)
          resolve()
        },
      }
      waiting.add(each)
    })
  return { socket, received, closed, next }
}

/** The headers of an upgrade request. */
export const upgradeRequest = (path: string, headers: Readonly<Record<string, string>> = {}): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: board.test',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n')

/** Resolves when the server has let it in. */
export const openRaw = async (
  server: TestSyncServer,
  { personId = 'eve', boardId = 'board' } = {},
): Promise<RawSocket> => {
  const ticket = await server.ticket({ boardId, personId })
  const socket = connect(server.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(
    upgradeRequest(syncPath(boardId), {
      'Sec-WebSocket-Protocol': `${SUBPROTOCOL}, ${TICKET_PREFIX}${ticket}`,
    }),
  )
  const early = await new Promise<Buffer>((resolve, reject) => {
    let answer = Buffer.alloc(0)
    const onData = (chunk: Buffer): void => {
      answer = Buffer.concat([answer, chunk])
      const end = answer.indexOf('\r\n\r\n')
      if (end < 0) return
      socket.off('data', onData)
      if (answer.toString('latin1').startsWith('HTTP/1.1 101')) resolve(answer.subarray(end + 4))
      else reject(new Error(answer.toString('latin1')))
    }
    socket.on('data', onData)
    socket.once('close', () => reject(new Error('Closed before it was let in')))
  })
  const write = (bytes: Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      socket.write(bytes, () => resolve())
    })
  return { ...watchFrames(socket, early), write }
}
