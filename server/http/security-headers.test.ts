import { request as send } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { createOperations } from './operations.ts'
import { type HttpServer, openHttpServer, type RequestHandler } from './server.ts'

let server: HttpServer
let handle: RequestHandler

const open = async (environment: Record<string, string> = {}): Promise<void> => {
  const config = readConfig({ AUTH_SECRET: 'x'.repeat(32), HOST: '127.0.0.1', PORT: '0', ...environment })
  server = await openHttpServer({
    config,
    log: createLog('silent'),
    operations: createOperations(config, '0'),
    onAnswered: () => {},
  })
  server.serve({
    request: (request, response) => handle(request, response),
    upgrade: (_request, socket) => socket.destroy(),
  })
}

beforeEach(() => open())
afterEach(() => server.stop())

const answers = (type: string, more: Record<string, string> = {}): RequestHandler => {
  return async (_request, response) => {
    response.writeHead(200, { 'content-type': type, ...more }).end('x')
  }
}

const ask = async (path = '/', headers: Record<string, string> = {}) =>
  (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).headers

const sources = (policy: string, directive: string): string[] =>
  (policy.split('; ').find((part) => part.startsWith(`${directive} `)) ?? '').split(' ').slice(1)

describe('AP10: the policy of an answer', () => {
  it('lets a page run only scripts with the nonce of that very answer, which the renderer is told', async () => {
    let told: unknown
    handle = async (request, response) => {
      told = [request.headers['x-nonce'], request.headers['content-security-policy']]
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end()
    }
    const nonces = new Set<string>()
    for (const _ of [1, 2, 3]) {
      const policy = (await ask('/', { 'content-security-policy': "script-src 'nonce-planted'" })).get(
        'content-security-policy',
      )
      const [nonce = '', ...rest] = sources(policy ?? '', 'script-src')
      expect(nonce).toMatch(/^'nonce-[A-Za-z0-9+/]{22}=='$/)
      expect(rest).toEqual(["'strict-dynamic'"])
      expect(told).toEqual([nonce.slice(7, -1), policy])
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(3)
  })

  it('has no hole by the list of what usually is one', async () => {
    handle = answers('text/html')
    const policy = (await ask()).get('content-security-policy') ?? ''
    expect(sources(policy, 'default-src')).toEqual(["'none'"])
    expect(sources(policy, 'object-src')).toEqual(["'none'"])
    expect(sources(policy, 'base-uri')).toEqual(["'none'"])
    expect(sources(policy, 'frame-ancestors')).toEqual(["'none'"])
    expect(sources(policy, 'form-action')).toEqual(["'self'"])
    expect(sources(policy, 'script-src').join(' ')).not.toMatch(/unsafe|https?:|\*|data:|'self'/)
    expect(policy).not.toMatch(/[\s;]\*|https:/)
  })

  it('names where the sockets of this site are', async () => {
    handle = answers('text/html')
    const policy = (await ask()).get('content-security-policy') ?? ''
    expect(sources(policy, 'connect-src')).toContain(`ws://127.0.0.1:${server.port}`)
    await server.stop()
    await open({ PUBLIC_URL: 'https://draw.example' })
    const secure = (await ask()).get('content-security-policy') ?? ''
    expect(sources(secure, 'connect-src')).toContain('wss://draw.example')
  })

  it('is nothing at all for data, and the stricter one of a route stays', async () => {
    handle = answers('application/json')
    expect((await ask('/api/x')).get('content-security-policy')).toMatch(/^default-src 'none'; /)
    handle = answers('image/png', { 'content-security-policy': 'sandbox' })
    expect((await ask('/api/x')).get('content-security-policy')).toBe('sandbox')
    handle = answers('text/javascript')
    expect((await ask('/worker.js')).get('content-security-policy')).not.toContain('unsafe')
  })
})

describe('AP10: every answer', () => {
  it('is protected, kept by nobody unless it says so, and names no product', async () => {
    handle = answers('text/html')
    const headers = Object.fromEntries(await ask())
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-store',
    })
    for (const name of ['server', 'x-powered-by']) expect(headers).not.toHaveProperty(name)
    handle = answers('text/css', { 'cache-control': 'public, max-age=1' })
    expect((await ask('/x.css')).get('cache-control')).toBe('public, max-age=1')
  })

  it('also of refusals before anybody looks at the request', async () => {
    handle = answers('text/html')
    const traced = await new Promise<[number | undefined, string | undefined]>((resolve, reject) => {
      const asked = send({ port: server.port, host: '127.0.0.1', method: 'TRACE', path: '/' }, (response) => {
        response.resume()
        resolve([response.statusCode, response.headers['cross-origin-opener-policy'] as string])
      })
      asked.once('error', reject)
      asked.end()
    })
    expect(traced).toEqual([405, 'same-origin'])
  })

  it('names the request: as a trusted proxy did, and anew for everybody else', async () => {
    let told: unknown
    handle = async (request, response) => {
      told = request.headers['x-request-id']
      response.end()
    }
    const claimed = { 'x-request-id': 'a-request-of-mine' }
    const own = (await ask('/', claimed)).get('x-request-id')
    expect(own).toMatch(/^[0-9a-f-]{36}$/)
    expect(told).toBe(own)
    await server.stop()
    await open({ TRUST_PROXY: 'true' })
    expect((await ask('/', claimed)).get('x-request-id')).toBe('a-request-of-mine')
    expect((await ask('/', { 'x-request-id': 'x"{}' })).get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})
