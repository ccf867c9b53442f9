import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import { repeat } from '../repeat.ts'

export interface Beating {
  /** Pings; ends itself when the last ping was not answered. Does not throw. */
  beat(now: number): void
}

/** One sweep for all sockets, so that a process with thousands of them has one timer. Returns what ends it. */
export const startHeartbeat = (beating: Iterable<Beating>, clock: Clock, limits: Limits): (() => void) =>
  repeat(clock, limits.heartbeat, () => {
    const now = clock.now()
    for (const one of [...beating]) one.beat(now)
  })
