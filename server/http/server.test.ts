import { connect } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { createOperations } from './operations.ts'
import { type HttpServer, openHttpServer } from './server.ts'

const config = { ...readConfig({ AUTH_SECRET: 'x'.repeat(32) }), port: 0, host: '127.0.0.1' }
let server: HttpServer

const open = (given: { headers: number; request: number }): Promise<HttpServer> =>
  openHttpServer({
    config,
    log: createLog('silent'),
    operations: createOperations(config, '0'),
    onAnswered: () => {},
    limits: { check: 20, farewell: 1000, ...given },
  })

beforeEach(async () => {
  server = await open({ headers: 100, request: 60_000 })
})
afterEach(() => server.stop())

/** In place of the hasty server that there is: one that honest people are fast enough for on any machine. */
const openPatient = async (headers: number): Promise<void> => {
  await server.stop()
  server = await open({ headers, request: 60_000 })
}

/** Sends the beginning of a request and then a byte now and then, for as long as the server lets it; all it answered. */
const drip = (beginning: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    let dripping: ReturnType<typeof setInterval> | undefined
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(beginning)
      dripping = setInterval(() => socket.write('x'), 10)
    })
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      clearInterval(dripping)
      resolve(answer)
    })
  })

it('WS12, WS18: ends connections whose headers do not arrive in time, however many trickle, and serves others meanwhile', async () => {
  await openPatient(2000)
  server.serve({
    request: async (_request, response) => {
      response.end('served')
    },
    upgrade: (_request, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
  })
  const slow = Array.from({ length: 200 }, () =>
    drip('GET /sync/board HTTP/1.1\r\nHost: localhost\r\nX-Slow: '),
  )
  const meanwhile = Array.from({ length: 5 }, async () => {
    const answer = await fetch(`http://127.0.0.1:${server.port}/`, { headers: { connection: 'close' } })
    return answer.text()
  })
  expect(new Set(await Promise.all(meanwhile))).toEqual(new Set(['served']))
  const ends = (await Promise.all(slow)).map((answer) => answer.slice(0, 'HTTP/1.1 408'.length))
  expect(new Set(ends)).toEqual(new Set(['HTTP/1.1 408']))
})

it('WS12: ends connections on which nothing is sent at all', async () => {
  const socket = connect(server.port, '127.0.0.1')
  socket.resume()
  await new Promise((resolve) => socket.once('close', resolve))
})

it('WS2: refuses more headers than it wants to read, before anybody looks at them', async () => {
  const headers = Array.from({ length: 2000 }, (_, index) => `x-${index}: yyyyyyyy`).join('\r\n')
  const start = 'GET /sync/board HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n'
  expect(await drip('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /)
  await openPatient(60_000)
  expect(await drip(`${start}${headers}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 431 /)
})

it('ends connections whose body does not arrive in time', async () => {
  await server.stop()
  server = await open({ headers: 100, request: 200 })
  server.serve({
    request: async (request, response) => {
      for await (const _ of request);
      response.end('all of it')
    },
    upgrade: (_request, socket) => socket.destroy(),
  })
  const answer = await drip('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
})
