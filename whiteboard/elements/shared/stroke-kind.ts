import { distanceToPolyline } from '../../geometry/distance.ts'
import { convexHull } from '../../geometry/hull.ts'
import type { Vec } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { healBytes } from '../../model/heal.ts'
import { type InkPoint, sketchInk } from '../../model/ink.ts'
import { cutsOf, remainingParts } from '../../model/ink-cuts.ts'
import { breadthOf, fittingScale, partOfInk, strokePoints } from '../../model/ink-pieces.ts'
import type { ElementKind, HealField } from '../../model/kind.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path, PathCommand, Surface } from '../../model/surface.ts'
import { readBy } from './fields.ts'
import { mirroredInk } from './ink-mirror.ts'
import { type InkShape, inkShape, type Stroke } from './ink-shape.ts'

/** Bytes of one stroke that are read. */
const MAX_BYTES = 400_000
/** Device pixels of breadth below which a stroke is one thin line. */
const THIN = 0.9
/** Points of a thin line, and of one that is seen from afar. */
const THIN_POINTS = 24
const SMALL_POINTS = 8

/** What strokes of packed points have that others have not. Part of the document format: never changed. */
export const inkFields = {
  ink: new Uint8Array(0),
  streamline: 0.42,
  simulatePressure: null,
} as const

const packedPoints: HealField = (value) => {
  const ink = healBytes(value, MAX_BYTES)
  return ink === null || ink.length === 0 ? undefined : ink
}

interface StrokeKindOptions {
  readonly type: string
  readonly highlights?: boolean
  readonly defaults: ElementKind['defaults']
  readonly styles: ElementKind['styles']
  /** Whether pressure makes no difference to this stroke. */
  isEven(stroke: Stroke): boolean
  paint(surface: Surface, stroke: Stroke, shape: InkShape): void
}

/** The points of each piece that is left of a stroke. */
const middlesOf = (element: Element): readonly (readonly InkPoint[])[] => {
  const points = strokePoints(element)
  const cuts = cutsOf(element)
  if (cuts.length === 0) return points.length === 0 ? [] : [points]
  return remainingParts(cuts, points.length).map((part) => partOfInk(points, part))
}

/** Points whose hulls are kept: what arrows are bound to is asked for again and again. */
const KEPT_HULLS = 20_000
const hulls = createRecent<Uint8Array, readonly Vec[]>(KEPT_HULLS)

const hullOf = (stroke: Stroke): readonly Vec[] => {
  const form = `${stroke.size[0]} ${stroke.size[1]} ${cutsOf(stroke).join(' ')}`
  const known = hulls.get(stroke.ink, form)
  if (known) return known
  const hull = convexHull(middlesOf(stroke).flatMap((middle) => middle.map(([x, y]): Vec => [x, y])))
  return hulls.set(stroke.ink, form, hull, hull.length + 1)
}

/** Each piece as a line of few points, for a stroke that is hardly to be seen. */
const thinLines = (middles: readonly (readonly InkPoint[])[]): Path => {
  const path: PathCommand[] = []
  for (const middle of middles) {
    const every = Math.max(1, Math.floor(middle.length / THIN_POINTS))
    middle.forEach(([x, y], index) => {
      if (index % every === 0 || index === middle.length - 1) path.push([index === 0 ? 'M' : 'L', x, y])
    })
  }
  return path
}

/** Draws a stroke too thin to show its breadth; false when it has none of its points left but specks. */
const paintThin = (surface: Surface, stroke: Stroke, breadth: number): boolean => {
  const middles = middlesOf(stroke)
  if (!middles.some((middle) => middle.length > 1)) return false
  surface.stroke(thinLines(middles), { color: stroke.stroke, width: breadth * 0.7, dash: 'solid' })
  return true
}

/** A stroke from afar, of which nothing is kept; null for one that is no line. */
const sketchOf = ({ ink, size }: Stroke): Path | null => {
  const sketch = sketchInk(ink, SMALL_POINTS)
  if (sketch === null || sketch.coordinates.length < 4) return null
  const { coordinates, box } = sketch
  const [scaleX, scaleY] = fittingScale(box, size)
  const path: PathCommand[] = []
  for (let index = 0; index + 1 < coordinates.length; index += 2) {
    const [x = 0, y = 0] = [coordinates[index], coordinates[index + 1]]
    path.push([index === 0 ? 'M' : 'L', (x - box.minX) * scaleX, (y - box.minY) * scaleY])
  }
  return path
}

/** A type of strokes of packed points, of which parts may be erased. */
export const strokeKind = (options: StrokeKindOptions): ElementKind => {
  const { type, highlights = false, defaults, styles, isEven, paint } = options
  return {
    type,
    defaults,
    styles,
    resize: 'box',
    highlights,
    bindable: !highlights,
    ...readBy(defaults, { ink: packedPoints }),
    paint: (surface, element) => {
      const stroke = element as Stroke
      const breadth = breadthOf(stroke)
      if (breadth * surface.scale < THIN && paintThin(surface, stroke, breadth)) return
      paint(surface, stroke, inkShape(stroke, isEven(stroke)))
    },
    paintSmall: (surface, element) => {
      const stroke = element as Stroke
      const breadth = breadthOf(stroke)
      const sketch = breadth * surface.scale < THIN && cutsOf(stroke).length === 0 ? sketchOf(stroke) : null
      if (sketch) surface.stroke(sketch, { color: stroke.stroke, width: breadth * 0.7, dash: 'solid' })
      else paint(surface, stroke, inkShape(stroke, isEven(stroke)))
    },
    hit: (element, point, tolerance) => {
      const reach = tolerance + breadthOf(element) / 2
      return middlesOf(element).some((middle) => distanceToPolyline(point, middle) <= reach)
    },
    overhang: (element) => breadthOf(element) * 0.75 + 1,
    outline: (element) => hullOf(element as Stroke),
    mirrored: (element, horizontally, vertically) => ({
      ink: mirroredInk((element as Stroke).ink, horizontally, vertically),
    }),
    textSlot: () => null,
  }
}
