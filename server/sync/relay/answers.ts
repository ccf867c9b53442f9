import type { Limits } from '../limits.ts'
import { type Clock, LONG_AGO } from '../ports.ts'

/**
 * Answers each client at once when it asks for what it lacks, and then no more often than `answerEvery`: of what is asked
 * meanwhile only the newest counts. An answer that took long is followed by a rest of the same length, in which everybody
 * else gets their turn, however many ask.
 */
export class Answers<Member> {
  /** Who was answered lately. */
  private readonly recent = new Set<Member>()
  /** What those ask for who have to wait, in the order in which they came. */
  private readonly waiting = new Map<Member, Uint8Array>()
  private restsUntil = LONG_AGO
  private cancelSweep: (() => void) | null = null
  private cancelRest: (() => void) | null = null
  private readonly clock: Clock
  private readonly limits: Limits
  private readonly answer: (member: Member, stateVector: Uint8Array) => void

  constructor(clock: Clock, limits: Limits, answer: (member: Member, stateVector: Uint8Array) => void) {
    this.clock = clock
    this.limits = limits
    this.answer = answer
  }

  ask(member: Member, stateVector: Uint8Array): void {
    this.waiting.set(member, new Uint8Array(stateVector))
    if (!this.recent.has(member)) this.serve()
  }

  remove(member: Member): void {
    this.recent.delete(member)
    this.waiting.delete(member)
  }

  stop(): void {
    this.cancelSweep?.()
    this.cancelRest?.()
    this.recent.clear()
    this.waiting.clear()
  }

  private serve(): void {
    for (const [member, stateVector] of this.waiting) {
      if (this.recent.has(member)) continue
      const now = this.clock.now()
      if (now < this.restsUntil) {
        this.rest(this.restsUntil - now)
        return
      }
      this.waiting.delete(member)
      this.answer(member, stateVector)
      const after = this.clock.now()
      this.restsUntil = after + (after - now)
      if (this.limits.answerEvery > 0) this.remember(member)
    }
  }

  private rest(milliseconds: number): void {
    this.cancelRest ??= this.clock.after(milliseconds, () => {
      this.cancelRest = null
      this.serve()
    })
  }

  private remember(member: Member): void {
    this.recent.add(member)
    this.cancelSweep ??= this.clock.after(this.limits.answerEvery, () => this.sweep())
  }

  private sweep(): void {
    this.cancelSweep = null
    this.recent.clear()
    this.serve()
  }
}
