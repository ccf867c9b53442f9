import type { Box, WorldPoint } from '../geometry/types.ts'
import type { ElementId } from './element.ts'
import type { Cropping } from './plans/crop.ts'

/** A line that shows what something under way is aligned with. */
export interface Guide {
  readonly from: WorldPoint
  readonly to: WorldPoint
  /** `edge` and `centre` join what is in line; `gap` measures one of several equal distances. */
  readonly kind: 'edge' | 'centre' | 'gap'
}

/** The box that is drawn to select, in board units. */
export interface Marquee extends Box {
  /** What it only touches is selected too, and not only what lies wholly in it. */
  readonly touching?: boolean
}

/** What a gesture shows beside its draft, to nobody but the person at work. */
export interface Hints {
  readonly guides?: readonly Guide[]
  /** The element that the end of an arrow will be bound to, and where it will end. */
  readonly binding?: { readonly element: ElementId; readonly at: WorldPoint } | null
  /** Elements of the draft that are outlined in place of what is selected: copies under way. */
  readonly outlined?: readonly ElementId[]
  /** Where the frame round what is selected goes, in place of a draft of so many elements: its corners. */
  readonly frame?: readonly WorldPoint[]
  /** A picture that is being cropped: what will be cut away is shaded. */
  readonly cropping?: Cropping
  /** The loop that is being drawn round elements. */
  readonly lasso?: readonly WorldPoint[]
  /** What the pointer leaves behind on its way, and what fades by itself: the points since the hints before. */
  readonly trail?: { readonly kind: 'laser' | 'eraser'; readonly points: readonly WorldPoint[] }
}
