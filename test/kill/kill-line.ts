import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../server/store/index.ts'
import { createRandom } from '../support/random.ts'
import { documentOf } from '../support/stored-document.ts'
import { silentLog } from '../support/stores.ts'
import { Drawer } from './drawer.ts'
import { KilledServer, readAfterKill } from './killed-server.ts'

export interface KillReport {
  readonly kills: number
  /** Operations that were called saved. */
  readonly acknowledged: number
}

/** Milliseconds after people have begun to draw: some commits, snapshots and acknowledgements. */
const LONGEST = 60

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

  /** @throws when something that was called saved is gone */
  async kill(): Promise<void> {
    const server = new KilledServer(this.#path)
    await Promise.all(this.#drawers.map((drawer) => drawer.draw(server)))
    await new Promise((resolve) => setTimeout(resolve, this.#random() * LONGEST))
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

/** Kills servers on one database so many times. */
export const runKillLine = async (seed: number, kills: number): Promise<KillReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'drawbridge-kill-'))
  const path = join(folder, 'test.db')
  const store = await openStore({ database: { provider: 'sqlite', path } }, silentLog)
  const owner = await store.people.createGuest('Owner')
  const boards = [1, 2, 3].map(() => store.boards.create({ ownerId: owner.id, title: 'Board' }))
  const boardIds = (await Promise.all(boards)).map(({ id }) => id)
  await store.close()
  try {
    const line = new KillLine(path, boardIds, createRandom(seed))
    for (let count = 0; count < kills; count++) await line.kill()
    await line.finish()
    return { kills, acknowledged: line.acknowledged }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
