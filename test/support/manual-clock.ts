/** A clock that stands still until a test moves it; fits every `Clock` of the project. */
export interface ManualClock {
  now(): number
  after(milliseconds: number, task: () => void): () => void
  /** Moves time on, running what falls due in order. What awaits promises may need a turn of the event loop afterwards. */
  advance(milliseconds: number): void
  /** How many tasks wait. */
  readonly waiting: number
}

interface Task {
  readonly due: number
  readonly run: () => void
}

export const createManualClock = (start = Date.UTC(2026, 0, 1)): ManualClock => {
  let time = start
  let tasks: Task[] = []

  const nextDue = (until: number): Task | undefined =>
    tasks.filter(({ due }) => due <= until).sort((a, b) => a.due - b.due)[0]

  return {
    now: () => time,
    after(milliseconds, run) {
      const task: Task = { due: time + milliseconds, run }
      tasks.push(task)
      return () => {
        tasks = tasks.filter((other) => other !== task)
      }
    },
    advance(milliseconds) {
      const until = time + milliseconds
      for (let task = nextDue(until); task; task = nextDue(until)) {
        const current = task
        tasks = tasks.filter((other) => other !== current)
        time = current.due
        current.run()
      }
      time = until
    },
    get waiting() {
      return tasks.length
    },
  }
}
