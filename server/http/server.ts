import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { SetupError } from '../setup-error.ts'
import { isApi, speakInErrors } from './api-errors.ts'
import { isForwarded, settleForwarded } from './forwarded.ts'
import type { Operations } from './operations.ts'
import { nameRequest, REQUEST_ID } from './request-id.ts'
import { boardIn, routeName } from './route-names.ts'
import { setSecurityHeaders } from './security-headers.ts'
import { METHODS, unsound } from './sound-request.ts'

/** Milliseconds. */
interface Limits {
  /** For a client to send all of its headers. */
  readonly headers: number
  /** For a client to send a whole request. */
  readonly request: number
  /** Between looks at who is over them. */
  readonly check: number
  /** For requests under way to be answered once the server stops. */
  readonly farewell: number
}

const defaults: Limits = { headers: 10_000, request: 60_000, check: 2_000, farewell: 3_000 }

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

/** The port is taken from the start; until `serve` everybody is asked to come back in a moment. */
export interface HttpServer {
  readonly port: number
  serve(handlers: { request: RequestHandler; upgrade: UpgradeHandler }): void
  /** No more connections are taken from now on; resolves when the last request is answered, or after its time is over. */
  stop(): Promise<void>
}

const listen = (server: Server, { port, host }: Pick<Config, 'port' | 'host'>): Promise<void> =>
  new Promise((resolve, reject) => {
    const explain = (error: NodeJS.ErrnoException): SetupError | Error => {
      const because = (sentence: string) => new SetupError(sentence, { cause: error })
      if (error.code === 'EADDRINUSE') {
        return because(`Port ${port} is taken by another program: stop it, or set PORT to another one.`)
      }
      if (error.code === 'EACCES')
        return because(`This user may not listen on port ${port}: set PORT to one above 1023.`)
      if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
        return because(`HOST must be an address of this machine, not "${host}".`)
      }
      return error
    }
    server.once('error', (error) => reject(explain(error)))
    server.listen({ port, ...(host ? { host } : {}) }, resolve)
  })

const refuseRequest: RequestHandler = async (_request, response) => {
  response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain; charset=utf-8' })
  response.end('Drawbridge is starting.')
}

/** The body is not waited for. */
const turnAway = (request: IncomingMessage, response: ServerResponse, status: 400 | 405): void => {
  response.setHeader('Connection', 'close')
  if (status === 405) response.setHeader('Allow', METHODS.join(', '))
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(isApi(request) ? undefined : `${STATUS_CODES[status]}\n`)
}

/** One for all sockets: they are many. */
const destroyIt = function (this: Duplex): void {
  this.destroy()
}

const refuseUpgrade: UpgradeHandler = (_request, socket) => {
  socket.end('HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n')
}

/** Sockets that the sync server has said goodbye to need not be waited for. */
const close = (server: Server, farewell: number): Promise<void> =>
  new Promise((resolve) => {
    const impatient = setTimeout(() => {
      server.closeAllConnections()
      resolve()
    }, farewell)
    server.close(() => {
      clearTimeout(impatient)
      resolve()
    })
    server.closeIdleConnections()
  })

/** A request that was answered, or whose client went away. */
export interface Answered {
  readonly method: string
  /** Of `route-names.ts`, never the address itself. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

export interface HttpServerOptions {
  readonly config: Config
  readonly log: Log
  readonly operations: Operations
  readonly onAnswered: (answered: Answered) => void
  readonly limits?: Limits
}

const KNOWN_METHODS: ReadonlySet<string> = new Set(METHODS)

/** Tells of each request when it is over, in the log by the id that its client was told. */
const watchAnswer = (
  request: IncomingMessage,
  response: ServerResponse,
  { log, onAnswered }: HttpServerOptions,
): void => {
  const began = performance.now()
  const { method = '', url = '' } = request
  response.once('close', () => {
    const answered = {
      method: KNOWN_METHODS.has(method) ? method : 'other',
      route: routeName(url),
      status: response.statusCode,
      seconds: (performance.now() - began) / 1000,
    }
    onAnswered(answered)
    const board = boardIn(url)
    const fields = { requestId: request.headers[REQUEST_ID], ...(board && { boardId: board }), ...answered }
    if (answered.status >= 500) log.warn('request answered', fields)
    else log.debug('request answered', fields)
  })
}

/** @throws SetupError when the port cannot be had */
export const openHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { config, log, operations, limits = defaults } = options
  let handlers = { request: refuseRequest, upgrade: refuseUpgrade }
  const server = createServer({ connectionsCheckingInterval: limits.check }, (request, response) => {
    const viaProxy = isForwarded(request)
    settleForwarded(request, config)
    const requestId = nameRequest(request, config.trustProxy)
    response.setHeader('X-Request-Id', requestId)
    watchAnswer(request, response, options)
    setSecurityHeaders(request, response, config)
    speakInErrors(request, response)
    const status = unsound(request)
    if (status !== null) {
      turnAway(request, response, status)
      return
    }
    const answered = operations.answer(request, response, viaProxy) ?? handlers.request(request, response)
    answered.catch((error: unknown) => {
      log.error('request failed', { requestId, method: request.method, error })
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  server.headersTimeout = limits.headers
  server.requestTimeout = limits.request
  server.on('upgrade', (request, socket, head) => {
    // Without a listener a reset by the client would end the process.
    socket.on('error', destroyIt)
    settleForwarded(request, config)
    nameRequest(request, config.trustProxy)
    handlers.upgrade(request, socket, head)
  })
  await listen(server, config)
  server.on('error', (error) => log.error('http server failed', { error }))
  return {
    port: (server.address() as AddressInfo).port,
    serve: (given) => {
      handlers = given
    },
    stop: () => close(server, limits.farewell),
  }
}
