import { type ChildProcess, fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sparePort } from '../../support/spare-port.ts'
import { rows } from './rows.ts'
import { bundleFolder, type ServerName, servers } from './servers.ts'
import type { Figures, Prepared, RowName } from './types.ts'

/** Milliseconds beyond what is measured after which a row is given up. */
const PATIENCE = 120_000
const secret = 'a secret for the benchmark that is long enough'

/** A server in a process of its own. */
class ServerProcess {
  readonly port: number
  private readonly child: ChildProcess
  private readonly waiting = new Map<unknown, { resolve(answer: never): void; reject(error: Error): void }>()
  private asked = 0

  private constructor(name: ServerName, folder: string, port: number) {
    const { module, storage, node } = servers[name]
    this.port = port
    const options = JSON.stringify({ port, folder, secret, storage })
    this.child = fork(join(import.meta.dirname, 'host.mjs'), [module, options], {
      execPath: node,
      execArgv: ['--expose-gc', '--enable-source-maps'],
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.child.on('message', ({ id, answer, error }: { id: unknown; answer: never; error?: string }) => {
      const waiting = this.waiting.get(id)
      this.waiting.delete(id)
      if (error) waiting?.reject(new Error(error))
      else waiting?.resolve(answer)
    })
    this.child.on('exit', (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`The server ended with ${code}`))
      this.waiting.clear()
    })
  }

  static async start(name: ServerName, folder: string): Promise<ServerProcess> {
    const server = new ServerProcess(name, folder, await sparePort())
    await server.answer('ready')
    return server
  }

  ask<T>(question: { readonly type: string }): Promise<T> {
    this.asked++
    this.child.send({ ...question, id: this.asked })
    return this.answer<T>(this.asked)
  }

  /** As an operator would: it saves what it has. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve))
    await this.ask({ type: 'stop' }).catch(() => this.child.kill('SIGKILL'))
    await ended
  }

  kill(): void {
    this.child.kill('SIGKILL')
  }

  private answer<T>(id: unknown): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (answer: never) => void, reject })
    })
  }
}

const unprepared = (rooms: number): Prepared => ({
  rooms: Array.from({ length: rooms }, (_, index) => ({ name: `room-${index}`, linkId: null })),
  people: [],
})

type Said =
  | { readonly id: number; readonly question: { readonly type: string } }
  | { readonly figures: Figures }
  | { readonly failed: string }

/** One row against one server, both in fresh processes. What goes wrong becomes a note. */
export const runTrial = async (name: ServerName, row: RowName, seconds: number): Promise<Figures> => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-bench-'))
  let server = await ServerProcess.start(name, folder)
  const { rooms, people } = rows[row]
  const given = await server.ask<Prepared | null>({ type: 'prepare', boards: rooms, people } as {
    type: string
  })
  const prepared = given ?? unprepared(rooms)
  const task = { row, dialect: servers[name].dialect, port: server.port, secret, prepared, seconds }
  const load = fork(join(bundleFolder, 'load.js'), [], { execArgv: ['--enable-source-maps'] })

  const answer = async (question: { readonly type: string }): Promise<unknown> => {
    if (question.type === 'task') return task
    if (question.type === 'restart') {
      await server.stop()
      server = await ServerProcess.start(name, folder)
      return server.port
    }
    return server.ask(question)
  }

  const figures = await new Promise<Figures>((resolve) => {
    const impatient = setTimeout(() => resolve({ note: 'took too long' }), PATIENCE + 4000 * seconds)
    load.on('message', (said: Said) => {
      if ('figures' in said) resolve(said.figures)
      else if ('failed' in said) resolve({ note: said.failed })
      else {
        answer(said.question).then(
          (value) => load.connected && load.send({ id: said.id, answer: value }),
          (error: Error) => load.connected && load.send({ id: said.id, error: error.message }),
        )
      }
    })
    load.on('exit', () => {
      clearTimeout(impatient)
      resolve({ note: 'the load process ended' })
    })
  })
  load.kill('SIGKILL')
  server.kill()
  rmSync(folder, { recursive: true, force: true })
  return figures
}
