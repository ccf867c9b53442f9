import { openStore } from '../../server/store/index.ts'
import { syncPath } from '../../whiteboard/collab/protocol.ts'
import { startPostgres } from '../support/postgres.ts'
import { createRandom } from '../support/random.ts'
import { documentOf } from '../support/stored-document.ts'
import { silentLog } from '../support/stores.ts'
import { startSyncServer } from '../support/ws-server.ts'
import { Drawer } from './drawer.ts'
import type { Entrance } from './killed-server.ts'

/** Milliseconds after people have begun to draw. */
const LONGEST = 200

const limits = { commitTick: 4, compactAfterRows: 6, retryFirst: 20, retryLongest: 200 }

/**
 * Kills a PostgreSQL server so many times while people draw. Returns how many operations were called saved.
 * @throws when one of them is gone
 */
export const runPostgresLine = async (seed: number, kills: number): Promise<number> => {
  const random = createRandom(seed)
  const postgres = await startPostgres()
  const database = { provider: 'postgresql', url: await postgres.createDatabase() } as const
  const store = await openStore({ database }, silentLog)
  const { id: ownerId } = await store.people.createGuest('Owner')
  const boards = await Promise.all([1, 2].map(() => store.boards.create({ ownerId, title: 'Board' })))
  const drawers = boards.flatMap(({ id }) => ['ada', 'ben'].map((who) => new Drawer(id, who, random)))
  const sync = await startSyncServer({ storage: store.rooms, log: silentLog, limits })
  const door: Entrance = {
    entrance: async (boardId, personId) => ({
      url: `${sync.origin}${syncPath(boardId)}`,
      ticket: await sync.ticket({ boardId, personId }),
    }),
  }

  /** By a connection of its own, as a server that starts now would. */
  const check = async (): Promise<void> => {
    const fresh = await openStore({ database }, silentLog)
    for (const { id } of boards) {
      const elements = documentOf(await fresh.rooms.load(id))
        .getMap('elements')
        .toJSON()
      const missing = drawers.flatMap((drawer) => (drawer.boardId === id ? drawer.missing(elements) : []))
      if (missing.length > 0) throw new Error(`What was called saved is gone: ${missing.join('; ')}`)
    }
    await fresh.close()
  }

  try {
    for (let count = 0; count < kills; count++) {
      await Promise.all(drawers.map((drawer) => drawer.draw(door)))
      await new Promise((resolve) => setTimeout(resolve, random() * LONGEST))
      await postgres.kill()
      await Promise.all(drawers.map((drawer) => drawer.cut()))
      await postgres.start()
      await check()
    }
    await Promise.all(drawers.map(async (drawer) => drawer.settled(await drawer.enter(door))))
    await check()
    if (!drawers.every(({ isDone }) => isDone)) throw new Error('Not all came back')
    return drawers.reduce((sum, { acknowledged }) => sum + acknowledged, 0)
  } finally {
    await sync.stop()
    await store.close()
    await postgres.stop()
  }
}
