/** How often each of a few things happened. Names must come from code, never from clients: each is kept for ever. */
export class Tally {
  readonly counts = new Map<string, number>()

  add(name: string | number): void {
    const key = String(name)
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1)
  }
}

/** How large something was, as counts of fixed ranges. */
export class Distribution {
  /** Upper ends of the ranges, ascending; what is above the last counts in `total` only. */
  readonly bounds: readonly number[]
  /** One for each of `bounds`, not cumulative. */
  readonly counts: number[]
  total = 0
  sum = 0

  constructor(bounds: readonly number[]) {
    this.bounds = bounds
    this.counts = bounds.map(() => 0)
  }

  /** @param times how often `value` was seen */
  add(value: number, times = 1): void {
    this.total += times
    this.sum += value * times
    for (let index = 0; index < this.bounds.length; index++) {
      if (value > (this.bounds[index] as number)) continue
      this.counts[index] = (this.counts[index] as number) + times
      return
    }
  }
}

/** Milliseconds. */
const DURATIONS = [1, 2.5, 5, 10, 25, 50, 75, 100, 150, 250, 500, 1000, 2500, 5000, 10_000, 30_000]
const SIZES = [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000]

/**
 * What the sync server counts since it started. Plain numbers that the code adds to where something happens
 * (`metrics.updates++`), and that whoever watches reads when it wants to: the hot path pays an addition and knows no library.
 */
export class SyncMetrics {
  /** Document updates of clients that were accepted, and their bytes. */
  updates = 0
  updateBytes = 0
  /** Presence entries of clients that were accepted. */
  presence = 0
  /** Frames handed to sockets and their bytes, each receiver counted. */
  framesOut = 0
  bytesOut = 0
  /** Presence frames that slow readers were spared, and times that a reader fell behind altogether. */
  presenceDropped = 0
  fellBehind = 0
  /** Updates that were not applied, by the gate's reason. */
  readonly refusedUpdates = new Tally()
  /** Requests that were turned away with an HTTP status, by code such as `ticket-used`. */
  readonly refusedConnections = new Tally()
  /** Connections ended by us, by close code; `cut` for those that were not told. */
  readonly closes = new Tally()
  /** Transactions that appended to the log, how long they took (ms), their bytes and rows. */
  readonly commitTime = new Distribution(DURATIONS)
  readonly commitBytes = new Distribution(SIZES)
  commitRows = 0
  commitFailures = 0
  /** From the arrival of updates to their commit, in milliseconds; those of one log entry count as its first. */
  readonly savedLag = new Distribution(DURATIONS)
  compactions = 0
  compactionFailures = 0
  /** Boards that were loaded, how long it took (ms), and how often it failed. */
  readonly loadTime = new Distribution(DURATIONS)
  loadFailures = 0
  /** Messages to and from other nodes. */
  busIn = 0
  busOut = 0
}
