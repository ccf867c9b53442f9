import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { sparePort } from './spare-port.ts'

const program = '/usr/sbin/nginx'
const settings = join(import.meta.dirname, '..', '..', 'deploy', 'nginx.conf')

/** nginx as `deploy/nginx.conf` sets it up, in front of nodes on this machine. */
export interface TestNginx {
  readonly url: string
  stop(): Promise<void>
}

/** What `deploy/nginx.conf` says, but for where things are. */
const settingsFor = (port: number, nodes: readonly number[], folder: string): string => {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${join(folder, name)};`)
    .join('\n')
  const changed = readFileSync(settings, 'utf8')
    .replaceAll(/server node(\d):3000/g, (_, node: string) => `server 127.0.0.1:${nodes[Number(node) - 1]}`)
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('access_log /dev/stdout drawbridge;', `access_log ${join(folder, 'access.log')} drawbridge;`)
    .replace('worker_connections 20000;', 'worker_connections 500;')
    .replace('http {', `http {\n${temporary}`)
  return `daemon off;\npid ${join(folder, 'nginx.pid')};\n${changed}`
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    const done = (is: boolean): void => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => done(true))
    socket.once('error', () => done(false))
  })

const waitUntilReady = async (port: number, server: ChildProcess, output: () => string): Promise<void> => {
  const deadline = Date.now() + 15_000
  while (Date.now() < deadline && server.exitCode === null) {
    if (await listens(port)) return
    await pause(20)
  }
  throw new Error(`nginx did not start: ${output()}`)
}

/**
 * Starts nginx on a spare port.
 * @param nodes the ports of node1 and node2
 * @throws Error with one sentence when it is not installed
 */
export const startNginx = async (nodes: readonly [number, number]): Promise<TestNginx> => {
  if (!existsSync(program)) throw new Error('nginx is not installed: run "apt-get install nginx".')
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-nginx-'))
  const port = await sparePort()
  const file = join(folder, 'nginx.conf')
  writeFileSync(file, settingsFor(port, nodes, folder))
  const server = spawn(program, ['-p', folder, '-c', file, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let errors = ''
  server.stderr.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-4000)
  })
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const end = (): boolean => server.kill('SIGTERM')
  process.once('exit', end)
  await waitUntilReady(port, server, () => errors)
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      process.off('exit', end)
      end()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
