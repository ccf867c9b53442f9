import type { Camera } from '../geometry/camera.ts'
import type { Box, ScreenPoint, Vec, WorldPoint } from '../geometry/types.ts'
import type { BoardEdit, BoardReader } from '../model/board.ts'
import type { ChangeSet } from '../model/changes.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId, GroupId, Route, Style } from '../model/element.ts'
import type { Hints, Marquee } from '../model/hints.ts'
import type { ElementKind, KindRegistry } from '../model/kind.ts'
import type { Side } from '../model/plans/beside.ts'
import type { TextMeasurer } from '../model/surface.ts'

/** The tools on the toolbar, by id; what each does is in its own file and in `tools/registry.ts`. */
export type ToolId =
  | 'select'
  | 'hand'
  | 'rectangle'
  | 'diamond'
  | 'ellipse'
  | 'triangle'
  | 'parallelogram'
  | 'hexagon'
  | 'star'
  | 'cloud'
  | 'cylinder'
  | 'bubble'
  | 'line'
  | 'arrow'
  | 'pen'
  | 'highlighter'
  | 'text'
  | 'sticky'
  | 'image'
  | 'frame'
  | 'eraser'
  | 'partial-eraser'
  | 'laser'
  | 'lasso'

export type Cursor =
  | 'default'
  | 'crosshair'
  | 'grab'
  | 'grabbing'
  | 'move'
  | 'text'
  | 'copy'
  | 'eraser'
  | 'pointer'
  | `${string}-resize`

/** A pointer event as tools see it: panning, pinch and wheel are settled before. */
export interface PointerInput {
  readonly screen: ScreenPoint
  readonly world: WorldPoint
  readonly pointerType: 'mouse' | 'pen' | 'touch'
  /** 0 to 1; 0.5 where the device has none. */
  readonly pressure: number
  readonly shift: boolean
  readonly alt: boolean
  /** Ctrl, or Cmd on macOS. */
  readonly ctrl: boolean
  /** Events that the browser merged into this one, oldest first, this one last; for ink. */
  readonly coalesced: readonly { readonly world: WorldPoint; readonly pressure: number }[]
  /** Clicks in a row at this place: 2 for a double click. */
  readonly clicks: number
  readonly timeStamp: number
}

/**
 * What a tool makes of input. Stateless: it keeps no fields. All that lasts from press to release (and beyond, for
 * tools of several clicks) is a `Gesture`.
 */
export interface Tool {
  readonly id: ToolId
  /** The gesture begins at the press, without a threshold, and there are no taps: ink, eraser, hand. */
  readonly immediate?: boolean
  cursor?(input: PointerInput, context: EditorContext): Cursor
  /** The pointer moves over the board with no button down: for hints, which go when it leaves or the tool changes. */
  hover?(input: PointerInput, context: EditorContext): void
  /** The press itself, before it is known whether it becomes a tap or a drag: for selecting without delay. */
  press?(input: PointerInput, context: EditorContext): void
  /** A press and release without moving past the drag threshold. May return a gesture that goes on (typing). */
  tap?(input: PointerInput, context: EditorContext): Gesture | null
  /** The pointer moved past the threshold since `start`. Returns null to ignore the drag. */
  drag?(start: PointerInput, context: EditorContext): Gesture | null
}

/** Keys that gestures of several clicks understand. */
export type GestureKey = 'Enter' | 'Escape' | 'Backspace'

export interface Gesture {
  /** Shown in the machine's path, as in `select/translate`. */
  readonly name: string
  readonly cursor?: Cursor
  /** A further press, in a gesture of several. */
  press?(input: PointerInput): void
  move(input: PointerInput): void
  /** Release: at most one transaction. Null ends it; a gesture goes on. */
  commit(input: PointerInput): Gesture | null
  /** Nothing stays of it. */
  cancel(): void
  /** Instead of `cancel`, for what is rather a mode: however it is left, what was done in it stays. */
  finish?(): void
  /** A key that it may have a meaning for while it is under way. `ended`: it wrote what it had to; nothing more follows. */
  key?(key: GestureKey): 'ended' | 'goes-on' | 'ignored'
  /** The document changed underneath. */
  rebase?(changes: ChangeSet): 'keep' | 'cancel'
}

/** The editor as tools and gestures see it. Gestures write only through this. */
export interface EditorContext {
  readonly board: BoardReader
  readonly kinds: KindRegistry
  readonly measure: TextMeasurer
  readonly camera: Camera
  /** What of the board is in view. */
  readonly view: Box
  /** Whether what is moved snaps to what is near, by this person's choice; holding Ctrl turns it round. */
  readonly snapping: boolean
  readonly selection: ReadonlySet<ElementId>
  select(ids: Iterable<ElementId>): void
  /** The group that was entered: what is in it is selected one by one. Null on the board itself. */
  readonly focusedGroup: GroupId | null
  focusGroup(group: GroupId | null): void
  /** The styles that new elements get. */
  readonly style: Style
  /** Shows (and sends) what is unfinished; null drops it. */
  setDraft(draft: Draft | null): void
  /** One transaction of this person, one step of undo. */
  transact(edit: (edit: BoardEdit) => void): void
  /** A new element of this type in the current style, on top of all, with a fresh id; not yet on the board. */
  newElement(kind: ElementKind, fields: Partial<Element>): Element
  /** The selection marquee; null hides it. */
  setMarquee(marquee: Marquee | null): void
  /** Shows guides, the target of an arrow, a lasso; null hides them. The end of a gesture does so by itself. */
  setHints(hints: Hints | null): void
  /** Opens the text of an element for typing, the caret at a point of it; without one, all of it is selected. */
  editText(id: ElementId, at?: WorldPoint): void
  /** Begins to crop a picture. */
  crop(id: ElementId): void
  /** Opens typing on an element that comes onto the board with its first letter, and never if nothing is written. */
  writeNew(element: Element): void
  /** Adds a note beside one, without an arrow, and opens it for typing. */
  addNote(note: Element, side: Side): void
  /** Adds an element of the same look beside one, joined to it by an arrow; with `writes`, opens it for typing. */
  growFlow(element: Element, side: Side, options?: { writes?: boolean }): void
  /** How arrows of flowcharts lead from one to the next. */
  readonly flowRoute: Route
  /** After an element was made: back to select unless the tool is kept. */
  finishCreating(created: Iterable<ElementId>): void
  /** Board units per screen pixel: for tolerances. */
  readonly pixel: number
  /** The topmost element hit within a fitting tolerance for this pointer that is not locked; `accept` may skip some. */
  hit(input: PointerInput, accept?: (element: Element) => boolean): Element | undefined
  /** The same among locked elements, which nothing but a tap takes notice of. */
  hitLocked(input: PointerInput): Element | undefined
  /** The element whose sign of a link is there. */
  linkAt(input: PointerInput): Element | undefined
  openLink(element: Element): void
  panBy(delta: Vec): void
  readonly canEdit: boolean
  /** Whose fields those are that each client has of its own: what it erased of a stroke. */
  readonly clientId: number
}
