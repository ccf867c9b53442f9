import type { Log } from '../log.ts'
import type { Store } from '../store/types.ts'
import { BIN_TIME } from './bin.ts'
import { thinVersions } from './take-version.ts'

/** Milliseconds between two rounds. */
const EVERY = 3_600_000

/** Boards that are looked at before others get a turn. */
const STEP = 20

type Kept = Pick<Store, 'versions' | 'boards'>

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const emptyBin = async ({ boards }: Kept, now: Date, isStopped: () => boolean): Promise<number> => {
  const before = new Date(now.getTime() - BIN_TIME)
  let removed = 0
  for (;;) {
    const ids = await boards.deletedBefore(before, STEP)
    for (const id of ids) {
      if (isStopped()) return removed
      if (await boards.removeDeleted(id)) removed++
      await turn()
    }
    if (ids.length < STEP) return removed
  }
}

const thinAll = async (store: Kept, now: Date, isStopped: () => boolean): Promise<number> => {
  let removed = 0
  let last = ''
  for (;;) {
    const boardIds = await store.versions.boardsWithVersions(last, STEP)
    for (const boardId of boardIds) {
      if (isStopped()) return removed
      removed += await thinVersions(store, boardId, now)
      await turn()
    }
    last = boardIds.at(-1) ?? last
    if (boardIds.length < STEP) return removed
  }
}

/** One round: boards that were in the bin for long enough go, and versions are thinned, a little at a time. Never rejects. */
export const keepHouse = async (
  store: Kept,
  log: Log,
  now: Date = new Date(),
  isStopped: () => boolean = () => false,
): Promise<void> => {
  try {
    const boards = await emptyBin(store, now, isStopped)
    const versions = await thinAll(store, now, isStopped)
    if (boards + versions > 0) log.info('old boards and versions were removed', { boards, versions })
  } catch (error) {
    log.warn('old boards and versions were not removed', { error })
  }
}

/** Keeps house now and every hour; returns what ends it, which resolves when a round under way is over. */
export const startHousekeeping = (store: Kept, log: Log): (() => Promise<void>) => {
  let stopped = false
  let round = Promise.resolve()
  const start = (): void => {
    round = round.then(() => keepHouse(store, log, new Date(), () => stopped))
  }
  start()
  const timer = setInterval(start, EVERY)
  timer.unref()
  return () => {
    stopped = true
    clearInterval(timer)
    return round
  }
}
