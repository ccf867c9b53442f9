import type { Clock } from './ports.ts'

/** Runs `task` every `milliseconds`, the next turn counted from the end of the last; returns what ends it. */
export const repeat = (
  clock: Clock,
  milliseconds: number,
  task: () => void | Promise<void>,
): (() => void) => {
  let ended = false
  let cancel = (): void => {}
  const next = (): void => {
    if (ended) return
    cancel = clock.after(milliseconds, () => void Promise.resolve(task()).then(next))
  }
  next()
  return () => {
    ended = true
    cancel()
  }
}
