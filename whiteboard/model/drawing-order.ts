/** Negative where `a` is drawn before `b`. */
type Compare = (a: number, b: number) => number

/** Things, numbered from 0 without large gaps, in an order in which each has a rank: 0, 1, 2, … */
export interface DrawingOrder {
  /** Notes that a thing has come, went, or may stand elsewhere now; `arrange` must follow before anything is read. */
  mark(thing: number): void
  /** Brings in order what was marked. All that was not marked must compare as it did before. */
  arrange(isThere: (thing: number) => boolean, compare: Compare): void
  /** Whether anything is marked. */
  readonly isStale: boolean
  readonly size: number
  rank(thing: number): number
  at(rank: number): number
}

const NOWHERE = -1
const SMALLEST_CAPACITY = 64

/**
 * Arrays of numbers both ways: so a query's results are put in order by sorting numbers, not keys, and a change costs no
 * more than moving some numbers up or down.
 */
export const createDrawingOrder = (): DrawingOrder => new RankedThings()

class RankedThings implements DrawingOrder {
  size = 0
  #things = new Int32Array(0)
  #ranks = new Int32Array(0)
  #marked: number[] = []
  /** 1 for each of them. */
  #marks = new Uint8Array(SMALLEST_CAPACITY)

  get isStale(): boolean {
    return this.#marked.length > 0
  }

  mark(thing: number): void {
    if (thing >= this.#marks.length) {
      const marks = new Uint8Array(2 * thing)
      marks.set(this.#marks)
      this.#marks = marks
    }
    if (this.#marks[thing] === 1) return
    this.#marks[thing] = 1
    this.#marked.push(thing)
  }

  rank(thing: number): number {
    return this.#ranks[thing] as number
  }

  at(rank: number): number {
    return this.#things[rank] as number
  }

  arrange(isThere: (thing: number) => boolean, compare: Compare): void {
    const marked = this.#marked
    if (marked.length === 0) return
    this.#marked = []
    for (const thing of marked) this.#marks[thing] = 0
    this.#ranks = enlarged(this.#ranks, this.#marks.length)
    const firstOut = this.#takeOut(marked)
    const firstIn = this.#putIn(marked.filter(isThere).sort(compare), compare)
    for (let rank = Math.min(firstOut, firstIn); rank < this.size; rank++) {
      this.#ranks[this.#things[rank] as number] = rank
    }
  }

  /** Closes the gaps that things leave; the first rank that is another one's now. */
  #takeOut(things: readonly number[]): number {
    const gaps = Int32Array.from(
      things.filter((thing) => this.#stands(thing)).map((thing) => this.rank(thing)),
    )
    gaps.sort()
    const first = gaps[0] ?? this.size
    let end = first
    gaps.forEach((gap, index) => {
      const next = gaps[index + 1] ?? this.size
      this.#things.copyWithin(end, gap + 1, next)
      end += next - gap - 1
    })
    for (const thing of things) this.#ranks[thing] = NOWHERE
    this.size = end
    return first
  }

  #stands(thing: number): boolean {
    const rank = this.rank(thing)
    return rank >= 0 && rank < this.size && this.#things[rank] === thing
  }

  /** Makes gaps for things, themselves in order, and fills them; the first rank that is another one's now. */
  #putIn(things: readonly number[], compare: Compare): number {
    const places = new Int32Array(things.length)
    things.forEach((thing, index) => {
      places[index] = this.#placeOf(thing, places[index - 1] ?? 0, compare)
    })
    this.#things = enlarged(this.#things, this.size + things.length)
    let end = this.size
    for (let index = things.length - 1; index >= 0; index--) {
      const place = places[index] as number
      this.#things.copyWithin(place + index + 1, place, end)
      this.#things[place + index] = things[index] as number
      end = place
    }
    this.size += things.length
    return places[0] ?? this.size
  }

  /** Where a thing belongs among those that stand; most come on top. */
  #placeOf(thing: number, from: number, compare: Compare): number {
    if (this.size === 0 || compare(this.at(this.size - 1), thing) < 0) return this.size
    let low = from
    let high = this.size - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (compare(this.at(middle), thing) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}

const enlarged = (numbers: Int32Array<ArrayBuffer>, least: number): Int32Array<ArrayBuffer> => {
  if (numbers.length >= least) return numbers
  const larger = new Int32Array(Math.max(SMALLEST_CAPACITY, least, 2 * numbers.length))
  larger.set(numbers)
  return larger
}
