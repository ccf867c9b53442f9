import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Below those that systems give to outgoing connections: one of these could take the port while a test's server is down, and
 * the server could not be started there again.
 */
const FIRST = 12_000
const END = 32_000
const TRIES = 100

const isSpare = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })

/** A port that nobody listens on just now. */
export const sparePort = async (): Promise<number> => {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = randomInt(FIRST, END)
    if (await isSpare(port)) return port
  }
  throw new Error(`Nothing between ${FIRST} and ${END} is spare.`)
}
