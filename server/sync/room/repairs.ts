import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'

/** Somebody of whose answer only a part was taken. */
export interface Waiting {
  /** Asks for what the server lacks, unless the answer is due already. */
  askAgain(): void
}

/** Asks those again of whose answer only a part was taken, when there is more to build on. */
export class Repairs {
  private readonly waiting = new Set<Waiting>()
  private readonly clock: Clock
  private readonly limits: Limits
  private cancel: (() => void) | null = null

  constructor(clock: Clock, limits: Limits) {
    this.clock = clock
    this.limits = limits
  }

  add(member: Waiting): void {
    this.waiting.add(member)
  }

  remove(member: Waiting): void {
    this.waiting.delete(member)
    if (this.waiting.size === 0) this.stop()
  }

  /** The document has grown. */
  grown(): void {
    if (this.waiting.size === 0 || this.cancel) return
    this.cancel = this.clock.after(this.limits.repairTick, () => {
      this.cancel = null
      for (const member of [...this.waiting]) member.askAgain()
    })
  }

  stop(): void {
    this.cancel?.()
    this.cancel = null
  }
}
