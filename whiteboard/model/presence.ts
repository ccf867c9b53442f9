import type { WorldPoint } from '../geometry/types.ts'
import type { Draft } from './draft.ts'
import type { ElementId } from './element.ts'
import type { AssetId } from './surface.ts'

/** What somebody looks at: the middle of their view, and its size in CSS pixels. */
export interface PeerView {
  readonly center: WorldPoint
  readonly zoom: number
  readonly width: number
  readonly height: number
}

/** Where somebody is typing: a selection of letters, in UTF-16 units of the element's text; `end` is where the caret is. */
export interface TextCaret {
  readonly element: ElementId
  readonly start: number
  readonly end: number
}

/** What a person shows to peers; the presence layer throttles and encodes what is shown here. */
export interface LocalPresence {
  readonly cursor: WorldPoint | null
  readonly selection: readonly ElementId[]
  readonly draft: Draft | null
  readonly view: PeerView | null
  /** While true, the cursor leaves a laser's trail. */
  readonly laser: boolean
  readonly caret: TextCaret | null
  /** Pictures on their way to the server, and which part of each has arrived, 0 to 1. */
  readonly uploads: ReadonlyMap<AssetId, number>
  /** There for a while after they went back to an earlier version of the board. */
  readonly restored?: true
}

/** What a peer shows, as the presence layer hands it over, already decoded and checked; and who that is. */
export interface Peer extends LocalPresence {
  readonly clientId: number
  readonly personId: string
  readonly name: string
  readonly color: string
}
