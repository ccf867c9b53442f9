import { inSlices } from '../model/slices.ts'

/** What comes into the document from outside, one after the other: while something is applied in slices, the rest waits. */
export interface Intake {
  /** Runs a task behind all that came before it: at once when there is nothing of that. */
  run(task: () => void): void
  /** Runs work in slices behind all that came before it. Resolves when it is done, failed or was given up; never rejects. */
  slice(work: () => Generator<undefined, void>): Promise<void>
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
  /** Gives up what is not done yet. */
  stop(): void
}

export const createIntake = (): Intake => {
  /** Null while nothing is under way. */
  let last: Promise<void> | null = null
  let stopped = false

  const enqueue = (begin: () => Promise<unknown>): Promise<void> => {
    const mine: Promise<void> = (last ? last.then(begin) : begin())
      .catch((error: unknown) => console.error('What came for the document could not be applied', error))
      .then(() => {
        if (last === mine) last = null
      })
    last = mine
    return mine
  }

  return {
    run(task) {
      if (stopped) return
      if (!last) task()
      else void enqueue(async () => stopped || task())
    },
    slice: (work) => enqueue(() => inSlices(work(), () => stopped)),
    async idle() {
      while (last) await last
    },
    stop() {
      stopped = true
    },
  }
}
