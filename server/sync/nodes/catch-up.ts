/** Reads what was missed, once at a time, however often something is missed meanwhile; after a failure again. */
export interface CatchUp {
  /** Something was missed. Before `start` it is only noted. */
  missed(): void
  start(): void
  stop(): void
}

export interface CatchUpOptions {
  readonly work: () => Promise<void>
  readonly takeTurn: (work: () => Promise<void>) => Promise<void>
  readonly retryAfter: (failures: number, task: () => void) => () => void
}

export const createCatchUp = ({ work, takeTurn, retryAfter }: CatchUpOptions): CatchUp => {
  let isBehind = false
  let isStarted = false
  let isRunning = false
  let failures = 0
  let cancel = (): void => {}

  const run = async (): Promise<void> => {
    if (isRunning || !isStarted) return
    isRunning = true
    try {
      while (isBehind && isStarted) {
        await takeTurn(async () => {
          isBehind = false
          await work()
        })
        failures = 0
      }
    } catch {
      isBehind = true
      cancel = retryAfter(++failures, () => void run())
    } finally {
      isRunning = false
    }
  }

  return {
    missed: () => {
      isBehind = true
      if (failures === 0) void run()
    },
    start: () => {
      isStarted = true
      void run()
    },
    stop: () => {
      isStarted = false
      cancel()
    },
  }
}

/** Lets at most `width` works run at a time; the others wait in line. */
export const createTurns = (width: number) => {
  const line: (() => void)[] = []
  let running = 0
  return async (work: () => Promise<void>): Promise<void> => {
    if (running >= width) await new Promise<void>((resolve) => line.push(resolve))
    else running++
    try {
      await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running--
    }
  }
}
