import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sparePort } from './spare-port.ts'

const root = join(import.meta.dirname, '..', '..')
const START_WITHIN = 60_000
const STOP_WITHIN = 20_000

/** The built product, running in a process of its own. */
export interface TestServer {
  /** Without a slash at the end. */
  readonly url: string
  readonly port: number
  readonly dataDir: string
  /** False after `stop` or `kill`, until it is started again. */
  readonly isRunning: boolean
  /** All that it has written so far. */
  output(): string
  /** Ends it as an operator would (SIGTERM) and resolves with its exit code. The data stays. */
  stop(): Promise<number | null>
  /** Ends it without warning (SIGKILL). The data stays. */
  kill(): Promise<void>
  /** Starts it again on the same port and data, after `stop` or `kill`. */
  start(): Promise<void>
  /** Ends it and removes its data. */
  remove(): Promise<void>
}

export interface TestServerOptions {
  /** A spare one unless given. */
  readonly port?: number
  /** Settings beside PORT and DATA_DIR. */
  readonly env?: Readonly<Record<string, string>>
}

const isHealthy = async (url: string): Promise<boolean> => {
  const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2000) }).catch(() => null)
  await answer?.arrayBuffer().catch(() => null)
  return answer?.status === 200
}

const untilHealthy = async (url: string, child: ChildProcess, output: () => string): Promise<void> => {
  const deadline = Date.now() + START_WITHIN
  while (!(await isHealthy(url))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`The server ended while it started:\n${output()}`)
    }
    if (Date.now() > deadline) throw new Error(`The server is not ready after a minute:\n${output()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve(child.exitCode)
    : new Promise((resolve) => child.once('exit', (code) => resolve(code)))

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  const exit = ended(child)
  child.kill(signal)
  const insist = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
  return exit.finally(() => clearTimeout(insist))
}

/** Starts the product as it was built (`node scripts/prepare.mjs build`), with a data folder of its own. */
export const startServer = async ({
  port: wished,
  env = {},
}: TestServerOptions = {}): Promise<TestServer> => {
  if (!existsSync(join(root, 'build', 'server', 'main.js'))) {
    throw new Error('Nothing is built yet: run "node scripts/prepare.mjs build" first.')
  }
  const port = wished ?? (await sparePort())
  const dataDir = await mkdtemp(join(tmpdir(), 'drawbridge-data-'))
  const url = `http://localhost:${port}`
  const written: string[] = []
  const output = (): string => written.join('')
  let child: ChildProcess | null = null

  const start = async (): Promise<void> => {
    const own = { NODE_ENV: 'production', VITEST: undefined, PORT: String(port), DATA_DIR: dataDir } as const
    child = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: { ...process.env, ...own, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout?.on('data', (chunk: Buffer) => written.push(chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => written.push(chunk.toString()))
    await untilHealthy(url, child, output).catch(async (error: unknown) => {
      if (child) await end(child, 'SIGKILL')
      throw error
    })
  }

  const isRunning = (): boolean => child !== null && child.exitCode === null && child.signalCode === null
  const stop = async (): Promise<number | null> => (child ? end(child, 'SIGTERM') : null)
  const kill = async (): Promise<void> => {
    if (child) await end(child, 'SIGKILL')
  }
  const remove = async (): Promise<void> => {
    await kill()
    await rm(dataDir, { recursive: true, force: true })
  }
  await start().catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  })
  return {
    url,
    port,
    dataDir,
    get isRunning() {
      return isRunning()
    },
    output,
    stop,
    kill,
    start,
    remove,
  }
}
