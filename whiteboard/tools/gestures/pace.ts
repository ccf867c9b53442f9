/** Elements found that one movement may cost. */
const FOUND_AT_ONCE = 4_000

/**
 * How often a gesture looks for what it encloses: at every movement, and more seldom the more it finds, so that the whole
 * of a large board costs no more than a part of it. What is found on release counts.
 */
export class Pace {
  #left = 0

  /** Whether to look at this movement. */
  isDue(): boolean {
    this.#left--
    return this.#left <= 0
  }

  /** So much was found by looking. */
  found(count: number): void {
    this.#left = Math.ceil(count / FOUND_AT_ONCE)
  }
}
