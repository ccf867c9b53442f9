import type { Limits } from './limits.ts'
import type { Clock } from './ports.ts'

export interface WorkReport {
  add(boardId: string): void
  /** Reports what is collected now. */
  flush(): void
}

/** Collects the boards that people work on, so that their date is not written with each commit. */
export const createWorkReport = (
  clock: Clock,
  limits: Limits,
  report: (boardIds: string[], at: Date) => void,
): WorkReport => {
  const boardIds = new Set<string>()
  let cancel = (): void => {}
  const flush = (): void => {
    cancel()
    if (boardIds.size === 0) return
    const worked = [...boardIds]
    boardIds.clear()
    report(worked, new Date(clock.now()))
  }
  return {
    add: (boardId) => {
      if (boardIds.size === 0) cancel = clock.after(limits.workedTick, flush)
      boardIds.add(boardId)
    },
    flush,
  }
}
