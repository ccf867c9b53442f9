/** Time as the collaboration code knows it, so that tests can drive it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Runs `task` once after `milliseconds`; returns what takes it back. */
  after(milliseconds: number, task: () => void): () => void
}

export const browserClock: Clock = {
  now: Date.now,
  after: (milliseconds, task) => {
    const timer = setTimeout(task, milliseconds)
    return () => clearTimeout(timer)
  },
}
