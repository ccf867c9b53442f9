import type { Vec } from '../geometry/types.ts'
import type { Element, ElementId, Patches } from './element.ts'

/**
 * An unfinished gesture: shown here at once and to peers through presence, written to the document only on release.
 * Cancelling is dropping it.
 */
export type Draft =
  /**
   * Elements under way as one, by `delta` board units. `from` is where the first of them stands on the board: once it
   * stands elsewhere, they have arrived, and are not shifted again while the end of the draft is on its way.
   */
  | {
      readonly type: 'translate'
      readonly ids: readonly ElementId[]
      readonly delta: Vec
      readonly from?: Vec
      /** Whether it is all that is not locked: peers, who are told only the first few ids, move their whole board. */
      readonly all?: true
    }
  /** Elements being resized, turned, bent or typed into. */
  | { readonly type: 'change'; readonly patches: Patches }
  /** Elements that do not exist yet: being drawn, or copies under way. */
  | { readonly type: 'create'; readonly elements: readonly Element[] }
  /** Elements that will be gone on release. */
  | { readonly type: 'erase'; readonly ids: readonly ElementId[] }
