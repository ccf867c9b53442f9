import { distanceToPolyline } from '../../geometry/distance.ts'
import { convexHull } from '../../geometry/hull.ts'
import type { Vec } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { healBytes, own } from '../../model/heal.ts'
import { breadthOf } from '../../model/ink-pieces.ts'
import type { ElementKind } from '../../model/kind.ts'
import type { Path, Surface } from '../../model/surface.ts'
import { parseFields } from './fields.ts'
import { mirroredInk } from './ink-mirror.ts'
import { type InkShape, inkShape, type Stroke } from './ink-shape.ts'

/** Bytes of one stroke that are read. */
const MAX_BYTES = 400_000
/** Device pixels of breadth below which a stroke is one thin line. */
const THIN = 0.9
/** Points of a thin line. */
const THIN_POINTS = 24

/** What strokes of packed points have that others have not. Part of the document format: never changed. */
export const inkFields = {
  ink: new Uint8Array(0),
  streamline: 0.42,
  simulatePressure: null,
} as const

interface StrokeKindOptions {
  readonly type: string
  readonly highlights?: boolean
  readonly defaults: ElementKind['defaults']
  readonly styles: ElementKind['styles']
  /** Whether pressure makes no difference to this stroke. */
  isEven(stroke: Stroke): boolean
  paint(surface: Surface, stroke: Stroke, shape: InkShape): void
}

const hulls = new WeakMap<InkShape, readonly Vec[]>()

const hullOf = (shape: InkShape): readonly Vec[] => {
  const known = hulls.get(shape)
  if (known) return known
  const hull = convexHull(shape.pieces.flatMap(({ middle }) => middle))
  hulls.set(shape, hull)
  return hull
}

/** Each piece as a line of few points, for a stroke that is hardly to be seen. */
const thinLines = ({ pieces }: InkShape): Path =>
  pieces.flatMap(({ middle }) => {
    const every = Math.max(1, Math.floor(middle.length / THIN_POINTS))
    const thinned = middle.filter((_, index) => index % every === 0 || index === middle.length - 1)
    return thinned.map(([x, y], index) => [index === 0 ? 'M' : 'L', x, y] as const)
  })

/** A type of strokes of packed points, of which parts may be erased. */
export const strokeKind = (options: StrokeKindOptions): ElementKind => {
  const { type, highlights = false, defaults, styles, isEven, paint } = options
  const shapeOf = (element: Element): InkShape => {
    const stroke = element as Stroke
    return inkShape(stroke, isEven(stroke))
  }
  return {
    type,
    defaults,
    styles,
    resize: 'box',
    highlights,
    bindable: !highlights,
    parse: (fields) => {
      const ink = healBytes(own(fields, 'ink'), MAX_BYTES)
      return ink === null || ink.length === 0 ? null : { ...parseFields(fields, defaults), ink }
    },
    paint: (surface, element) => {
      const shape = shapeOf(element)
      const stroke = element as Stroke
      const isThin =
        shape.breadth * surface.scale < THIN && shape.pieces.some(({ middle }) => middle.length > 1)
      if (!isThin) paint(surface, stroke, shape)
      else
        surface.stroke(thinLines(shape), { color: stroke.stroke, width: shape.breadth * 0.7, dash: 'solid' })
    },
    hit: (element, point, tolerance) => {
      const { pieces, breadth } = shapeOf(element)
      return pieces.some(({ middle }) => distanceToPolyline(point, middle) <= tolerance + breadth / 2)
    },
    overhang: (element) => breadthOf(element) * 0.75 + 1,
    outline: (element) => hullOf(shapeOf(element)),
    mirrored: (element, horizontally, vertically) => ({
      ink: mirroredInk((element as Stroke).ink, horizontally, vertically),
    }),
    textSlot: () => null,
  }
}
