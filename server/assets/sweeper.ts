import type { Log } from '../log.ts'
import type { Assets } from '../store/types.ts'
import type { AssetStore } from './asset-store.ts'
import { assetLimits } from './limits.ts'

export interface Sweeper {
  /** Resolves when a sweep under way is over. */
  stop(): Promise<void>
}

/** Removes bytes that no board has had for the time of grace. Failures are logged: the next sweep tries again. */
export const sweepAssets = async (
  store: AssetStore,
  rows: Pick<Assets, 'needed'>,
  log: Log,
  now: Date = new Date(),
): Promise<void> => {
  const before = new Date(now.getTime() - assetLimits.grace)
  try {
    const removed = await store.sweep(before, (hashes) => rows.needed(hashes))
    if (removed > 0) log.info('pictures that no board needs were removed', { removed })
  } catch (error) {
    log.warn('pictures were not swept', { error })
  }
}

/** Sweeps now, and from time to time until it is stopped. */
export const startSweeper = (store: AssetStore, rows: Pick<Assets, 'needed'>, log: Log): Sweeper => {
  let stopped = false
  let sweep = Promise.resolve()
  const turn = (): void => {
    // Asked in between, so that a stop need not wait for a whole sweep.
    const needed: Assets['needed'] = (hashes) =>
      stopped ? Promise.resolve(new Set(hashes)) : rows.needed(hashes)
    sweep = sweepAssets(store, { needed }, log)
  }
  turn()
  const timer = setInterval(turn, assetLimits.sweepEvery)
  timer.unref()
  return {
    stop: () => {
      stopped = true
      clearInterval(timer)
      return sweep
    },
  }
}
