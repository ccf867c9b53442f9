import type { WebSocket } from 'ws'

/** A close frame's reason may have this many bytes (RFC 6455, 5.5). */
const REASON_BYTES = 123

/** The codes that an endpoint may send: those that ws would throw at become 1011. */
const sendable = (code: number): number => {
  const standard = code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006
  return standard || (code >= 3000 && code <= 4999) ? code : 1011
}

const shorten = (reason: string): string => {
  const bytes = Buffer.from(reason)
  if (bytes.length <= REASON_BYTES) return reason
  // Cut through a character, the decoder puts a replacement at the end, which takes three bytes itself.
  return bytes
    .subarray(0, REASON_BYTES - 3)
    .toString()
    .replace(/\uFFFD$/, '')
}

/** Closes with any code and reason, in any state of the socket, and never throws. */
export const safeClose = (socket: WebSocket, code: number, reason = ''): void => {
  try {
    socket.close(sendable(code), shorten(reason))
  } catch {
    socket.terminate()
  }
}

/** A binary message with its WebSocket header, ready for any number of receivers. */
export type Message = Buffer

const FINAL_BINARY = 0x82
const PING = 0x89

/** Bytes of the longest header. */
export const MESSAGE_HEADER = 10

const headerLength = (length: number): number => (length < 126 ? 2 : length < 65_536 ? 4 : MESSAGE_HEADER)

/** Server to client, so without a mask (RFC 6455, 5.2). */
const writeHeader = (message: Message, header: number): void => {
  const length = message.length - header
  message[0] = FINAL_BINARY
  message[1] = header === 2 ? length : header === 4 ? 126 : 127
  if (header === 4) message.writeUInt16BE(length, 2)
  if (header === MESSAGE_HEADER) message.writeBigUInt64BE(BigInt(length), 2)
}

/** The header goes before `start`, where it must have room. */
export const addHeader = (bytes: Uint8Array, start: number): Message => {
  const length = bytes.length - start
  const header = headerLength(length)
  const message = Buffer.from(bytes.buffer, bytes.byteOffset + start - header, header + length)
  writeHeader(message, header)
  return message
}

export const toMessage = (payload: Uint8Array): Message => {
  const header = headerLength(payload.length)
  const message = Buffer.allocUnsafe(header + payload.length)
  writeHeader(message, header)
  message.set(payload, header)
  return message
}

/** A message, and a ping before it, in one piece. */
export const withPing = (message: Message): Message => Buffer.concat([Buffer.of(PING, 0), message])
