import type { Claim } from '../gate/owners.ts'
import type { SavedUpdate } from '../nodes/node-wire.ts'

/** Whose update it is: told how many of its frames are on disk. */
export interface Author {
  acknowledge(frames: number): void
}

/** Waits for no acknowledgement. */
export const nobody: Author = { acknowledge: () => {} }

/** The room that updates belong to, as the saver sees it. */
export interface SaveTarget {
  readonly boardId: string
  /** Which client ids became whose and is not stored yet: goes with the board's next log entry. */
  claims(): readonly Claim[]
  /** Log entries of it were committed. */
  committed(saved: readonly SavedUpdate[]): void
  /** Writing fails since now, or works again. */
  storageFailing(failing: boolean): void
  /** The board no longer exists; what was written for it is dropped. */
  boardGone(): void
}
