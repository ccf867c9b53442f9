import type { Clock } from './clock.ts'

export interface Throttled {
  /** Asks for a run: at once when idle, otherwise when the interval since the last run is over. */
  request(): void
  /** Runs at once; the interval begins anew. */
  flush(): void
  /** Ends the interval: runs at once if a run is waiting for it. */
  hurry(): void
  stop(): void
}

/**
 * Runs `task` at most once per interval, and once more after the last request.
 *
 * @param interval gives milliseconds; asked after each run
 */
export const throttled = (clock: Clock, interval: () => number, task: () => void): Throttled => {
  let cancel: (() => void) | null = null
  let wanted = false
  const run = (): void => {
    wanted = false
    cancel = clock.after(interval(), () => {
      cancel = null
      if (wanted) run()
    })
    task()
  }
  return {
    request() {
      if (cancel) wanted = true
      else run()
    },
    flush() {
      cancel?.()
      run()
    },
    hurry() {
      cancel?.()
      cancel = null
      if (wanted) run()
    },
    stop() {
      cancel?.()
      cancel = null
      wanted = false
    },
  }
}
