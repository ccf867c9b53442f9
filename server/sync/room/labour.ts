import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import type { IsSpent } from './apply-metered.ts'

/** What somebody's updates have cost beyond what is usual, in milliseconds, and when that was counted. */
interface Account {
  excess: number
  at: number
}

/** So many people may stand in the books before those who owe nothing any more are taken out. */
const BOOKS = 1000

/**
 * How long each person's updates keep the process busy beyond what updates of their size usually take: some that are sound
 * in all they say take Yjs quadratic time. The excess is forgotten at a steady pace.
 */
export class Labour {
  private readonly accounts = new Map<string, Account>()
  private readonly clock: Clock
  private readonly limits: Limits
  private readonly stopwatch: () => number

  /** @param stopwatch milliseconds since whenever, with fractions */
  constructor(clock: Clock, limits: Limits, stopwatch: () => number = () => performance.now()) {
    this.clock = clock
    this.limits = limits
    this.stopwatch = stopwatch
  }

  /**
   * Does the work that somebody's update of so many bytes makes, and counts how long it takes. Work that can be broken off is
   * told when it is to be: then all that it took is counted but what reading the update, and its structs, may take.
   */
  time<Result>(personId: string, bytes: number, work: (isSpent: IsSpent) => Result): Result {
    const { workPerUpdate, workPerKilobyte, workPerStruct, workPerKilobyteRead, workAtOnce } = this.limits
    const left = Math.min(workAtOnce, Math.max(0, this.limits.workExcess - this.owedBy(personId)))
    const start = this.stopwatch()
    let spent = 0
    const isSpent: IsSpent = (structs) => {
      const usual = workPerUpdate + workPerStruct * structs + (workPerKilobyteRead * bytes) / 1024
      const excess = this.stopwatch() - start - usual
      if (excess > left) spent = excess
      return spent > 0
    }
    try {
      return work(isSpent)
    } finally {
      const excess = this.stopwatch() - start - workPerUpdate - (workPerKilobyte * bytes) / 1024
      if (Math.max(spent, excess) > 0) this.charge(personId, Math.max(spent, excess))
    }
  }

  /** Whether somebody keeps the process busier than anybody may. */
  isTooMuch(personId: string): boolean {
    return this.owedBy(personId) > this.limits.workExcess
  }

  private owedBy(personId: string): number {
    const account = this.accounts.get(personId)
    return account ? this.excessOf(account) : 0
  }

  private charge(personId: string, excess: number): void {
    this.accounts.set(personId, { excess: this.owedBy(personId) + excess, at: this.clock.now() })
    if (this.accounts.size > BOOKS) this.tidy()
  }

  private excessOf({ excess, at }: Account): number {
    const seconds = Math.max(0, this.clock.now() - at) / 1000
    return Math.max(0, excess - seconds * this.limits.workForgiven)
  }

  private tidy(): void {
    for (const [personId, account] of this.accounts) {
      if (this.excessOf(account) === 0) this.accounts.delete(personId)
    }
  }
}
