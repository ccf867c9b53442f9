import type { WorldPoint } from '../geometry/types.ts'
import type { ElementId } from './element.ts'

/** A line that shows what something under way is aligned with. */
export interface Guide {
  readonly from: WorldPoint
  readonly to: WorldPoint
  /** `edge` and `centre` join what is in line; `gap` measures one of several equal distances. */
  readonly kind: 'edge' | 'centre' | 'gap'
}

/** What a gesture shows beside its draft, to nobody but the person at work. */
export interface Hints {
  readonly guides?: readonly Guide[]
  /** The element that the end of an arrow will be bound to, and where it will end. */
  readonly binding?: { readonly element: ElementId; readonly at: WorldPoint } | null
  /** The loop that is being drawn round elements. */
  readonly lasso?: readonly WorldPoint[]
}
