import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'

/** Somebody of whose answer only a part was taken. */
export interface Waiting {
  /** Asks for what the server lacks, unless the answer is due already. */
  askAgain(): void
}

/**
 * Asks those again of whose answer only a part was taken, when there is more to build on, and once more when their patience
 * is over: two of them may wait for each other.
 */
export class Repairs {
  /** Since when each waits. */
  private readonly waiting = new Map<Waiting, number>()
  private readonly clock: Clock
  private readonly limits: Limits
  private cancel: (() => void) | null = null
  private cancelInsisting: (() => void) | null = null

  constructor(clock: Clock, limits: Limits) {
    this.clock = clock
    this.limits = limits
  }

  add(member: Waiting): void {
    if (!this.waiting.has(member)) this.waiting.set(member, this.clock.now())
    this.cancelInsisting ??= this.clock.after(this.limits.repairPatience, () => this.insist())
  }

  remove(member: Waiting): void {
    this.waiting.delete(member)
    if (this.waiting.size === 0) this.stop()
  }

  /** Whether what is missing may still come by itself. */
  isPatient(member: Waiting): boolean {
    const since = this.waiting.get(member)
    return since === undefined || this.clock.now() - since < this.limits.repairPatience
  }

  /** The document has grown. */
  grown(): void {
    if (this.waiting.size === 0 || this.cancel) return
    this.cancel = this.clock.after(this.limits.repairTick, () => {
      this.cancel = null
      this.askAll()
    })
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
    this.cancelInsisting?.()
    this.cancelInsisting = null
  }

  private insist(): void {
    this.cancelInsisting = null
    const isAnyPatient = [...this.waiting.keys()].some((member) => this.isPatient(member))
    if (isAnyPatient) {
      this.cancelInsisting = this.clock.after(this.limits.repairPatience, () => this.insist())
    }
    this.askAll()
  }

  private askAll(): void {
    for (const member of [...this.waiting.keys()]) member.askAgain()
  }
}
