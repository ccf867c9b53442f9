import type { Clock } from './clock.ts'

/** How long nothing may come before the server is asked for a sign of life, in milliseconds. */
const QUIET = 20_000
/** How long the answer may take, in milliseconds. */
const ANSWER = 10_000
/** The same when there is reason for doubt: the device woke up, or its network changed. */
const PROMPT_ANSWER = 4000
/** The same when the device says that it has no network: only a server on the device itself still answers, and promptly. */
const CUT_OFF_ANSWER = 1500
/** How long a change may go unsaved, and nothing else come, before the server is asked for a sign of life. */
const UNSAVED_QUIET = 4000
const UNSAVED_ANSWER = 5000

/** Finds connections that died without a word (a laptop that slept, a network that changed). */
export interface Liveness {
  start(): void
  stop(): void
  heard(): void
  /** Something was sent that the server is to acknowledge. */
  sent(): void
  /** Asks now, and waits for the answer only briefly: the more briefly when the device says that it is `cutOff`. */
  check(cutOff?: boolean): void
}

/**
 * @param probe sends something that is answered
 * @param owed whether the server has something to acknowledge
 * @param dead called once when no answer came; the watch has ended then
 */
export const createLiveness = (
  clock: Clock,
  { probe, owed, dead }: { probe: () => void; owed: () => boolean; dead: () => void },
): Liveness => {
  let cancel: (() => void) | null = null
  let lastHeard = 0
  /** Since when the server owes an acknowledgement and has said nothing; null when it owes none. */
  let owedSince: number | null = null
  let isAsking = false

  const watch = (): void => {
    isAsking = false
    if (!owed()) owedSince = null
    const since = owedSince === null ? lastHeard : Math.max(lastHeard, owedSince)
    const patience = owedSince === null ? QUIET : UNSAVED_QUIET
    const quietFor = clock.now() - since
    if (quietFor >= patience) ask(owedSince === null ? ANSWER : UNSAVED_ANSWER)
    else cancel = clock.after(patience - quietFor, watch)
  }

  const ask = (patience: number): void => {
    const asked = clock.now()
    isAsking = true
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
      owedSince = null
      watch()
    },
    stop() {
      cancel?.()
      cancel = null
    },
    heard() {
      lastHeard = clock.now()
    },
    sent() {
      if (!cancel || isAsking || owedSince !== null) return
      owedSince = clock.now()
      cancel()
      watch()
    },
    check(cutOff = false) {
      if (!cancel) return
      cancel()
      lastHeard = Math.min(lastHeard, clock.now() - 1)
      ask(cutOff ? CUT_OFF_ANSWER : PROMPT_ANSWER)
    },
  }
}
