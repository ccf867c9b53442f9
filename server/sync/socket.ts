import { WebSocket } from 'ws'

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

/** Sends a frame if the socket is open; false when the reader has fallen behind by more than `maxBuffered` bytes. */
export const safeSend = (socket: WebSocket, frame: Uint8Array, maxBuffered: number): boolean => {
  if (socket.readyState !== WebSocket.OPEN) return true
  if (socket.bufferedAmount > maxBuffered) return false
  socket.send(frame)
  return true
}
