declare const brand: unique symbol

/** A value of type `Value` that only its own constructor functions may produce. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name }

/** A plain pair; use the branded forms below wherever the coordinate space is known. */
export type Vec = readonly [x: number, y: number]

/** A point on the board, in board units (1 unit = 1 CSS pixel at zoom 1), y downwards. */
export type WorldPoint = Brand<Vec, 'WorldPoint'>

/** A point on the canvas, in CSS pixels from its top left corner. */
export type ScreenPoint = Brand<Vec, 'ScreenPoint'>

/** A point in an element's own unrotated box, in board units from the box's top left corner. */
export type LocalPoint = Brand<Vec, 'LocalPoint'>

/** An angle, clockwise on screen, in radians. */
export type Radians = Brand<number, 'Radians'>

/** Width and height in board units; never negative. */
export type Size = readonly [width: number, height: number]

/** An axis-aligned box in board units; `minX <= maxX`, `minY <= maxY`. */
export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

export const worldPoint = (x: number, y: number): WorldPoint => [x, y] as Vec as WorldPoint
export const screenPoint = (x: number, y: number): ScreenPoint => [x, y] as Vec as ScreenPoint
export const localPoint = (x: number, y: number): LocalPoint => [x, y] as Vec as LocalPoint
export const radians = (value: number): Radians => value as Radians
