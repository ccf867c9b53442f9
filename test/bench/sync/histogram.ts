/** Bins are this wide, in milliseconds. */
const BIN = 0.05
const LONGEST = 20_000

/** How long things took, in milliseconds. What never arrived counts as endless. */
export class Histogram {
  private readonly bins = new Uint32Array(LONGEST / BIN + 1)
  count = 0

  add(milliseconds: number): void {
    const bin = Math.min(LONGEST, Math.max(0, milliseconds)) / BIN
    this.bins[bin | 0] = (this.bins[bin | 0] ?? 0) + 1
    this.count++
  }

  clear(): void {
    this.bins.fill(0)
    this.count = 0
  }

  /** What `part` of all that were `expected` do not exceed; endless when fewer arrived. */
  quantile(part: number, expected = this.count): number {
    const rank = Math.ceil(Math.max(expected, this.count) * part)
    let before = 0
    if (this.count > 0 && rank <= this.count) {
      for (const [bin, count] of this.bins.entries()) {
        before += count
        if (before >= rank) return (bin + 0.5) * BIN
      }
    }
    return Number.POSITIVE_INFINITY
  }
}
