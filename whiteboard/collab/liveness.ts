import type { Clock } from './clock.ts'

/** How long nothing may come before the server is asked for a sign of life, in milliseconds. */
const QUIET = 20_000
/** How long the answer may take, in milliseconds. */
const ANSWER = 10_000
/** The same when there is reason for doubt: the device woke up, or its network changed. */
const PROMPT_ANSWER = 4000

/** Finds connections that died without a word (a laptop that slept, a network that changed). */
export interface Liveness {
  start(): void
  stop(): void
  heard(): void
  /** Asks now, and waits for the answer only briefly. */
  check(): void
}

/**
 * @param probe sends something that is answered
 * @param dead called once when no answer came; the watch has ended then
 */
export const createLiveness = (clock: Clock, probe: () => void, dead: () => void): Liveness => {
  let cancel: (() => void) | null = null
  let lastHeard = 0

  const watch = (): void => {
    const quietFor = clock.now() - lastHeard
    if (quietFor >= QUIET) ask(ANSWER)
    else cancel = clock.after(QUIET - quietFor, watch)
  }

  const ask = (patience: number): void => {
    const asked = clock.now()
    probe()
    cancel = clock.after(patience, () => {
      if (lastHeard >= asked) return watch()
      cancel = null
      dead()
    })
  }

  return {
    start() {
      cancel?.()
      lastHeard = clock.now()
      watch()
    },
    stop() {
      cancel?.()
      cancel = null
    },
    heard() {
      lastHeard = clock.now()
    },
    check() {
      if (!cancel) return
      cancel()
      lastHeard = Math.min(lastHeard, clock.now() - 1)
      ask(PROMPT_ANSWER)
    },
  }
}
