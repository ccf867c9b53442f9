import type { Box, Brand, Radians, Vec } from '../geometry/types.ts'
import type { Color, Dash, FontFamily, TextAlign } from './element.ts'

/** SHA-256 of a stored picture's bytes, in small hexadecimal letters. */
export type AssetId = Brand<string, 'AssetId'>

/** Whether a picture is turned over: left to right, top to bottom. */
export type Flip = readonly [horizontally: boolean, vertically: boolean]

/** A path in the current coordinate system, as flat commands. */
export type PathCommand =
  | readonly ['M', number, number]
  | readonly ['L', number, number]
  | readonly ['Q', number, number, number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z']
export type Path = readonly PathCommand[]

export interface StrokeStyle {
  readonly color: Color
  /** Board units. */
  readonly width: number
  readonly dash: Dash
}

export interface TextStyle {
  readonly color: Color
  readonly family: FontFamily
  /** Board units. */
  readonly size: number
  readonly align: TextAlign
  /** 0 to 1; 1 when it is not given. */
  readonly opacity?: number
}

/** One laid-out line: `x` is where its alignment point lies (left, centre or right), `baseline` its y. */
export interface TextLine {
  readonly text: string
  readonly x: number
  readonly baseline: number
  /** Its paragraph reads from right to left: says in which order words and signs stand, not how it is aligned. */
  readonly rightToLeft?: boolean
  /** Where it begins in the element's text, in UTF-16 units; absent for what is written beside that. */
  readonly start?: number
}

/**
 * What element types draw on: a canvas, an SVG, later a PDF. Colours are as stored; the surface's theme turns them into
 * what is shown. Nothing here throws on odd numbers.
 */
export interface Surface {
  /** Runs `draw` with the origin moved to `origin` and turned by `rotation` round `pivot` (in the moved system). */
  transformed(origin: Vec, rotation: Radians, pivot: Vec, draw: () => void): void
  /** Runs `draw` so that all of it together has this opacity. */
  faded(opacity: number, draw: () => void): void
  /** Runs `draw` clipped to the inside of a path in the current system. */
  clipped(path: Path, draw: () => void): void
  /**
   * Runs `draw` as a marker's translucent ink that lets what lies under it stay legible: multiplied on light boards, its
   * counterpart on dark ones.
   */
  highlighted(draw: () => void): void
  /**
   * Draws the part `from` (pixels of the picture; null for all) of a stored picture into a box of the current system.
   * False when the picture is not there (yet): nothing is drawn then, and the element is drawn again once it is.
   * `flip` turns what is drawn over in its box: left to right, top to bottom.
   */
  image(asset: AssetId, from: Box | null, to: Box, flip?: Flip): boolean
  fill(path: Path, color: Color, opacity?: number): void
  stroke(path: Path, style: StrokeStyle): void
  text(lines: readonly TextLine[], style: TextStyle): void
  /** A soft shadow under what is filled next with this path (notes); may be left out by an implementation. */
  shadow(path: Path): void
  /** CSS or device pixels per board unit: below a few pixels, types draw less. */
  readonly scale: number
}

/** How wide text is, in board units. The canvas measures exactly, the server by a table. */
export interface TextMeasurer {
  width(text: string, family: FontFamily, size: number): number
}
