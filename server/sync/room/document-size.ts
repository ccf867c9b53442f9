import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'
import type { Novelty } from '../relay/update-join.ts'

/** A delete range is a few bytes in the document too. */
const DELETE_BYTES = 4

/** About how many bytes an update's insertions come to; 0 when it only deletes. */
export const growthOf = ({ runs, update }: Novelty): number =>
  runs === null ? update.length : runs.reduce((sum, { from, to }) => sum + to - from, 0)

export interface DocumentSizeOptions {
  /** About how large it is now. */
  readonly bytes: number
  readonly limits: Limits
  readonly clock: Clock
  /** The length of the encoded document: exact, and slow. */
  readonly measure: () => number
  /** It came to the part of the limit at which people are warned. */
  readonly onNearlyFull: () => void
}

/**
 * About how large a document is, counted by what comes in. That is more than it is, since what was overwritten takes hardly
 * any room: each snapshot corrects it, and before anything is refused it is measured.
 */
export class DocumentSize {
  private bytes: number
  /** What the count may be wrong by: zero right after it was measured. */
  private since: number
  private measuredAt = Number.NEGATIVE_INFINITY
  /** All that ever came in. */
  private total = 0
  private warned = false
  private readonly options: DocumentSizeOptions

  constructor(options: DocumentSizeOptions) {
    this.options = options
    this.bytes = options.bytes
    this.since = options.bytes
  }

  get isNearlyFull(): boolean {
    return this.bytes >= this.options.limits.documentWarning
  }

  grown(novelty: Novelty): void {
    const bytes = growthOf(novelty) + (novelty.deletes.length / 3) * DELETE_BYTES
    this.bytes += bytes
    this.total += bytes
    // What is deleted may have been large.
    this.since += Math.max(1, bytes)
    if (!this.isNearlyFull || this.warned) return
    this.measureAgain()
    this.warn()
  }

  /** It is being encoded from now on: returns what is to be told its length then. */
  measuring(): (bytes: number) => void {
    const before = this.total
    return (bytes) => {
      this.since = this.total - before
      this.bytes = bytes + this.since
      this.warn()
    }
  }

  /** Whether it may grow by so much. */
  fits(growth: number): boolean {
    const { documentBytes } = this.options.limits
    if (this.bytes + growth <= documentBytes) return true
    this.measureAgain()
    return this.bytes + growth <= documentBytes
  }

  /** Whether anything has changed since it was measured. */
  get isEstimate(): boolean {
    return this.since > 0
  }

  private measureAgain(): void {
    const { clock, limits, measure } = this.options
    if (this.since === 0 || clock.now() - this.measuredAt < limits.documentMeasure) return
    this.measuredAt = clock.now()
    this.bytes = measure()
    this.since = 0
  }

  private warn(): void {
    if (this.warned || !this.isNearlyFull) return
    this.warned = true
    this.options.onNearlyFull()
  }
}
