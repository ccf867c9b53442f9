import { boxAt, boxHeight, boxOfPoints, boxWidth } from '../../geometry/box.ts'
import { distanceToPolyline } from '../../geometry/distance.ts'
import { type Box, type LocalPoint, localPoint, type Vec } from '../../geometry/types.ts'
import type { ArrowHead, Color, Dash, Element, Patch } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import { headCover, headLength, paintHead } from './arrow-heads.ts'
import {
  flatten,
  pointOn,
  polylineLength,
  reversed,
  type Segment,
  segmentsThrough,
  segmentsToPath,
  withoutEnd,
} from './curve.ts'
import { parseFields, pointList, strokeFields } from './fields.ts'
import { replaced } from './place.ts'

/** What a line or an arrow stores beside the shared fields. */
interface Linear extends Element {
  /** Corners in natural units, their extents starting at 0; drawn scaled by size / extents. */
  readonly points: readonly Vec[]
  /** Whether it curves through its points when there are more than two. */
  readonly round: boolean
  readonly stroke: Color
  readonly strokeWidth: number
  readonly dash: Dash
  readonly startHead: ArrowHead
  readonly endHead: ArrowHead
}

const MAX_POINTS = 2000

const extents = (points: readonly Vec[]): Box => boxOfPoints(points) ?? boxAt([0, 0], [0, 0])

interface Geometry {
  readonly width: number
  readonly height: number
  readonly round: boolean
  readonly points: readonly LocalPoint[]
  readonly curved: boolean
  readonly segments: readonly Segment[]
  readonly flat: readonly Vec[]
}

/** Keyed by the stored points, which a move leaves alone. */
const cache = new WeakMap<readonly Vec[], Geometry>()

const geometryOf = (line: Linear): Geometry => {
  const [width, height] = line.size
  const known = cache.get(line.points)
  if (known?.width === width && known.height === height && known.round === line.round) return known
  const natural = extents(line.points)
  const scaleX = boxWidth(natural) > 0 ? width / boxWidth(natural) : 1
  const scaleY = boxHeight(natural) > 0 ? height / boxHeight(natural) : 1
  const points = line.points.map(([x, y]) =>
    localPoint((x - natural.minX) * scaleX, (y - natural.minY) * scaleY),
  )
  const curved = line.round && points.length > 2
  const segments = segmentsThrough(points, line.round)
  const flat = flatten(segments, curved)
  const made: Geometry = { width, height, round: line.round, points, curved, segments, flat }
  cache.set(line.points, made)
  return made
}

/** The fields of a line through these points, given in the coordinates of `element`'s own box. */
const throughPoints = (element: Element, points: readonly Vec[]): Patch => {
  const box = extents(points)
  return {
    ...replaced(element, [box.minX, box.minY], [boxWidth(box), boxHeight(box)]),
    points: points.map(([x, y]): Vec => [x - box.minX, y - box.minY]),
  }
}

const paint: ElementKind['paint'] = (surface, element) => {
  const line = element as Linear
  const { segments, curved, flat } = geometryOf(line)
  const ink = { color: line.stroke, width: line.strokeWidth }
  const length = headLength(line.strokeWidth, polylineLength(flat))
  const ended = withoutEnd(segments, headCover(line.endHead, length))
  const body = reversed(withoutEnd(reversed(ended), headCover(line.startHead, length)))
  surface.stroke(segmentsToPath(body, curved), { ...ink, dash: line.dash })
  if (line.endHead !== 'none') paintHead(surface, flat, line.endHead, ink)
  if (line.startHead !== 'none') paintHead(surface, [...flat].reverse(), line.startHead, ink)
}

const hit: ElementKind['hit'] = (element, point, tolerance) => {
  const line = element as Linear
  return distanceToPolyline(point, geometryOf(line).flat) <= tolerance + line.strokeWidth / 2
}

const overhang: ElementKind['overhang'] = (element) => {
  const line = element as Linear
  const { flat, curved } = geometryOf(line)
  const heads = line.startHead !== 'none' || line.endHead !== 'none'
  const ink = line.strokeWidth / 2 + (heads ? headLength(line.strokeWidth) * 0.6 : 0) + 1
  if (!curved) return ink
  const { minX, minY, maxX, maxY } = extents(flat)
  return ink + Math.max(0, -minX, -minY, maxX - line.size[0], maxY - line.size[1])
}

/** The corners, then the middle of each piece: pulling one of those makes a new corner there. */
const points: ElementKind['points'] = (element) => {
  const { points: corners, segments } = geometryOf(element as Linear)
  const middles = segments.map((segment) => {
    const [x, y] = pointOn(segment, 0.5)
    return localPoint(x, y)
  })
  return [...corners, ...middles]
}

const movePoint: ElementKind['movePoint'] = (element, index, to) => {
  const corners = geometryOf(element as Linear).points
  if (index < 0 || index >= corners.length * 2 - 1) return {}
  const next: Vec[] = [...corners]
  if (index < corners.length) next[index] = to
  else next.splice(index - corners.length + 1, 0, to)
  return throughPoints(element, next)
}

const removePoint: ElementKind['removePoint'] = (element, index) => {
  const corners = geometryOf(element as Linear).points
  if (index <= 0 || index >= corners.length - 1) return {}
  return throughPoints(
    element,
    corners.filter((_, each) => each !== index),
  )
}

const mirrored: ElementKind['mirrored'] = (element, horizontally, vertically) => {
  const { points: corners } = element as Linear
  const { minX, minY, maxX, maxY } = extents(corners)
  return {
    points: corners.map(
      ([x, y]): Vec => [horizontally ? maxX - x : x - minX, vertically ? maxY - y : y - minY],
    ),
  }
}

/** A kind that is drawn along its points: what line and arrow have in common. */
export const linearKind = (type: string, endHead: ArrowHead): ElementKind => {
  const defaults = {
    ...strokeFields,
    startHead: 'none',
    endHead,
    round: true,
    points: [
      [0, 0],
      [1, 1],
    ],
  } as const
  return {
    type,
    defaults,
    styles: ['stroke', 'strokeWidth', 'dash', 'startHead', 'endHead', 'opacity'],
    resize: 'points',
    parse: (fields) => {
      const corners = pointList(fields.points, MAX_POINTS)
      if (corners === null || corners.length < 2) return null
      return { ...parseFields(fields, defaults), points: corners }
    },
    paint,
    hit,
    overhang,
    textSlot: () => null,
    points,
    cornerCount: (element) => (element as Linear).points.length,
    movePoint,
    removePoint,
    mirrored,
  }
}
