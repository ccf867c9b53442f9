/**
 * Numbers (states of a search) that wait for their turn, cheapest first; of equal ones, the one that came first. A binary
 * heap in plain arrays, which are read only where they were written.
 */
export class PriorityQueue {
  readonly #states: number[] = []
  readonly #costs: number[] = []
  readonly #turns: number[] = []
  #turn = 0

  get size(): number {
    return this.#states.length
  }

  push(state: number, cost: number): void {
    let index = this.#states.length
    const turn = this.#turn++
    while (index > 0) {
      const parent = (index - 1) >> 1
      if ((this.#costs[parent] as number) <= cost) break
      this.#copy(parent, index)
      index = parent
    }
    this.#put(index, state, cost, turn)
  }

  /** The next state; only while there is one. */
  pop(): number {
    const first = this.#states[0] as number
    const state = this.#states.pop() as number
    const cost = this.#costs.pop() as number
    const turn = this.#turns.pop() as number
    if (this.#states.length > 0) this.#sink(state, cost, turn)
    return first
  }

  #sink(state: number, cost: number, turn: number): void {
    const count = this.#states.length
    let index = 0
    for (;;) {
      const left = 2 * index + 1
      if (left >= count) break
      const child = left + 1 < count && this.#isBefore(left + 1, left) ? left + 1 : left
      const other = this.#costs[child] as number
      if (other > cost || (other === cost && (this.#turns[child] as number) > turn)) break
      this.#copy(child, index)
      index = child
    }
    this.#put(index, state, cost, turn)
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#costs[a] as number, this.#costs[b] as number]
    return one < other || (one === other && (this.#turns[a] as number) < (this.#turns[b] as number))
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#states[from] as number, this.#costs[from] as number, this.#turns[from] as number)
  }

  #put(index: number, state: number, cost: number, turn: number): void {
    this.#states[index] = state
    this.#costs[index] = cost
    this.#turns[index] = turn
  }
}
