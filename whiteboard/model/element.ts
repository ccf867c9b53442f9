import type { Box, Brand, Radians, Size, WorldPoint } from '../geometry/types.ts'

export type ElementId = Brand<string, 'ElementId'>
export type GroupId = Brand<string, 'GroupId'>

/** A fractional order key; elements are drawn in ascending order of key, ties by id. See `order.ts`. */
export type OrderKey = Brand<string, 'OrderKey'>

/** `#rrggbb`, as on a light board; what a dark board shows instead is the theme's decision. */
export type Color = string

/** Values of style properties that several element types share. */
export type FillStyle = 'none' | 'solid' | 'semi' | 'hachure' | 'cross-hatch'
export type Dash = 'solid' | 'dashed' | 'dotted'
export type FontFamily = 'hand' | 'sans' | 'serif' | 'mono'
export type TextAlign = 'left' | 'center' | 'right'
export type VerticalAlign = 'top' | 'middle' | 'bottom'
/** How unsteady the hand is that draws it: 0 clean, 1 hand-drawn, 2 very. */
export type Roughness = 0 | 1 | 2
/** How a line gets from point to point; `elbow` goes at right angles round what it connects. */
export type Route = 'straight' | 'curved' | 'elbow'
/** Whether a pen's line gets broader with pressure, or with a slow hand where the device has no pressure. */
export type PenWidth = 'variable' | 'constant'
/** `dot` is a filled circle; those from `one` on are the crow's-foot signs of entity diagrams. */
export type ArrowHead =
  | 'none'
  | 'arrow'
  | 'triangle'
  | 'triangle-outline'
  | 'dot'
  | 'circle-outline'
  | 'diamond'
  | 'diamond-outline'
  | 'bar'
  | 'one'
  | 'many'
  | 'one-or-many'
  | 'exactly-one'
  | 'zero-or-one'
  | 'zero-or-many'

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
  readonly verticalAlign: VerticalAlign
  readonly roughness: Roughness
  /** Radius of the corners in board units, 0 for sharp ones; null leaves it to the type. */
  readonly corner: number | null
  readonly route: Route
  readonly penWidth: PenWidth
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
  /** The frame that carries and clips it; null on the board itself. A frame that is gone is as none. */
  readonly frame: ElementId | null
  /** An address of http, https or mailto that it leads to. */
  readonly link: string | null
  /** What of it is shown, in board coordinates; derived from its frame (`derive.ts`), never stored. Absent: all. */
  readonly clip?: Box
  /** What is written on it; kept in texts of its own, beside the element's fields (`BoardStore.text`). */
  readonly text: string
  /** Fields of its own type, and fields that a newer version wrote: kept as they are. */
  readonly [field: string]: unknown
}

/** Changed fields of one element. `undefined` is not a value: a field is set or left alone. */
export type Patch = Readonly<Record<string, unknown>>

/** Changes to several elements at once: what plans return and what the store applies. */
export type Patches = ReadonlyMap<ElementId, Patch>
