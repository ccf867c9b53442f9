import type { Box, LocalPoint, Size, Vec, WorldPoint } from '../geometry/types.ts'
import type { Element, ElementId, Patch, StyleKey, VerticalAlign } from './element.ts'
import type { Surface, TextMeasurer } from './surface.ts'

/** How an element's box may be changed by hand. */
export type ResizeMode =
  /** Eight handles, both sides free. */
  | 'box'
  /** Only in proportion (sides change the text's width, where the type says so). */
  | 'proportional'
  /** No box handles: its points are dragged. */
  | 'points'

/** Where and how text is written on an element. Coordinates are the element's own (unrotated box, origin top left). */
export interface TextSlot {
  readonly box: Box
  readonly vertical: VerticalAlign
  /** Whether lines wrap at the box's width; otherwise the box grows with the text. */
  readonly wrap: boolean
  /**
   * It is one line of constant size on the screen, whatever the zoom: the box is in CSS pixels from where the element's
   * top left corner is shown.
   */
  readonly caption?: boolean
}

/**
 * Reads one field: what is stored, which may be anything, or the default when nothing is. Undefined when nothing sensible
 * can be made of it: the element is then kept and shown as a placeholder.
 */
export type HealField = (value: unknown, fallback: unknown) => unknown

/**
 * All that the engine needs to know of one element type; implemented once per folder of `elements/` and listed in the
 * registry there. Every function is pure and must not throw on any element that `parse` let through.
 */
export interface ElementKind {
  readonly type: string
  /** Values of the fields that a stored element may leave out. */
  readonly defaults: Readonly<Record<string, unknown>>
  /** The style properties that the panel shows for it. */
  readonly styles: readonly StyleKey[]
  readonly resize: ResizeMode
  /** With `resize: 'proportional'`: Shift frees its sides. */
  readonly stretches?: boolean
  /** It shows a picture, of which a part can be chosen (`plans/crop.ts`). */
  readonly crops?: boolean
  /**
   * Heals this type's own fields (`model/heal.ts` has the tools; shared fields are healed already). Returns null when
   * nothing sensible can be made of them: the element is then kept and shown as a placeholder.
   */
  parse(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | null
  /**
   * The same for a type that reads each field by itself: how it reads each, so that only what is stored need be looked at.
   * Defaults are not healed to anything else. Absent: fields depend on each other.
   */
  readonly heals?: ReadonlyMap<string, HealField>
  /** Draws it in its own coordinates: origin at its box's top left corner, unrotated, opacity already applied. */
  paint(surface: Surface, element: Element, context: PaintContext): void
  /**
   * Draws it where all of it is a few pixels large on a board seen from afar: about alike, with little effort, and nothing
   * is computed that would be kept. Absent: `paint` does.
   */
  paintSmall?(surface: Surface, element: Element, context: PaintContext): void
  /** Whether all of it is translucent ink that leaves what lies under it legible (`Surface.highlighted`). Absent: no. */
  readonly highlights?: boolean
  /** Whether a point in its own coordinates hits it, within `tolerance` board units. */
  hit(element: Element, point: LocalPoint, tolerance: number): boolean
  /** What its ink may cover beyond its box, in board units on every side (line width, arrow heads, shadow). */
  overhang(element: Element): number
  /** Fields to change when its box becomes `size`; `position` and `size` are set by the caller. Absent: none. */
  resized?(element: Element, size: Size): Patch
  /** Fields to change when what is drawn turns over in its box, left to right and top to bottom. Absent: none. */
  mirrored?(element: Element, horizontally: boolean, vertically: boolean): Patch
  /** Fields (size among them) that follow from a new text or font; absent: text changes nothing else. */
  fitted?(element: Element, measure: TextMeasurer): Patch
  /** Fields to change when these styles of it do. Absent: none. */
  restyled?(element: Element, style: Patch): Patch
  /** It is nothing without text: it comes onto the board with its first letter and is removed when left empty. */
  readonly needsText?: boolean
  /**
   * The line round its area as a closed polygon in its own coordinates: what arrows end at, lassos enclose and hatching
   * fills. Absent: its box.
   */
  outline?(element: Element): readonly Vec[]
  /** It always stands upright: whatever rotation is stored counts as none. Absent: it can be turned. */
  readonly upright?: boolean
  /** Whether arrows may be bound to it. Absent: yes, if it has an area (`resize: 'box'` or `'proportional'`). */
  readonly bindable?: boolean
  /** Other elements that what is drawn of it follows, as the targets of an arrow; ids may be of what is gone. Absent: none. */
  references?(element: Element): readonly ElementId[]
  /**
   * The element as it is drawn, given those that it refers to: `element` itself where nothing follows from them. Derived
   * fields (position, size and points of a bound arrow, say) are never written to the document when a target changes.
   */
  derived?(element: Element, others: Others): Element
  /**
   * The fields that let it stay as it is drawn and follow nothing of `references` any more: what is written when it is
   * moved and none of those is.
   */
  released?(element: Element): Patch
  /** Where text goes; null for types without text. */
  textSlot(element: Element): TextSlot | null
  /** Draggable points in its own coordinates, for `resize: 'points'`. */
  points?(element: Element): readonly LocalPoint[]
  /** How many of `points` the element has; those after them are places where moving one makes a new point. */
  cornerCount?(element: Element): number
  /** The fields (position and size among them) after the point at `index` went to `to`, in its own coordinates. */
  movePoint?(element: Element, index: number, to: LocalPoint): Patch
  /** The fields without the corner at `index`; none where it cannot go, as an end cannot. */
  removePoint?(element: Element, index: number): Patch
}

export interface PaintContext {
  readonly measure: TextMeasurer
  /** On the board's own canvas, whose overlay writes captions; otherwise `paint` does. */
  readonly captioned?: boolean
  /** The element whose text is being typed into right now: it paints no text, the editor's input shows it. */
  readonly editing: boolean
}

/** What a type may see of the elements that one of its own refers to. */
export interface Others {
  get(id: ElementId): Element | undefined
  /** The outline of an element, turned as it is, in board coordinates; null for what is gone or cannot be bound to. */
  outline(id: ElementId): readonly WorldPoint[] | null
}

/** The types the engine knows. `unknown` types and unreadable elements get the placeholder. */
export interface KindRegistry {
  /** The kind of this type, or the placeholder's. */
  get(type: string): ElementKind
  has(type: string): boolean
  readonly types: readonly string[]
}
