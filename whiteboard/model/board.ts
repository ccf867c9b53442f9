import type * as Y from 'yjs'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { ChangeSet, Origin } from './changes.ts'
import type { Element, ElementId, Patch } from './element.ts'
import type { BoardSettings } from './settings.ts'

/** The edits of one transaction; only valid while its function runs. */
export interface BoardEdit {
  /** Adds an element with the given fields; fields equal to the type's defaults are not stored. `text` is written to its text. */
  create(element: Element): void
  /** Writes the changed fields as overrides; ids that are gone and values that are equal are passed over. */
  update(id: ElementId, patch: Patch): void
  /**
   * Removes an element. What followed it and stays (arrows bound to it) is written as it was drawn last, so that it stays
   * where it is.
   */
  remove(id: ElementId): void
  /** Writes the changed settings of the board. */
  configure(settings: Partial<BoardSettings>): void
}

/** Reading side of the board: what tools, renderer and formats need. Elements come parsed, healed and cached. */
export interface BoardReader {
  get(id: ElementId): Element | undefined
  /** Elements that refer to this one: arrows bound to it, what is in this frame. In no particular order. */
  referrers(id: ElementId): readonly ElementId[]
  readonly settings: BoardSettings
  /** All frames, in drawing order; the same array until one of them changes. */
  readonly frames: readonly Element[]
  /** All that have a link, in drawing order; the same array until one of them changes. */
  readonly linked: readonly Element[]
  /** All elements, in drawing order (order key, then id). The array is replaced, never changed. */
  readonly ordered: readonly Element[]
  readonly size: number
  /** Elements whose painted bounds meet `box`, in drawing order. */
  query(box: Box): Element[]
  /** What an element may paint on, as `query` has it; undefined for what is not there. */
  boxOf(id: ElementId): Box | undefined
  /** The topmost element hit at `point`, within `tolerance` board units; `accept` may skip some. */
  hit(point: WorldPoint, tolerance: number, accept?: (element: Element) => boolean): Element | undefined
  /** The box round everything; null for an empty board. */
  bounds(): Box | null
}

/** A change of a text: what stays, goes and comes, from its beginning on; the rest stays. Lengths in UTF-16 units. */
export type TextDelta = readonly {
  readonly retain?: number
  readonly delete?: number
  readonly insert?: string
}[]

/** A place in a shared text: behind a letter, wherever that goes, or at the very beginning (null). */
export interface TextPosition {
  readonly letter: Y.RelativePosition | null
}

/**
 * What is written on an element, for typing into together: one or several shared types that read as one. It stays valid
 * when the element is removed and comes back. Indices count UTF-16 units; those out of range are brought into it. On an
 * element that is not there it is empty, and writing does nothing. Write within `BoardStore.transact`.
 */
export interface SharedText {
  readonly length: number
  toString(): string
  insert(index: number, text: string): void
  delete(index: number, length: number): void
  /** The place at `index`, to be found again after others' edits; what they insert right there comes behind it. */
  positionAt(index: number): TextPosition
  /** Where that place is now; null when the text that it was in is gone. */
  indexOf(position: TextPosition): number | null
  /** Called during each transaction that changes letters, own ones included, when they have changed. Returns what ends it. */
  observe(listener: (delta: TextDelta) => void): () => void
}

/** The only wrapper of the Yjs document. Implemented by `createBoardStore` in `board-store.ts`. */
export interface BoardStore extends BoardReader {
  readonly doc: Y.Doc
  /** Whether something large is coming in that is not shown in full yet; listeners are told when it is. */
  readonly loading: boolean
  /** Runs `edit` as one transaction, one step of undo when `origin` is `user`. Nested calls join the outer one. */
  transact<Result>(origin: Origin, edit: (edit: BoardEdit) => Result): Result
  text(id: ElementId): SharedText
  /** Called after each transaction that changed something. Returns what ends the subscription. */
  subscribe(listener: (changes: ChangeSet) => void): () => void
  dispose(): void
}

/** Undo and redo of this person's own changes, however others have edited since. */
export interface History {
  undo(): void
  redo(): void
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Ends merging into the last step: the next change begins a new one. */
  barrier(): void
  subscribe(listener: () => void): () => void
  dispose(): void
}
