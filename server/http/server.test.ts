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

/** Sends the beginning of a request and then a byte now and then, for as long as the server lets it; all it answered. */
const drip = (beginning: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = ''
    const socket = connect(server.port, '127.0.0.1', () => socket.write(beginning))
    const dripping = setInterval(() => socket.write('x'), 10)
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('error', () => {})
    socket.once('close', () => {
      clearInterval(dripping)
      resolve(answer)
    })
  })

it('ends connections whose headers do not arrive in time, however they trickle', async () => {
  expect(await drip('GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toMatch(/^HTTP\/1\.1 408 /)
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
