import type { Limits } from './limits.ts'
import type { Clock } from './ports.ts'

/**
 * Answers each client at once when it asks for what it lacks, and then no more often than `answerEvery`: of what is asked
 * meanwhile only the newest counts.
 */
export class Answers<Member> {
  /** Who was answered lately, and what they have asked since. */
  private readonly recent = new Map<Member, Uint8Array | null>()
  private cancel: (() => void) | null = null
  private readonly clock: Clock
  private readonly limits: Limits
  private readonly answer: (member: Member, stateVector: Uint8Array) => void

  constructor(clock: Clock, limits: Limits, answer: (member: Member, stateVector: Uint8Array) => void) {
    this.clock = clock
    this.limits = limits
    this.answer = answer
  }

  ask(member: Member, stateVector: Uint8Array): void {
    if (this.recent.has(member)) {
      this.recent.set(member, new Uint8Array(stateVector))
      return
    }
    this.answer(member, stateVector)
    if (this.limits.answerEvery === 0) return
    this.recent.set(member, null)
    this.cancel ??= this.clock.after(this.limits.answerEvery, () => this.sweep())
  }

  remove(member: Member): void {
    this.recent.delete(member)
  }

  stop(): void {
    this.cancel?.()
    this.recent.clear()
  }

  private sweep(): void {
    this.cancel = null
    for (const [member, stateVector] of [...this.recent]) {
      if (stateVector) {
        this.recent.set(member, null)
        this.answer(member, stateVector)
      } else this.recent.delete(member)
    }
    if (this.recent.size > 0) this.cancel = this.clock.after(this.limits.answerEvery, () => this.sweep())
  }
}
