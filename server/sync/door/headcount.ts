/** How many are there by one key. */
export interface Count {
  readonly key: string
  count: number
}

/** Counts who is there, by some key of theirs. */
export class Headcount {
  private readonly counts = new Map<string, Count>()

  of(key: string): number {
    return this.counts.get(key)?.count ?? 0
  }

  /** Returns where they are counted, for `remove`. */
  add(key: string): Count {
    let count = this.counts.get(key)
    if (!count) {
      count = { key, count: 0 }
      this.counts.set(key, count)
    }
    count.count++
    return count
  }

  remove(count: Count): void {
    count.count--
    if (count.count === 0) this.counts.delete(count.key)
  }
}
