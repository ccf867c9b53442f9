/** Milliseconds of work at a stretch, of all that is done in turns together. */
const STRETCH = 8

/** Resolves when sockets, timers and what else waits have had their turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

interface Job {
  /** Works until then at most, a step at least; whether it is done with. */
  advance(until: number): boolean
}

/** What is under way: the first goes on at the next turn, and then behind the others. */
const line: Job[] = []
let isWorking = false

const work = async (): Promise<void> => {
  isWorking = true
  while (line.length > 0) {
    const until = performance.now() + STRETCH
    for (let job = line.shift(); job; job = performance.now() < until ? line.shift() : undefined) {
      if (!job.advance(until)) line.push(job)
    }
    if (line.length > 0) await turn()
  }
  isWorking = false
}

/**
 * Does long work, which pauses every millisecond or two, a few milliseconds at a time, so that everybody else is served in
 * between. All such work of the process shares the time; what is short is done first come, first served, and before this
 * returns where nothing else is under way. Rejects with what the work throws.
 */
export const inTurns = <Result>(task: Generator<unknown, Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    const advance = (until: number): boolean => {
      try {
        let step = task.next()
        while (!step.done && performance.now() < until) step = task.next()
        if (step.done) resolve(step.value)
        return step.done === true
      } catch (error) {
        reject(error)
        return true
      }
    }
    line.push({ advance })
    if (!isWorking) void work()
  })
