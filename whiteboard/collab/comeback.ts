import { type Consequence, retryDelay } from './closing.ts'
import type { OfflineCause } from './types.ts'

/** A connection that held this long, in milliseconds, was a good one: the next wait begins anew. */
const STABLE = 10_000

/** How the client comes back after its connection ended: how long it waits, and why it is offline meanwhile. */
export class Comeback {
  /** Why the last attempt came to nothing; null while there is no more to it than a first one, or a change of role. */
  cause: OfflineCause | null = null
  private failures = 0
  /** What the device last said about its network. */
  private isCutOff = false
  private readonly random: () => number

  /** @param random from 0 to 1 */
  constructor(random: () => number) {
    this.random = random
  }

  /**
   * @param heldFor how long the connection was online, in milliseconds
   * @returns how long to wait before the next attempt, in milliseconds
   */
  after(consequence: Exclude<Consequence, { type: 'end' }>, heldFor: number): number {
    this.failures = heldFor >= STABLE ? 1 : this.failures + 1
    if (consequence.type === 'again') this.cause = this.causeOf(consequence.cause)
    return retryDelay(this.failures, consequence, this.random())
  }

  online(): void {
    this.cause = null
  }

  /** A person wants it tried now. */
  startOver(): void {
    this.failures = 0
  }

  network(isThere: boolean): void {
    this.isCutOff = !isThere
  }

  private causeOf(cause: OfflineCause): OfflineCause {
    return cause === 'unreachable' && this.isCutOff ? 'no-network' : cause
  }
}
