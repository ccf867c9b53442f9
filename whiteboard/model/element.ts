import type { Brand, Radians, Size, WorldPoint } from '../geometry/types.ts'

export type ElementId = Brand<string, 'ElementId'>
export type GroupId = Brand<string, 'GroupId'>

/** A fractional order key; elements are drawn in ascending order of key, ties by id. See `order.ts`. */
export type OrderKey = Brand<string, 'OrderKey'>

/** `#rrggbb`, as on a light board; what a dark board shows instead is the theme's decision. */
export type Color = string

/** Values of style properties that several element types share. */
export type FillStyle = 'none' | 'solid' | 'semi'
export type Dash = 'solid' | 'dashed' | 'dotted'
export type FontFamily = 'hand' | 'sans' | 'serif' | 'mono'
export type TextAlign = 'left' | 'center' | 'right'
export type ArrowHead = 'none' | 'arrow' | 'triangle' | 'dot' | 'bar'

/**
 * The style properties, flat on an element. A type lists the ones that apply to it (`ElementKind.styles`); the style
 * panel shows those.
 */
export interface Style {
  readonly stroke: Color
  readonly fill: Color
  readonly fillStyle: FillStyle
  /** Board units. */
  readonly strokeWidth: number
  readonly dash: Dash
  /** 0 to 1. */
  readonly opacity: number
  readonly fontFamily: FontFamily
  /** Board units. */
  readonly fontSize: number
  readonly textAlign: TextAlign
  readonly startHead: ArrowHead
  readonly endHead: ArrowHead
}

export type StyleKey = keyof Style

/**
 * What every element has. Position and size describe its unrotated box; it is turned by `rotation` round the box's
 * centre. Elements are immutable: a change makes a new object.
 */
export interface Element {
  readonly id: ElementId
  readonly type: string
  /** Top left corner of the unrotated box. */
  readonly position: WorldPoint
  readonly size: Size
  readonly rotation: Radians
  readonly order: OrderKey
  /** The groups it is in, innermost first. */
  readonly groups: readonly GroupId[]
  readonly locked: boolean
  readonly opacity: number
  /** What is written on it; kept in texts of its own, beside the element's fields (`BoardStore.text`). */
  readonly text: string
  /** Fields of its own type, and fields that a newer version wrote: kept as they are. */
  readonly [field: string]: unknown
}

/** Changed fields of one element. `undefined` is not a value: a field is set or left alone. */
export type Patch = Readonly<Record<string, unknown>>

/** Changes to several elements at once: what plans return and what the store applies. */
export type Patches = ReadonlyMap<ElementId, Patch>
