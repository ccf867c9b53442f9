import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { BlockList, isIP } from 'node:net'
import type { Config } from '../config.ts'

/** What of the process is looked at from outside, once it runs. */
export interface Watched {
  /** Rejects when the database does not answer. */
  readonly pingDatabase: () => Promise<void>
  /** Whether the other nodes can be reached; null for a node that is alone. */
  readonly busConnected: (() => boolean) | null
  readonly metrics: { readonly contentType: string; text(): Promise<string> }
}

type State = { readonly type: 'starting' } | ({ readonly type: 'running' | 'stopping' } & Watched)

/** Addresses for those who run the server: answered before anything else, also when pages fail or there are none. */
export interface Operations {
  /**
   * Null when the request is for something else.
   * @param isForwarded whether the request came with marks of a proxy
   */
  answer(request: IncomingMessage, response: ServerResponse, isForwarded: boolean): Promise<void> | null
  running(watched: Watched): void
  stopping(): void
}

/** Milliseconds for the database to answer. */
const PATIENCE = 2_000

const privateAddresses = new BlockList()
privateAddresses.addSubnet('127.0.0.0', 8)
privateAddresses.addSubnet('10.0.0.0', 8)
privateAddresses.addSubnet('172.16.0.0', 12)
privateAddresses.addSubnet('192.168.0.0', 16)
privateAddresses.addSubnet('169.254.0.0', 16)
privateAddresses.addAddress('::1', 'ipv6')
privateAddresses.addSubnet('fc00::', 7, 'ipv6')
privateAddresses.addSubnet('fe80::', 10, 'ipv6')

const isPrivate = (address: string): boolean => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = isIP(plain)
  return family !== 0 && privateAddresses.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}

/** A name that only this machine or its own network knows. */
const isInsideHost = (host: string): boolean => {
  const name = host.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return isPrivate(name) || /^[\w-]+$/.test(name)
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

type Settings = Pick<Config, 'metricsToken' | 'publicUrl' | 'trustProxy'>

/**
 * Whether somebody may read the metrics. With a token only who shows it; without one only who comes straight from this
 * machine or its network to a site that nobody has put in front of the world.
 *
 * @param isForwarded whether the request came with marks of a proxy
 */
export const mayWatch = (
  { headers, socket }: IncomingMessage,
  isForwarded: boolean,
  { metricsToken, publicUrl, trustProxy }: Settings,
): boolean => {
  if (metricsToken !== null) {
    const shown = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
    return timingSafeEqual(digest(shown), digest(metricsToken))
  }
  const isPublic = trustProxy || (publicUrl !== null && !isInsideHost(new URL(publicUrl).host))
  return (
    !isPublic && !isForwarded && isInsideHost(headers.host ?? '') && isPrivate(socket.remoteAddress ?? '')
  )
}

const answers = async (ping: () => Promise<void>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE, false)
  })
  const asked = ping().then(
    () => true,
    () => false,
  )
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: string
}

/** An answer of null is 404. */
type Question = () => Promise<Answer | null>

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
})

const redisWord = ({ busConnected }: Watched): string => {
  if (busConnected === null) return 'none'
  return busConnected() ? 'ok' : 'unreachable'
}

/** Whether requests should come here. Without Redis each node goes on by itself, so that is told and no more. */
const readiness = async (state: State): Promise<Answer> => {
  if (state.type === 'starting') return json(503, { status: 'starting' })
  const database = await answers(state.pingDatabase)
  const about = {
    database: database ? 'ok' : 'unreachable',
    migrations: 'done',
    redis: redisWord(state),
  }
  if (state.type === 'stopping') return json(503, { status: 'stopping', ...about })
  return json(database ? 200 : 503, { status: database ? 'ready' : 'unavailable', ...about })
}

const health = async (state: Exclude<State, { type: 'starting' }>, version: string): Promise<Answer> => {
  const database = await answers(state.pingDatabase)
  return json(database ? 200 : 503, {
    status: database ? 'ok' : 'unavailable',
    database: database ? 'ok' : 'unreachable',
    version,
    uptime: Math.round(process.uptime()),
  })
}

const send = (response: ServerResponse, { status, type, body }: Answer, withBody: boolean): void => {
  response.setHeader('Content-Type', type)
  response.setHeader('Content-Length', Buffer.byteLength(body))
  response.setHeader('Cache-Control', 'no-store')
  response.writeHead(status)
  response.end(withBody ? body : undefined)
}

/** Answered by our own words in the one form of errors; `api-errors.ts`. */
const refuse = (response: ServerResponse, status: number): void => {
  response.writeHead(status)
  response.end()
}

class Desk implements Operations {
  private state: State = { type: 'starting' }
  private readonly config: Settings
  private readonly version: string

  constructor(config: Settings, version: string) {
    this.config = config
    this.version = version
  }

  running(watched: Watched): void {
    this.state = { type: 'running', ...watched }
  }

  stopping(): void {
    if (this.state.type === 'running') this.state = { ...this.state, type: 'stopping' }
  }

  answer(request: IncomingMessage, response: ServerResponse, isForwarded: boolean): Promise<void> | null {
    const ask = this.question(request, isForwarded)
    return ask && this.reply(request, response, ask)
  }

  private async reply({ method }: IncomingMessage, response: ServerResponse, ask: Question): Promise<void> {
    if (method !== 'GET' && method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD, OPTIONS')
      refuse(response, method === 'OPTIONS' ? 204 : 405)
      return
    }
    const answer = await ask()
    if (answer === null) refuse(response, 404)
    else send(response, answer, method === 'GET')
  }

  /** What the request asks for; null when it is nothing of ours. */
  private question(request: IncomingMessage, isForwarded: boolean): Question | null {
    const { state } = this
    switch (request.url?.split(/[?#]/)[0]) {
      case '/api/health/live':
        return async () => json(200, { status: 'live' })
      case '/api/health/ready':
        return () => readiness(state)
      case '/api/health':
        return state.type === 'starting' ? null : () => health(state, this.version)
      case '/api/metrics':
        return async () =>
          state.type === 'starting' || !mayWatch(request, isForwarded, this.config)
            ? null
            : this.metrics(state.metrics)
      default:
        return null
    }
  }

  private async metrics({ contentType, text }: Watched['metrics']): Promise<Answer> {
    return { status: 200, type: contentType, body: await text() }
  }
}

/** @param version of the product, for `/api/health` */
export const createOperations = (config: Settings, version: string): Operations => new Desk(config, version)
