import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { sparePort } from './spare-port.ts'

const program = '/usr/bin/redis-server'

/** A Redis server of the tests' own, which keeps nothing. */
export interface TestRedis {
  readonly url: string
  /** Ends it without warning; everybody is cut off. */
  stop(): Promise<void>
  /** It takes connections and answers nothing, until `resume`. */
  pause(): void
  resume(): void
  /** Starts it again on the same port. */
  start(): Promise<void>
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const done = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.once('connect', () => socket.write('PING\r\n'))
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')))
    socket.once('error', () => done(false))
  })

const waitUntilReady = async (port: number, server: ChildProcess, output: () => string): Promise<void> => {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline && server.exitCode === null) {
    if (await answers(port)) return
    await pause(20)
  }
  throw new Error(`Redis did not start: ${output()}`)
}

/**
 * Starts Redis on a spare port.
 * @throws Error with one sentence when it is not installed
 */
export const startRedis = async (): Promise<TestRedis> => {
  if (!existsSync(program)) throw new Error('Redis is not installed: run "apt-get install redis-server".')
  const port = await sparePort()
  let server: ChildProcess | null = null
  const killed = (): void => void server?.kill('SIGKILL')
  process.once('exit', killed)

  const stop = async (): Promise<void> => {
    const ending = server
    server = null
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill('SIGKILL')
    await ended
  }

  const start = async (): Promise<void> => {
    const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const started = spawn(program, [...settings, '--dir', tmpdir()], { stdio: ['ignore', 'pipe', 'ignore'] })
    server = started
    let output = ''
    started.stdout.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4000)
    })
    await waitUntilReady(port, started, () => output)
  }

  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    pause: () => void server?.kill('SIGSTOP'),
    resume: () => void server?.kill('SIGCONT'),
  }
}
