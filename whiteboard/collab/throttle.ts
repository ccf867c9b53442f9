import type { Clock } from './clock.ts'

export interface Throttled {
  /** Asks for a run: at once when idle, otherwise when the interval since the last run is over. */
  request(): void
  /** Runs at once; the interval begins anew. */
  flush(): void
  stop(): void
}

/** Runs `task` at most once per `interval` milliseconds, and once more after the last request. */
export const throttled = (clock: Clock, interval: number, task: () => void): Throttled => {
  let cancel: (() => void) | null = null
  let wanted = false
  const run = (): void => {
    wanted = false
    cancel = clock.after(interval, () => {
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
    stop() {
      cancel?.()
      cancel = null
      wanted = false
    },
  }
}
