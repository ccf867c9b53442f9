import type { Size } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import type { Fields } from '../../model/heal.ts'
import type { AssetId } from '../../model/surface.ts'

/** An object of an Excalidraw file, as it stands there; nothing about it is certain. */
export type Foreign = Fields

/** Something of a file that is not on the board, and why, in words for people. */
export interface Skipped {
  /** Its id in the file; empty where it had none that can be read. */
  readonly id: string
  readonly reason: string
}

/** The field of our elements that holds what they were in the file that they came from, as JSON (`Kept`). */
export const KEPT_FIELD = 'excalidraw'

/** What an element was when it came in, so that it can go out as the same. */
export interface Kept {
  readonly element: Foreign
  /** The text that is bound to it there, and written on it here. */
  readonly label?: Foreign
  /** What `boundElements` names that was not in the file. */
  readonly dangling?: readonly string[]
  /** The stored picture that the file's became. */
  readonly asset?: AssetId
  /** The stored picture's own pixels; it may have been made smaller. */
  readonly natural?: Size
  /** Of a text: the box that it takes in the fonts here, as x, y, width and height. */
  readonly fit?: readonly [x: number, y: number, width: number, height: number]
}

/** One of our elements as objects of an Excalidraw file. */
export interface Written {
  readonly element: Foreign
  /** Its text, right behind it. */
  readonly label: Foreign | null
  /** Further pieces of a stroke that was cut. */
  readonly pieces: readonly Foreign[]
}

/** Finds elements by id, as they are drawn. */
export type Lookup = (id: Element['id']) => Element | undefined
