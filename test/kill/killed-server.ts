import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { build } from 'esbuild'
import type { TicketClaims } from '../../server/boards/tickets.ts'
import { createRooms } from '../../server/store/rooms.ts'
import { prepareConnection, SqliteSql } from '../../server/store/sqlite-sql.ts'
import { Turnstile } from '../../server/store/turnstile.ts'
import type { StoredDocument } from '../../server/sync/ports.ts'
import { syncPath } from '../../whiteboard/collab/protocol.ts'
import { silentLog } from '../support/stores.ts'

const root = join(import.meta.dirname, '..', '..')
const bundle = join(root, 'build', 'test', 'sync-process.cjs')

/** One file with all that starts fast; only what is compiled stays outside. */
export const bundleServer = async (): Promise<void> => {
  await build({
    absWorkingDir: root,
    entryPoints: ['test/kill/sync-process.ts'],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['better-sqlite3', 'bufferutil', 'utf-8-validate'],
    logLevel: 'error',
  })
}

/** Small and quick, so that most of the time something is being written, snapshots too. */
const limits = { commitTick: 4, compactAfterRows: 6, roomIdle: 1 }

/** Where somebody comes in, with a ticket. */
export interface Entrance {
  entrance(boardId: string, personId: string): Promise<{ url: string; ticket: string }>
}

interface Address {
  readonly port: number
  readonly pid: number
}

/** A sync server in a process of its own. */
export class KilledServer implements Entrance {
  readonly #child: ChildProcess
  readonly #exited: Promise<void>
  readonly #address: Promise<Address>
  readonly #errors: string[] = []

  /** @param under a command that runs the server, with what comes before the server's own */
  constructor(database: string, under: readonly string[] = []) {
    const [command = '', ...words] = [...under, process.execPath, bundle, database, JSON.stringify(limits)]
    this.#child = spawn(command, words, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child.stderr?.on('data', (data) => this.#errors.push(String(data)))
    // A test that fails leaves no server behind.
    const end = (): void => void this.#child.kill('SIGKILL')
    process.once('exit', end)
    this.#exited = new Promise((resolve) => {
      this.#child.once('exit', () => {
        process.off('exit', end)
        resolve()
      })
    })
    this.#address = new Promise((resolve, reject) => {
      const said = (line: string): void => {
        const [port = 0, pid = 0] = line.split(' ').map(Number)
        resolve({ port, pid })
      }
      const output = this.#child.stdout
      if (output) createInterface(output).once('line', said)
      this.#child.once('exit', () =>
        reject(new Error(`The server ended by itself: ${this.#errors.join('')}`)),
      )
    })
  }

  async entrance(boardId: string, personId: string): Promise<{ url: string; ticket: string }> {
    const claims: TicketClaims = {
      ticketId: `${personId}-${Math.random()}`,
      boardId,
      personId,
      name: personId,
      role: 'editor',
      linkId: null,
      sessionVersion: 1,
      sessionId: personId,
      expiresAt: Date.now() + 60_000,
    }
    const ticket = Buffer.from(JSON.stringify(claims)).toString('base64url')
    const { port } = await this.#address
    return { url: `ws://127.0.0.1:${port}${syncPath(boardId)}`, ticket }
  }

  /** Ends it without warning, and returns what it complained of until then. */
  async kill(): Promise<string> {
    process.kill((await this.#address).pid, 'SIGKILL')
    await this.#exited
    return this.#errors.join('')
  }
}

/** What a server that starts now would find: the boards' documents, and what SQLite says of its file. */
export const readAfterKill = async (
  path: string,
  boardIds: readonly string[],
): Promise<{ integrity: unknown; stored: StoredDocument[] }> => {
  const database = new Database(path)
  try {
    prepareConnection(database)
    const rooms = createRooms(new SqliteSql(database, new Turnstile()), silentLog)
    const stored: StoredDocument[] = []
    for (const boardId of boardIds) stored.push(await rooms.load(boardId))
    return { integrity: database.pragma('integrity_check', { simple: true }), stored }
  } finally {
    database.close()
  }
}
