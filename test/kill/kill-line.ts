import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../server/store/index.ts'
import { createRandom } from '../support/random.ts'
import { documentOf } from '../support/stored-document.ts'
import { silentLog } from '../support/stores.ts'
import { connectWith, entered } from '../support/ws-client.ts'
import { Drawer } from './drawer.ts'
import { KilledServer, readAfterKill } from './killed-server.ts'
import { failingSync, type Order, readOrder, tracedTo } from './trace.ts'

export interface KillReport {
  readonly kills: number
  /** Operations that were called saved. */
  readonly acknowledged: number
}

/** Milliseconds after people have begun to draw: some commits, snapshots and acknowledgements. */
const LONGEST = 60

/** Operations after which a server that is watched has done all that there is to see. */
const ENOUGH = 1500

/** One database, on which a server is started, drawn on and killed, again and again. */
class KillLine {
  readonly #path: string
  readonly #boardIds: readonly string[]
  readonly #drawers: readonly Drawer[]
  readonly #random: () => number

  constructor(path: string, boardIds: readonly string[], random: () => number) {
    this.#path = path
    this.#boardIds = boardIds
    this.#random = random
    this.#drawers = boardIds.flatMap((boardId) =>
      ['ada', 'ben'].map((personId) => new Drawer(boardId, personId, random)),
    )
  }

  get acknowledged(): number {
    return this.#drawers.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  }

  /**
   * @param under what the server is run by, @param atLeast how much is to be called saved before
   * @throws when something that was called saved is gone
   */
  async kill(under: readonly string[] = [], atLeast = 0): Promise<void> {
    const server = new KilledServer(this.#path, under)
    await Promise.all(this.#drawers.map((drawer) => drawer.draw(server)))
    do {
      await new Promise((resolve) => setTimeout(resolve, this.#random() * LONGEST))
    } while (this.acknowledged < atLeast)
    const complaints = await server.kill()
    await Promise.all(this.#drawers.map((drawer) => drawer.end()))
    if (complaints) throw new Error(complaints)
    await this.#check()
  }

  /** Lets everybody come back once more, until all is saved. */
  async finish(): Promise<void> {
    const server = new KilledServer(this.#path)
    await Promise.all(this.#drawers.map(async (drawer) => drawer.settled(await drawer.enter(server))))
    await server.kill()
    await this.#check()
    if (!this.#drawers.every(({ isDone }) => isDone)) throw new Error('Not all came back')
  }

  async #check(): Promise<void> {
    const { integrity, stored } = await readAfterKill(this.#path, this.#boardIds)
    if (integrity !== 'ok') throw new Error(`The database is damaged: ${integrity}`)
    for (const [index, boardId] of this.#boardIds.entries()) {
      const document = stored[index]
      if (!document) throw new Error(`Board ${boardId} was not read`)
      const elements = documentOf(document).getMap('elements').toJSON()
      for (const drawer of this.#drawers.filter((other) => other.boardId === boardId)) {
        const missing = drawer.missing(elements)
        if (missing.length > 0) throw new Error(`What was called saved is gone: ${missing.join('; ')}`)
      }
    }
  }
}

interface Scene {
  /** The folder of a new database, and the database in it. */
  readonly folder: string
  readonly path: string
  readonly boardIds: readonly string[]
}

/** A new SQLite database with boards, for as long as the work takes. */
const onNewDatabase = async <Result>(work: (scene: Scene) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-kill-'))
  const path = join(folder, 'test.db')
  const store = await openStore({ database: { provider: 'sqlite', path } }, silentLog)
  const owner = await store.people.createGuest('Owner')
  const boards = [1, 2, 3].map(() => store.boards.create({ ownerId: owner.id, title: 'Board' }))
  const boardIds = (await Promise.all(boards)).map(({ id }) => id)
  await store.close()
  try {
    return await work({ folder, path, boardIds })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Kills servers on one database so many times. */
export const runKillLine = (seed: number, kills: number): Promise<KillReport> =>
  onNewDatabase(async ({ path, boardIds }) => {
    const line = new KillLine(path, boardIds, createRandom(seed))
    for (let count = 0; count < kills; count++) await line.kill()
    await line.finish()
    return { kills, acknowledged: line.acknowledged }
  })

/** Kills one server whose calls are watched. Resolves with what came after what. */
export const runTracedKill = (seed: number): Promise<Order> =>
  onNewDatabase(async ({ folder, path, boardIds }) => {
    const trace = join(folder, 'trace')
    await new KillLine(path, boardIds, createRandom(seed)).kill(tracedTo(trace), ENOUGH)
    return readOrder(trace)
  })

export interface FaultReport {
  /** What the client was told of the storage, in order: whether it fails. */
  readonly told: readonly boolean[]
  readonly integrity: unknown
  readonly elements: Readonly<Record<string, unknown>>
}

/** A server whose disk fails to sync for a while. Somebody draws until it fails, and on until that is saved. */
export const runSyncFault = (): Promise<FaultReport> =>
  onNewDatabase(async ({ path, boardIds: [boardId = ''] }) => {
    const server = new KilledServer(path, failingSync(`${path}-wal`, 3, 5))
    const client = await entered(connectWith(await server.entrance(boardId, 'ada')))
    const told = (): boolean[] =>
      client.notices.flatMap((notice) => (notice.type === 'storage' ? [notice.failing] : []))
    for (let count = 0; told().length === 0; count++) {
      client.elements.set(`element${count}`, count)
      await client.until(() => client.saved === client.sent || told().length > 0)
    }
    const [saved, drawn] = [client.saved, client.sent]
    client.elements.set('last', 1)
    await client.untilSaved()
    if (saved >= drawn) throw new Error('Something was called saved that could not be')
    await server.kill()
    const { integrity, stored } = await readAfterKill(path, [boardId])
    const elements = stored[0] ? documentOf(stored[0]).getMap('elements').toJSON() : {}
    return { told: told(), integrity, elements }
  })
