import { createRandom } from '../support/random.ts'

interface Task {
  readonly due: number
  readonly order: number
  run: (() => void) | null
}

/** Time as the parts under test know it: `Clock` of the server and of the client alike. */
export interface WorldClock {
  now(): number
  after(milliseconds: number, task: () => void): () => void
}

/** Lets all promises run that can: nothing in here waits for real time. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const isEarlier = (a: Task, b: Task): boolean => a.due < b.due || (a.due === b.due && a.order < b.order)

/** Everything that happens, one thing after the other, in the order that the seed gives. */
export class World implements WorldClock {
  /** What must never happen, and did. */
  readonly violations: string[] = []
  private readonly heap: Task[] = []
  private readonly random: () => number
  private time = Date.UTC(2026, 0, 1)
  private count = 0

  constructor(seed: number) {
    this.random = createRandom(seed)
  }

  now(): number {
    return this.time
  }

  after(milliseconds: number, run: () => void): () => void {
    const task: Task = { due: this.time + Math.max(0, milliseconds), order: this.count++, run }
    this.push(task)
    return () => {
      task.run = null
    }
  }

  /** A clock whose tasks are forgotten once `isAlive` says no, as those of a process that was killed. */
  clockOf(isAlive: () => boolean): WorldClock {
    return {
      now: () => this.time,
      after: (milliseconds, task) => this.after(milliseconds, () => isAlive() && task()),
    }
  }

  /** Resolves after so long, for what is made of promises. */
  pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve))
  }

  chance(probability: number): boolean {
    return this.random() < probability
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.random() * end)
  }

  fraction = (): number => this.random()

  between(least: number, most: number): number {
    return least + this.random() * (most - least)
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)]
  }

  violate(what: string): void {
    this.violations.push(`${what} (at ${((this.time - Date.UTC(2026, 0, 1)) / 1000).toFixed(3)} s)`)
  }

  /** Lets so much time go by; what falls due runs, and all that follows from it, before the next does. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.time + milliseconds
    await turn()
    for (let task = this.pop(until); task; task = this.pop(until)) {
      if (!task.run) continue
      this.time = task.due
      this.guard(task.run)
      await turn()
    }
    this.time = until
  }

  private guard(run: () => void): void {
    try {
      run()
    } catch (error) {
      this.violate(`I6: something threw: ${error instanceof Error ? error.stack : error}`)
    }
  }

  private push(task: Task): void {
    const { heap } = this
    let at = heap.push(task) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!isEarlier(task, heap[parent] as Task)) break
      heap[at] = heap[parent] as Task
      at = parent
    }
    heap[at] = task
  }

  private pop(until: number): Task | null {
    const { heap } = this
    const [first] = heap
    if (!first || first.due > until) return null
    const last = heap.pop() as Task
    if (heap.length > 0) this.sink(last)
    return first
  }

  private sink(task: Task): void {
    const { heap } = this
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= heap.length) break
      if (child + 1 < heap.length && isEarlier(heap[child + 1] as Task, heap[child] as Task)) child++
      if (!isEarlier(heap[child] as Task, task)) break
      heap[at] = heap[child] as Task
      at = child
    }
    heap[at] = task
  }
}
