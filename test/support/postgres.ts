import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { sparePort } from './spare-port.ts'

/** A PostgreSQL server of the tests' own. */
export interface TestPostgres {
  /** Makes a new, empty database and returns its address. */
  createDatabase(): Promise<string>
  /** Ends the postmaster without warning (SIGKILL); what it started ends with it. */
  kill(): Promise<void>
  /** Starts it again on the same data. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Debian keeps the programs of each version in a folder of their own; the newest is taken. */
const findPrograms = (): string => {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : []
  const found = versions
    .map((version) => join(base, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')))
  if (!found) throw new Error('PostgreSQL is not installed: run "apt-get install postgresql".')
  return found
}

/** PostgreSQL refuses to run as root: then it runs as the user that Debian's package made for it. */
const serverUser = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

const connect = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}

const waitUntilReady = async (url: string, server: ChildProcess, output: () => string): Promise<void> => {
  const deadline = Date.now() + 30_000
  while (Date.now() < deadline) {
    if (isOver(server)) break
    const client = await connect(url).catch(() => null)
    if (client) return client.end()
    await pause(50)
  }
  throw new Error(`PostgreSQL did not start: ${output()}`)
}

const isOver = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null

const end = (server: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((resolve) => {
    if (isOver(server)) return resolve()
    server.once('exit', () => resolve())
    server.kill(signal)
  })

/**
 * Starts PostgreSQL on a spare port with its data in a temporary folder.
 * @throws Error with one sentence when it is not installed
 */
export const startPostgres = async (): Promise<TestPostgres> => {
  const bin = findPrograms()
  const user = serverUser()
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-postgres-'))
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '-N'], {
    cwd: folder,
    encoding: 'utf8',
    ...user,
  })
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error}`)
  const port = await sparePort()
  const url = (database: string) => `postgres://test@127.0.0.1:${port}/${database}`
  const launch = async (): Promise<ChildProcess> => {
    const launched = spawn(
      join(bin, 'postgres'),
      ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'],
      { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user },
    )
    let errors = ''
    launched.stderr?.on('data', (chunk) => {
      errors = `${errors}${chunk}`.slice(-4000)
    })
    await waitUntilReady(url('postgres'), launched, () => errors)
    return launched
  }
  /** It does not start while something that the last one started is still there. */
  const relaunch = async (tries = 50): Promise<ChildProcess> =>
    launch().catch(async (error: unknown) => {
      if (tries === 0) throw error
      await pause(100)
      return relaunch(tries - 1)
    })
  let server = await launch()
  const killed = () => server.kill('SIGKILL')
  process.once('exit', killed)
  let databases = 0
  return {
    createDatabase: async () => {
      databases += 1
      const client = await connect(url('postgres'))
      await client.query(`CREATE DATABASE test_${databases}`)
      await client.end()
      return url(`test_${databases}`)
    },
    kill: () => end(server, 'SIGKILL'),
    start: async () => {
      server = await relaunch()
    },
    stop: async () => {
      // Immediate shutdown: nothing in it is worth keeping.
      await end(server, 'SIGQUIT')
      process.off('exit', killed)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
