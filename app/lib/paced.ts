type Subscribe = (listener: () => void) => () => void

/** The same subscription, telling at most once in so many milliseconds, and once more after the last time. */
export const paced =
  (subscribe: Subscribe, milliseconds: number): Subscribe =>
  (listener) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let missed = false
    const tell = (): void => {
      missed = false
      timer = setTimeout(() => {
        timer = undefined
        if (missed) tell()
      }, milliseconds)
      listener()
    }
    const end = subscribe(() => {
      if (timer === undefined) tell()
      else missed = true
    })
    return () => {
      clearTimeout(timer)
      end()
    }
  }
