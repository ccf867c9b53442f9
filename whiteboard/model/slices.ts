/** Milliseconds of work at a stretch: together with a frame's drawing it stays far below what a hand notices. */
const SLICE = 12

/** Resolves in a task of its own, behind the input and the frames that wait. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })

/**
 * Runs work that pauses every few milliseconds, and lets the page answer and draw in between. What fits into the first
 * slice is done when this returns. Resolves with what the work came to; with null when it was given up, for which it is
 * asked before each slice.
 */
export const inSlices = async <Result>(
  work: Generator<unknown, Result>,
  isGivenUp: () => boolean = () => false,
): Promise<Result | null> => {
  while (!isGivenUp()) {
    const end = performance.now() + SLICE
    let step = work.next()
    while (!step.done && performance.now() < end) step = work.next()
    if (step.done) return step.value
    await nextTask()
  }
  work.return(undefined as Result)
  return null
}

/** The whole of what a generator comes to, without its pauses. */
export const finished = <Result>(work: Generator<unknown, Result>): Result => {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}
