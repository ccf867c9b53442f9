import type { WorldPoint } from '../geometry/types.ts'
import type { Draft } from './draft.ts'
import type { ElementId } from './element.ts'

/** What somebody looks at: the middle of their view, and its size in CSS pixels. */
export interface PeerView {
  readonly center: WorldPoint
  readonly zoom: number
  readonly width: number
  readonly height: number
}

/** What a peer shows, as the presence layer hands it over; `draft` is already decoded and checked. */
export interface Peer {
  readonly clientId: number
  readonly personId: string
  readonly name: string
  readonly color: string
  readonly cursor: WorldPoint | null
  readonly selection: readonly ElementId[]
  readonly draft: Draft | null
  readonly view: PeerView | null
}

/** What this person shows to peers; the presence layer throttles and encodes. */
export interface LocalPresence {
  readonly cursor: WorldPoint | null
  readonly selection: readonly ElementId[]
  readonly draft: Draft | null
  readonly view: PeerView | null
}
