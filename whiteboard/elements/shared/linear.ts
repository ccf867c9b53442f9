import { distanceToPolyline, isInsidePolygon } from '../../geometry/distance.ts'
import type { Vec } from '../../geometry/types.ts'
import type { ArrowHead, StyleKey } from '../../model/element.ts'
import type { ElementKind, HealField } from '../../model/kind.ts'
import type { Path, Surface } from '../../model/surface.ts'
import { headCover, headReach, paintHead } from './arrow-heads.ts'
import { lengthOfAll, type Segment, segmentsToPath, withoutEnds } from './curve.ts'
import { cornerFields, pointList, readBy, roughFields, strokeFields } from './fields.ts'
import { paintFill } from './fill.ts'
import {
  geometryOf,
  handleCorners,
  handlesOf,
  type Linear,
  type LineGeometry,
  mirroredLine,
  moveHandle,
  removeHandle,
  restyledLine,
  sketchOf,
  swingOf,
} from './linear-geometry.ts'
import { type Hand, handOf, roughen, roughReach } from './rough.ts'

const MAX_POINTS = 2000

/** A path object lives as long as the segments it is made of, so that an unsteady hand draws it only once. */
const paths = new WeakMap<readonly Segment[], Path>()

const pathOf = (segments: readonly Segment[], closed: boolean): Path => {
  const known = paths.get(segments)
  if (known) return known
  const path = segmentsToPath(segments, closed)
  paths.set(segments, path)
  return path
}

/** What is left of a line between its heads, kept with the line. */
const bodies = new WeakMap<LineGeometry, { readonly key: string; readonly body: readonly Segment[] }>()

/** The line from head to head. */
export const bodyOf = (line: Linear): readonly Segment[] => {
  const geometry = geometryOf(line)
  const { startHead, endHead, strokeWidth } = line
  if (geometry.closed || (startHead === 'none' && endHead === 'none')) return geometry.segments
  const key = `${startHead} ${endHead} ${strokeWidth}`
  const known = bodies.get(geometry)
  if (known?.key === key) return known.body
  const length = lengthOfAll(geometry.segments)
  const body = withoutEnds(
    geometry.segments,
    headCover(startHead, strokeWidth, length),
    headCover(endHead, strokeWidth, length),
  )
  bodies.set(geometry, { key, body })
  return body
}

const paintArea = (surface: Surface, line: Linear, hand: Hand): void => {
  const { fill, fillStyle = 'none', strokeWidth } = line
  const { flat, segments, closed } = geometryOf(line)
  if (!closed || fill === undefined || fillStyle === 'none') return
  const path = pathOf(segments, closed)
  paintFill(surface, { outline: () => flat, path, color: fill, style: fillStyle, strokeWidth, hand })
}

/** Draws the line through these pieces of it, and its heads. */
export const paintLine = (surface: Surface, line: Linear, pieces: readonly (readonly Segment[])[]): void => {
  const { flat, closed } = geometryOf(line)
  const hand: Hand = { ...handOf(line, surface.scale), anchored: true }
  const { stroke: color, strokeWidth: width, dash } = line
  paintArea(surface, line, hand)
  for (const piece of pieces) {
    if (piece.length > 0) surface.stroke(roughen(pathOf(piece, closed), hand), { color, width, dash })
  }
  if (closed) return
  const ink = { color, width, drawn: (path: Path) => roughen(path, { ...hand, passes: 1 }) }
  if (line.endHead !== 'none') paintHead(surface, [...flat].reverse(), line.endHead, ink)
  if (line.startHead !== 'none') paintHead(surface, flat, line.startHead, ink)
}

/** Points of a line that is seen from afar. */
const SMALL_POINTS = 8

/** From afar: the line straight from point to point, without its heads. */
const paintSmallLine = (surface: Surface, line: Linear): void => {
  const { stroke: color, strokeWidth: width } = line
  const sketch = sketchOf(line, SMALL_POINTS)
  if (sketch) surface.stroke(sketch, { color, width, dash: 'solid' })
  else paintLine(surface, line, [geometryOf(line).segments])
}

export const hitsLine = (line: Linear, point: Vec, tolerance: number): boolean => {
  const { flat, closed } = geometryOf(line)
  if (distanceToPolyline(point, flat) <= tolerance + line.strokeWidth / 2) return true
  return closed && line.fillStyle !== undefined && line.fillStyle !== 'none' && isInsidePolygon(point, flat)
}

/** What of the line and its heads may lie beyond its box. */
export const overhangOfLine = (line: Linear): number => {
  const heads = line.startHead !== 'none' || line.endHead !== 'none'
  const ink =
    line.strokeWidth / 2 + (heads ? headReach(line.strokeWidth) : 0) + 1 + roughReach(line.roughness)
  const box = swingOf(line)
  return box ? ink + Math.max(0, -box.minX, -box.minY, box.maxX - line.size[0], box.maxY - line.size[1]) : ink
}

interface LinearForm {
  readonly type: string
  readonly endHead: ArrowHead
  /** Fields and styles that the type has beside those of all lines. */
  readonly defaults: Readonly<Record<string, unknown>>
  readonly styles: readonly StyleKey[]
  /** How it reads those of the fields that no other type has. */
  readonly rules?: Readonly<Record<string, HealField>>
}

/** A kind that is drawn along its points: what line and arrow have in common. */
export const linearKind = (form: LinearForm): ElementKind => {
  const defaults = {
    ...strokeFields,
    ...roughFields,
    ...cornerFields,
    route: 'curved',
    startHead: 'none',
    endHead: form.endHead,
    points: [
      [0, 0],
      [1, 1],
    ],
    ...form.defaults,
  } as const
  return {
    type: form.type,
    defaults,
    styles: [
      'stroke',
      'strokeWidth',
      'dash',
      'route',
      'roughness',
      'corner',
      'startHead',
      'endHead',
      'opacity',
      ...form.styles,
    ],
    resize: 'points',
    ...readBy(defaults, { points: pointList(MAX_POINTS), ...form.rules }),
    paint: (surface, element) => paintLine(surface, element as Linear, [bodyOf(element as Linear)]),
    paintSmall: (surface, element) => paintSmallLine(surface, element as Linear),
    hit: (element, point, tolerance) => hitsLine(element as Linear, point, tolerance),
    overhang: (element) => overhangOfLine(element as Linear),
    outline: (element) => geometryOf(element as Linear).flat,
    bindable: false,
    textSlot: () => null,
    points: (element) => handlesOf(element as Linear),
    cornerCount: (element) => handleCorners(element as Linear),
    movePoint: (element, index, to) => moveHandle(element as Linear, index, to),
    removePoint: (element, index) => removeHandle(element as Linear, index),
    restyled: (element, style) => restyledLine(element as Linear, style),
    mirrored: (element, horizontally, vertically) =>
      mirroredLine(element as Linear, horizontally, vertically),
  }
}
