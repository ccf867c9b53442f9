import type { IncomingMessage } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { createMetrics } from '../metrics.ts'
import { SyncMetrics } from '../sync/metrics.ts'
import { createOperations, mayWatch, type Operations } from './operations.ts'
import { type HttpServer, openHttpServer } from './server.ts'

const settings = { AUTH_SECRET: 'x'.repeat(32), HOST: '127.0.0.1', PORT: '0' }

let operations: Operations
let server: HttpServer
let database: () => Promise<void>
let bus: boolean
let counted: SyncMetrics

beforeEach(async () => {
  const config = readConfig(settings)
  const metrics = createMetrics()
  operations = createOperations(config, '1.2.3')
  server = await openHttpServer({
    config,
    log: createLog('silent'),
    operations,
    onAnswered: metrics.onAnswered,
  })
  database = async () => {}
  bus = true
  counted = new SyncMetrics()
  metrics.watch({
    sync: counted,
    stats: () => ({ rooms: 2, connections: 5, viewers: 1, unsavedBytes: 70 }),
  })
  watched = { pingDatabase: () => database(), busConnected: () => bus, metrics }
})
afterEach(() => server.stop())

let watched: Parameters<Operations['running']>[0]

const ask = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, text }
}

const said = async (path: string): Promise<[number, string]> => {
  const { status, text } = await ask(path)
  return [status, JSON.parse(text).status ?? JSON.parse(text).error.code]
}

describe('health', () => {
  it('AP16: tells a server that starts from one that is ready, and both from one that stops', async () => {
    expect(await said('/api/health/live')).toEqual([200, 'live'])
    expect(await said('/api/health/ready')).toEqual([503, 'starting'])
    expect(await said('/api/health')).toEqual([503, 'unavailable'])
    operations.running(watched)
    expect(await said('/api/health/ready')).toEqual([200, 'ready'])
    expect(await said('/api/health')).toEqual([200, 'ok'])
    operations.stopping()
    expect(await said('/api/health/live')).toEqual([200, 'live'])
    expect(await said('/api/health/ready')).toEqual([503, 'stopping'])
  })

  it('AP16: is red without the database, and alive nevertheless', async () => {
    operations.running(watched)
    database = () => Promise.reject(new Error('away'))
    expect(await said('/api/health')).toEqual([503, 'unavailable'])
    expect(await said('/api/health/ready')).toEqual([503, 'unavailable'])
    expect(await said('/api/health/live')).toEqual([200, 'live'])
  })

  it('names Redis, without which a node goes on', async () => {
    operations.running(watched)
    bus = false
    const { status, text } = await ask('/api/health/ready')
    expect([status, JSON.parse(text).redis]).toEqual([200, 'unreachable'])
    operations.running({ ...watched, busConnected: null })
    expect(JSON.parse((await ask('/api/health/ready')).text).redis).toBe('none')
  })

  it('takes GET and HEAD', async () => {
    operations.running(watched)
    const refused = await ask('/api/health/ready', { method: 'POST' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    expect(JSON.parse(refused.text).error.code).toBe('method-not-allowed')
    expect((await ask('/api/health/ready', { method: 'HEAD' })).text).toBe('')
  })
})

describe('metrics', () => {
  it('say what the sync server counted, who is there, and which requests were answered how', async () => {
    operations.running(watched)
    counted.updates += 3
    counted.refusedUpdates.add('gap')
    counted.closes.add(4403)
    counted.savedLag.add(30, 2)
    counted.savedLag.add(60_000)
    await ask('/api/health/ready')
    await ask('/s/a-secret-of-a-link')
    const { status, headers, text } = await ask('/api/metrics')
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)])
    const lines = text.split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'drawbridge_updates_total 3',
        'drawbridge_refused_updates_total{reason="gap"} 1',
        'drawbridge_closes_total{code="4403"} 1',
        'drawbridge_saved_lag_seconds_bucket{le="0.025"} 0',
        'drawbridge_saved_lag_seconds_bucket{le="0.05"} 2',
        'drawbridge_saved_lag_seconds_bucket{le="30"} 2',
        'drawbridge_saved_lag_seconds_bucket{le="+Inf"} 3',
        'drawbridge_saved_lag_seconds_count 3',
        'drawbridge_rooms 2',
        'drawbridge_clients{role="editor"} 4',
        'drawbridge_clients{role="viewer"} 1',
        'drawbridge_unsaved_bytes 70',
        'drawbridge_http_request_seconds_count{method="GET",route="/api/health/ready",status="200"} 1',
        'drawbridge_http_request_seconds_count{method="GET",route="/s/:secret",status="503"} 1',
      ]),
    )
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(text).not.toContain('a-secret')
  })

  it('are read again without counting anything twice', async () => {
    operations.running(watched)
    counted.updates = 3
    counted.closes.add(1012)
    await ask('/api/metrics')
    const { text } = await ask('/api/metrics')
    expect(text).toMatch(/^drawbridge_updates_total 3$/m)
    expect(text).toMatch(/^drawbridge_closes_total\{code="1012"\} 1$/m)
  })
})

describe('who may read the metrics', () => {
  const asks = (remoteAddress: string, headers: IncomingMessage['headers'] = { host: 'localhost:3000' }) =>
    ({ headers, socket: { remoteAddress } }) as IncomingMessage
  const open = { metricsToken: null, publicUrl: null, trustProxy: false }

  it('this machine and its network, straight, where the site is not put in front of the world', () => {
    for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.1.2.3', '192.168.1.9', 'fd00::1']) {
      expect([address, mayWatch(asks(address), false, open)]).toEqual([address, true])
    }
    for (const address of ['8.8.8.8', '172.32.0.1', '2001:db8::1', '::ffff:8.8.8.8', '']) {
      expect([address, mayWatch(asks(address), false, open)]).toEqual([address, false])
    }
    const local = asks('127.0.0.1')
    expect(mayWatch(local, true, open)).toBe(false)
    expect(mayWatch(local, false, { ...open, trustProxy: true })).toBe(false)
    expect(mayWatch(local, false, { ...open, publicUrl: 'https://draw.example' })).toBe(false)
    expect(mayWatch(local, false, { ...open, publicUrl: 'http://localhost:3000' })).toBe(true)
    expect(mayWatch(asks('127.0.0.1', { host: 'draw.example' }), false, open)).toBe(false)
    expect(mayWatch(asks('10.0.0.7', { host: 'drawbridge:3000' }), false, open)).toBe(true)
  })

  it('with a token, who shows it and nobody else', () => {
    const closed = { ...open, metricsToken: 'a token long enough' }
    const showing = (authorization?: string) => asks('127.0.0.1', { host: 'localhost', authorization })
    expect(mayWatch(showing('Bearer a token long enough'), true, closed)).toBe(true)
    for (const shown of [undefined, '', 'Bearer ', 'Bearer another', 'Basic a token long enough']) {
      expect([shown, mayWatch(showing(shown), false, closed)]).toEqual([shown, false])
    }
  })
})
