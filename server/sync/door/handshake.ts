import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import {
  PLAIN_SUBPROTOCOL,
  SUBPROTOCOL,
  TICKET_PREFIX,
  versionOf,
} from '../../../whiteboard/collab/protocol.ts'

/** Why there is no socket: the HTTP status, and what the body says. Never holds the ticket. */
export interface HandshakeRefusal {
  readonly status: 400 | 401 | 403 | 404 | 429 | 503
  readonly code: string
  readonly message: string
}

export const refusal = (
  status: HandshakeRefusal['status'],
  code: string,
  message: string,
): HandshakeRefusal => ({
  status,
  code,
  message,
})

const statusTexts: Record<HandshakeRefusal['status'], string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

/** Answers an upgrade request with a plain HTTP response and ends the connection. */
export const refuse = (socket: Duplex, { status, code, message }: HandshakeRefusal): void => {
  const body = JSON.stringify({ error: { code, message } })
  socket.once('finish', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} ${statusTexts[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Cache-Control: no-store\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

/** What a request asks for. */
export interface SyncRequest {
  /** Exactly as in the path: never decoded, so what is checked is what is loaded. */
  readonly boardId: string
  readonly ticket: string | null
  readonly offered: readonly string[]
}

const boardPath = /^\/sync\/([A-Za-z0-9_-]{1,64})$/

const bearer = /^Bearer +([^ ]+)$/i

/** The ticket that stands in a header of its own, which no browser sends with a WebSocket. */
const bearerTicket = ({ authorization = '' }: IncomingHttpHeaders): string | null =>
  bearer.exec(authorization)?.[1] ?? null

const readTicket = (
  headers: IncomingHttpHeaders,
  offered: readonly string[],
  query: string,
): string | null => {
  const entry = offered.find((name) => name.startsWith(TICKET_PREFIX))?.slice(TICKET_PREFIX.length)
  return entry || bearerTicket(headers) || new URLSearchParams(query).get('ticket') || null
}

/** Null when the path is no board's. */
export const readSyncRequest = ({ url = '', headers }: IncomingMessage): SyncRequest | null => {
  const mark = url.indexOf('?')
  const boardId = boardPath.exec(mark < 0 ? url : url.slice(0, mark))?.[1]
  if (boardId === undefined) return null
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  return { boardId, ticket: readTicket(headers, offered, mark < 0 ? '' : url.slice(mark + 1)), offered }
}

/** Whether a browser sent this: programs (undici, `ws`, ...) send none of these by themselves. */
const looksLikeBrowser = ({ headers }: IncomingMessage): boolean =>
  headers.cookie !== undefined ||
  headers['sec-fetch-site'] !== undefined ||
  headers['sec-fetch-dest'] !== undefined ||
  (headers['user-agent'] ?? '').includes('Mozilla')

/**
 * Whether a page of another site may be behind a request. Browsers always say where a WebSocket comes from. Who says
 * nothing is let in as a program, on its single-use ticket: no page can have a browser leave the origin away, and what
 * carries the marks of a browser without it is refused, unless its ticket stands where no browser can put it.
 */
export const isForeign = (
  request: IncomingMessage,
  allowedOrigin: (request: IncomingMessage) => boolean,
): boolean => {
  const { origin } = request.headers
  if (origin !== undefined) return origin === 'null' || !allowedOrigin(request)
  return looksLikeBrowser(request) && bearerTicket(request.headers) === null
}

/** What ws insists on too, looked at before the ticket is used up. */
export const isWebSocketRequest = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' &&
  headers.upgrade?.toLowerCase() === 'websocket' &&
  /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
  headers['sec-websocket-version'] === '13'

/**
 * Ours before y-websocket's, and another version of ours before none: browsers end a connection whose subprotocols are all
 * passed over, before it could be told why. Never the entry that holds the ticket, which ws would echo if it came first.
 */
export const chooseSubprotocol = (offered: ReadonlySet<string>): string | false => {
  if (offered.has(SUBPROTOCOL)) return SUBPROTOCOL
  if (offered.has(PLAIN_SUBPROTOCOL)) return PLAIN_SUBPROTOCOL
  return [...offered].find((name) => versionOf(name) !== null) ?? false
}
