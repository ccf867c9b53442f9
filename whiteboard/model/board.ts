import type * as Y from 'yjs'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { ChangeSet, Origin } from './changes.ts'
import type { Element, ElementId, Patch } from './element.ts'

/** The edits of one transaction; only valid while its function runs. */
export interface BoardEdit {
  /** Adds an element with the given fields; fields equal to the type's defaults are not stored. `text` is written to its text. */
  create(element: Element): void
  /** Writes the changed fields as overrides; ids that are gone and values that are equal are passed over. */
  update(id: ElementId, patch: Patch): void
  remove(id: ElementId): void
}

/** Reading side of the board: what tools, renderer and formats need. Elements come parsed, healed and cached. */
export interface BoardReader {
  get(id: ElementId): Element | undefined
  /** All elements, in drawing order (order key, then id). The array is replaced, never changed. */
  readonly ordered: readonly Element[]
  readonly size: number
  /** Elements whose painted bounds meet `box`, in drawing order. */
  query(box: Box): Element[]
  /** The topmost element hit at `point`, within `tolerance` board units; `accept` may skip some. */
  hit(point: WorldPoint, tolerance: number, accept?: (element: Element) => boolean): Element | undefined
  /** The box round everything; null for an empty board. */
  bounds(): Box | null
}

/** The only wrapper of the Yjs document. Implemented by `createBoardStore` in `board-store.ts`. */
export interface BoardStore extends BoardReader {
  readonly doc: Y.Doc
  /** Runs `edit` as one transaction, one step of undo when `origin` is `user`. Nested calls join the outer one. */
  transact<Result>(origin: Origin, edit: (edit: BoardEdit) => Result): Result
  /** The shared text of an element, for typing into together. A root-level type: typing at once from empty keeps all letters. */
  text(id: ElementId): Y.Text
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
