import type { Box } from '../geometry/types.ts'
import type { ElementId } from './element.ts'

/** Who caused a change. Every transaction names one; undo takes back `user` changes only. */
export type Origin =
  /** This person, here and now. */
  | 'user'
  /** This person's undo or redo. */
  | 'undo'
  /** Peers, through the server. */
  | 'remote'
  /** The copy on this device, or the first state at all. */
  | 'load'

/** What one transaction did to the elements, in terms of the board, not of the document. */
export interface ChangeSet {
  readonly origin: Origin
  readonly added: ReadonlySet<ElementId>
  readonly updated: ReadonlySet<ElementId>
  readonly removed: ReadonlySet<ElementId>
  /** Where those that were updated or removed were painted before. */
  readonly left: ReadonlyMap<ElementId, Box>
  /** Whether the board's settings changed (`settings.ts`). */
  readonly settings: boolean
}
