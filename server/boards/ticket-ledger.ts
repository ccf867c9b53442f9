/** Remembers used tickets for as long as they could be used again. */
export interface TicketLedger {
  /** True exactly once for each id until `until` (milliseconds since the epoch). */
  spend(ticketId: string, until: number): Promise<boolean>
}

/** For one process. Sweeps at most once per `sweepEvery` milliseconds, when it is used. */
export const createTicketLedger = (clock: () => number = Date.now, sweepEvery = 10_000): TicketLedger => {
  const spent = new Map<string, number>()
  let sweptAt = clock()

  const sweep = (now: number): void => {
    if (now - sweptAt < sweepEvery) return
    sweptAt = now
    for (const [id, until] of spent) if (until <= now) spent.delete(id)
  }

  return {
    async spend(ticketId, until) {
      sweep(clock())
      if (spent.has(ticketId)) return false
      spent.set(ticketId, until)
      return true
    },
  }
}
