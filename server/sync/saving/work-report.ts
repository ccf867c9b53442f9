import type { Limits } from '../limits.ts'
import type { Clock } from '../ports.ts'

/** A board that something was saved of, and who wrote on it since it was reported last. */
export interface WorkedBoard {
  readonly boardId: string
  readonly personIds: readonly string[]
}

export interface WorkReport {
  /** Somebody's update was taken; it is reported once the board is. */
  wrote(boardId: string, personId: string): void
  /** Something of the board is on disk. */
  add(boardId: string): void
  /** Reports what is collected now. */
  flush(): void
}

/** Collects the boards that people work on, so that their date is not written with each commit. */
export const createWorkReport = (
  clock: Clock,
  limits: Limits,
  report: (boards: WorkedBoard[], at: Date) => void,
): WorkReport => {
  const boardIds = new Set<string>()
  const writers = new Map<string, Set<string>>()
  let cancel = (): void => {}
  const flush = (): void => {
    cancel()
    if (boardIds.size === 0) return
    const worked = [...boardIds].map((boardId) => ({ boardId, personIds: [...(writers.get(boardId) ?? [])] }))
    for (const { boardId } of worked) writers.delete(boardId)
    boardIds.clear()
    report(worked, new Date())
  }
  return {
    wrote: (boardId, personId) => {
      const known = writers.get(boardId)
      if (known) known.add(personId)
      else writers.set(boardId, new Set([personId]))
    },
    add: (boardId) => {
      if (boardIds.size === 0) cancel = clock.after(limits.workedTick, flush)
      boardIds.add(boardId)
    },
    flush,
  }
}
