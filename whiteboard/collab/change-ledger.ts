/**
 * Which of this person's changes are on the server's disk. Changes are numbered from 1 in the order they were made; each
 * update frame carries every change up to some number, and the server tells how many frames of the connection it saved.
 */
export interface ChangeLedger {
  /** Changes not known to be on the server's disk. */
  readonly unsaved: number
  /** All changes up to this number are on the server's disk. */
  readonly durable: number
  /** Notes further changes; returns the number of the last. */
  add(count: number): number
  /** A new connection begins: the server counts its frames from one. */
  connected(): void
  /** An update frame goes out; `complete` when the server will then have had every change made so far. */
  sent(complete: boolean): void
  /** The first `frames` frames of this connection are saved. A number beyond those sent counts as all of them. */
  saved(frames: number): void
  /** Resolves when all changes made so far are saved. */
  whenSaved(): Promise<void>
  /** Ends the waiting of all that wait: these changes will not be saved by this client. */
  abandon(reason: Error): void
}

interface Waiter {
  readonly change: number
  readonly resolve: () => void
  readonly reject: (reason: Error) => void
}

export const createChangeLedger = (): ChangeLedger => {
  let made = 0
  let durable = 0
  let acknowledged = 0
  /** For each frame that is not acknowledged yet: the change up to which it tells. */
  let frames: number[] = []
  let waiters: Waiter[] = []

  const settle = (): void => {
    const done = waiters.filter(({ change }) => change <= durable)
    waiters = waiters.filter(({ change }) => change > durable)
    for (const waiter of done) waiter.resolve()
  }

  return {
    get unsaved() {
      return made - durable
    },
    get durable() {
      return durable
    },
    add(count) {
      made += count
      return made
    },
    connected() {
      frames = []
      acknowledged = 0
    },
    sent(complete) {
      frames.push(complete ? made : (frames.at(-1) ?? 0))
    },
    saved(count) {
      const newly = frames.splice(0, count - acknowledged)
      acknowledged += newly.length
      durable = Math.max(durable, newly.at(-1) ?? 0)
      settle()
    },
    whenSaved() {
      if (made === durable) return Promise.resolve()
      const change = made
      return new Promise((resolve, reject) => waiters.push({ change, resolve, reject }))
    },
    abandon(reason) {
      const abandoned = waiters
      waiters = []
      for (const waiter of abandoned) waiter.reject(reason)
    },
  }
}
