import type { Clock } from '../ports.ts'

/**
 * The result of `work`, or a rejection once it has taken too long.
 *
 * @param late is given a result that comes after all
 */
export const within = <Result>(
  clock: Clock,
  milliseconds: number,
  work: Promise<Result>,
  late: (result: Result) => void = () => {},
): Promise<Result> =>
  new Promise((resolve, reject) => {
    let isOver = false
    const cancel = clock.after(milliseconds, () => {
      isOver = true
      reject(new Error(`Not done after ${milliseconds} ms`))
    })
    work.then(
      (result) => {
        cancel()
        if (isOver) late(result)
        else resolve(result)
      },
      (error: unknown) => {
        cancel()
        reject(error)
      },
    )
  })
