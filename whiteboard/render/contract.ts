import type { Camera } from '../geometry/camera.ts'
import type { Size } from '../geometry/types.ts'
import type { BoardStore } from '../model/board.ts'
import type { Draft } from '../model/draft.ts'
import type { ElementId, GroupId } from '../model/element.ts'
import type { Hints, Marquee } from '../model/hints.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { Theme } from '../model/palette.ts'
import type { Peer } from '../model/presence.ts'
import type { AssetId, TextMeasurer } from '../model/surface.ts'
import type { FindPicture } from './canvas-surface.ts'

/** What a search found: all of it, and the one that is looked at. */
export interface Highlights {
  readonly found: readonly ElementId[]
  readonly current: ElementId | null
}

/** All that is drawn but is not in the document. Replaced as a whole; parts that are the same object are not drawn again. */
export interface Scene {
  readonly camera: Camera
  readonly theme: Theme
  /** This person's unfinished gesture. */
  readonly draft: Draft | null
  readonly selection: ReadonlySet<ElementId>
  /** The group that was entered: it is outlined, to tell where one is. */
  readonly focusedGroup: GroupId | null
  /** Handles and frame round the selection; false while a gesture is under way or typing. */
  readonly showHandles: boolean
  readonly marquee: Marquee | null
  readonly hints: Hints | null
  /** The frame that is shown alone: all round it is dark. */
  readonly presenting: ElementId | null
  readonly highlights: Highlights | null
  /** The element that is typed into: its text is shown by the input, not painted. */
  readonly editing: ElementId | null
  readonly peers: readonly Peer[]
  /** The colour in which peers see this person. */
  readonly ownColor: string
  /** Pictures on their way to the server, this person's and the peers', and which part of each has arrived. */
  readonly uploads: Peer['uploads']
}

/** Draws the board into layers of canvas inside a host element: tiles, live (what drafts touch), overlay. */
export interface Renderer {
  readonly measure: TextMeasurer
  /** CSS pixels of the canvas. */
  readonly size: Size
  setScene(scene: Scene): void
  /** Somebody is there: fetches what a gesture may want. */
  prepare(): void
  /** Resolves when everything visible is drawn at final quality, fonts included. */
  whenPainted(): Promise<void>
  /** Resolves when the first picture of what is on the board is shown; at once when it is, or nothing is on the board. */
  whenShown(): Promise<void>
  onResize(listener: (size: Size) => void): () => void
  dispose(): void
}

/** Stored pictures, as a renderer asks for them. */
export interface PicturesToPaint {
  readonly find: FindPicture
  /** Whether something that was asked for is about to be here. */
  readonly busy: boolean
  /** Called when pictures can be drawn that could not before, or better; with none when nothing more is about to come. */
  subscribe(listener: (assets: ReadonlySet<AssetId>) => void): () => void
}

export interface RendererOptions {
  readonly host: HTMLElement
  readonly board: BoardStore
  readonly kinds: KindRegistry
  /** Absent: elements show their placeholder. Disposed of by whoever made it. */
  readonly pictures?: PicturesToPaint | null
}

export type CreateRenderer = (options: RendererOptions) => Renderer
