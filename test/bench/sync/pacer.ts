/** Calls each of many at the same rate, out of step with one another, from one timer. */
export class Pacer {
  private readonly due: number[]
  private readonly tasks: readonly ((times: number) => void)[]
  private interval: number
  private timer: NodeJS.Timeout | null = null

  /** @param rate calls of each task in a second */
  constructor(tasks: readonly ((times: number) => void)[], rate: number) {
    this.tasks = tasks
    this.interval = 1000 / rate
    this.due = this.spread()
  }

  start(): void {
    this.stop()
    this.spread().forEach((time, index) => {
      this.due[index] = time
    })
    this.turn()
  }

  setRate(rate: number): void {
    this.interval = 1000 / rate
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
  }

  private spread(): number[] {
    const now = performance.now()
    return this.tasks.map((_task, index) => now + (this.interval * (index + 1)) / this.tasks.length)
  }

  private turn(): void {
    this.timer = setTimeout(() => this.turn(), 1)
    const now = performance.now()
    this.due.forEach((due, index) => {
      if (due > now) return
      const times = Math.floor((now - due) / this.interval) + 1
      this.due[index] = due + times * this.interval
      this.tasks[index]?.(times)
    })
  }
}
