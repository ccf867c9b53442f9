import { boxAt, boxHeight, boxOfPoints, boxWidth } from '../../geometry/box.ts'
import { elbowRoute, type FixedSegment, freeEnd, isOrthogonal } from '../../geometry/elbow.ts'
import { type Box, type LocalPoint, localPoint, type Vec } from '../../geometry/types.ts'
import { interpolate } from '../../geometry/vector.ts'
import type {
  ArrowHead,
  Color,
  Dash,
  Element,
  FillStyle,
  Patch,
  Roughness,
  Route,
} from '../../model/element.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path, PathCommand } from '../../model/surface.ts'
import { boxOfSegments, flatten, pointOn, polyline, type Segment, smooth } from './curve.ts'
import { replaced } from './place.ts'

/** What a line or an arrow stores beside the shared fields. */
export interface Linear extends Element {
  /**
   * Corners in natural units, their extents starting at 0; drawn scaled by size / extents. Of an elbow route all corners,
   * or only its ends.
   */
  readonly points: readonly Vec[]
  readonly route: Route
  readonly stroke: Color
  readonly strokeWidth: number
  readonly dash: Dash
  readonly roughness: Roughness
  readonly corner: number | null
  readonly startHead: ArrowHead
  readonly endHead: ArrowHead
  /** Only of lines: whether the last point is joined to the first. */
  readonly closed?: boolean
  readonly fill?: Color
  readonly fillStyle?: FillStyle
  /** Only of arrows: pieces of an elbow route that a person put somewhere, in natural units. */
  readonly fixed?: readonly FixedSegment[]
}

/** Rounding of an elbow route's corners where nothing else is chosen, in board units. */
const ELBOW_CORNER = 12

const extents = (points: readonly Vec[]): Box => boxOfPoints(points) ?? boxAt([0, 0], [0, 0])

/** A line's points and what is drawn through them, in its own coordinates. */
export interface LineGeometry {
  readonly corners: readonly LocalPoint[]
  readonly fixed: readonly FixedSegment[]
  readonly segments: readonly Segment[]
  readonly flat: readonly Vec[]
  readonly box: Box
  readonly closed: boolean
}

interface Kept {
  readonly fixed: unknown
  readonly geometry: LineGeometry
}

/** Points of lines that are kept as they are drawn. */
const KEPT_POINTS = 30_000

/** By the stored points, which a move leaves alone. */
const geometries = createRecent<readonly Vec[], Kept>(KEPT_POINTS)

/** Arrows never are, not even those that were a closed line before. */
export const isClosed = (line: Linear): boolean =>
  line.closed === true && line.fixed === undefined && line.points.length > 2 && line.route !== 'elbow'

const NOT_FIXED: readonly FixedSegment[] = []

const formOf = (line: Linear): string =>
  `${line.size[0]} ${line.size[1]} ${line.route} ${line.corner} ${isClosed(line)}`

const knownGeometry = (line: Linear, form: string): LineGeometry | null => {
  const known = geometries.get(line.points, form)
  return known && known.fixed === line.fixed ? known.geometry : null
}

export const geometryOf = (line: Linear): LineGeometry => {
  const form = formOf(line)
  const known = knownGeometry(line, form)
  if (known) return known
  const geometry = createGeometry(line)
  const { segments, flat } = geometry
  geometries.set(line.points, form, { fixed: line.fixed, geometry }, 4 * segments.length + flat.length)
  return geometry
}

/**
 * The box of a line that may swing out of its element's; null for one that cannot. Asked of all lines of a board when it
 * is opened, so nothing is kept for it.
 */
export const swingOf = (line: Linear): Box | null => {
  const isCurve = line.route === 'curved' && line.points.length > 2
  const isRouted = line.route === 'elbow' && !isOrthogonal(line.points)
  if (!isCurve && !isRouted) return null
  return knownGeometry(line, formOf(line))?.box ?? boxOfSegments(traced(line).segments)
}

/**
 * About where a line goes: straight through some of its points, of which nothing is kept. Null for one whose points do not
 * tell, as those of an area or of a route that has yet to be found.
 */
export const sketchOf = (line: Linear, most: number): Path | null => {
  const { points, size, route } = line
  if (isClosed(line) || (route === 'elbow' && !isOrthogonal(points))) return null
  const natural = extents(points)
  const scaleX = boxWidth(natural) > 0 ? size[0] / boxWidth(natural) : 1
  const scaleY = boxHeight(natural) > 0 ? size[1] / boxHeight(natural) : 1
  const every = Math.ceil((points.length - 1) / (most - 1))
  const path: PathCommand[] = []
  points.forEach(([x, y], index) => {
    if (index % every !== 0 && index !== points.length - 1) return
    path.push([index === 0 ? 'M' : 'L', (x - natural.minX) * scaleX, (y - natural.minY) * scaleY])
  })
  return path
}

/** Only arrows have fixed pieces; of other types a field of that name is not read, and may be anything. */
const fixedOf = ({ type, fixed }: Linear): readonly FixedSegment[] =>
  type === 'arrow' ? (fixed ?? NOT_FIXED) : NOT_FIXED

const createGeometry = (line: Linear): LineGeometry => {
  const trace = traced(line)
  const flat = flatten(trace.segments)
  return { ...trace, flat, box: extents(flat) }
}

/** A line's points in its own coordinates, and the pieces that are drawn through them. */
const traced = (line: Linear): Omit<LineGeometry, 'flat' | 'box'> => {
  const natural = extents(line.points)
  const scaleX = boxWidth(natural) > 0 ? line.size[0] / boxWidth(natural) : 1
  const scaleY = boxHeight(natural) > 0 ? line.size[1] / boxHeight(natural) : 1
  const toX = (x: number): number => (x - natural.minX) * scaleX
  const toY = (y: number): number => (y - natural.minY) * scaleY
  const points = line.points.map(([x, y]) => localPoint(toX(x), toY(y)))
  const fixed = fixedOf(line).map(
    ({ axis, at }): FixedSegment => ({ axis, at: axis === 'x' ? toX(at) : toY(at) }),
  )
  const corners = line.route === 'elbow' ? elbowCorners(points, fixed) : points
  const closed = isClosed(line)
  return { corners, fixed, segments: segmentsOf(corners, line, closed), closed }
}

/** Corners that are a route already stay as they are. */
const elbowCorners = (
  points: readonly LocalPoint[],
  fixed: readonly FixedSegment[],
): readonly LocalPoint[] => {
  if (isOrthogonal(points)) return points
  return freeRoute(points, fixed).map(([x, y]) => localPoint(x, y))
}

const freeRoute = (points: readonly Vec[], fixed: readonly FixedSegment[]): Vec[] =>
  elbowRoute(freeEnd(points[0] ?? [0, 0]), freeEnd(points.at(-1) ?? [0, 0]), fixed)

const segmentsOf = (corners: readonly Vec[], line: Linear, closed: boolean): readonly Segment[] => {
  if (line.route === 'curved' && corners.length > 2) return smooth(corners, closed)
  return polyline(corners, line.corner ?? (line.route === 'elbow' ? ELBOW_CORNER : 0), closed)
}

/** The fields of a line through these points, and with these fixed pieces, given in the coordinates of its own box. */
const throughPoints = (
  line: Linear,
  points: readonly Vec[],
  fixed: readonly FixedSegment[] = geometryOf(line).fixed,
): Patch => {
  const box = extents(points)
  return {
    ...replaced(line, [box.minX, box.minY], [boxWidth(box), boxHeight(box)]),
    points: points.map(([x, y]): Vec => [x - box.minX, y - box.minY]),
    ...(line.fixed && {
      fixed: fixed.map(({ axis, at }) => ({ axis, at: at - (axis === 'x' ? box.minX : box.minY) })),
    }),
  }
}

/** Where a new corner can be made: the middle of each piece between corners. */
const middlesOf = ({ corners, segments, closed }: LineGeometry, route: Route): LocalPoint[] => {
  const isCurved = route === 'curved' && corners.length > 2
  const ring = closed && corners[0] ? [...corners, corners[0]] : corners
  return ring.slice(1).map((corner, index) => {
    const segment = isCurved ? segments[index] : undefined
    const [x, y] = segment ? pointOn(segment, 0.5) : interpolate(ring[index] ?? corner, corner, 0.5)
    return localPoint(x, y)
  })
}

/** Points that can be dragged: corners (of an elbow route only its ends), then the middle of each piece. */
export const handlesOf = (line: Linear): readonly LocalPoint[] => {
  const geometry = geometryOf(line)
  const { corners } = geometry
  const ends = [corners[0], corners.at(-1)].filter((corner) => corner !== undefined)
  return [...(line.route === 'elbow' ? ends : corners), ...middlesOf(geometry, line.route)]
}

export const handleCorners = (line: Linear): number => (line.route === 'elbow' ? 2 : line.points.length)

const SAME = 0.5

/** Which pieces of an elbow route are fixed, in its sequence: at the piece's index, the fixed segment. */
const fixedPieces = ({ corners, fixed }: LineGeometry): (FixedSegment | undefined)[] => {
  let next = 0
  return corners.slice(1).map((corner, index) => {
    const segment = fixed[next]
    const before = corners[index]
    if (!segment || !before) return undefined
    const axis = segment.axis === 'x' ? 0 : 1
    const lies = Math.abs(corner[axis] - segment.at) < SAME && Math.abs(before[axis] - segment.at) < SAME
    if (lies) next++
    return lies ? segment : undefined
  })
}

const withFixed = (line: Linear, pieces: readonly (FixedSegment | undefined)[]): Patch => {
  const fixed = pieces.filter((piece) => piece !== undefined)
  return throughPoints(line, freeRoute(geometryOf(line).corners, fixed), fixed)
}

const moveElbow = (line: Linear, index: number, to: Vec): Patch => {
  const geometry = geometryOf(line)
  const { corners, fixed } = geometry
  if (index < 2) {
    const ends = index === 0 ? [to, corners.at(-1) ?? to] : [corners[0] ?? to, to]
    return throughPoints(line, freeRoute(ends, fixed), fixed)
  }
  const [before, after] = [corners[index - 2], corners[index - 1]]
  if (!before || !after || !line.fixed) return {}
  const upright = Math.abs(before[0] - after[0]) < Math.abs(before[1] - after[1])
  const pieces = fixedPieces(geometry)
  pieces[index - 2] = upright ? { axis: 'x', at: to[0] } : { axis: 'y', at: to[1] }
  return withFixed(line, pieces)
}

/** The fields after the handle at `index` went to `to`; a handle between corners makes one. */
export const moveHandle = (line: Linear, index: number, to: Vec): Patch => {
  const { corners } = geometryOf(line)
  if (index < 0 || index >= handlesOf(line).length) return {}
  if (line.route === 'elbow') return moveElbow(line, index, to)
  const next: Vec[] = [...corners]
  if (index < corners.length) next[index] = to
  else next.splice(index - corners.length + 1, 0, to)
  return throughPoints(line, next)
}

/** The fields without the corner at `index`, or with that piece of an elbow route free again; none where neither can be. */
export const removeHandle = (line: Linear, index: number): Patch => {
  const geometry = geometryOf(line)
  const { corners, closed } = geometry
  if (line.route === 'elbow') {
    const pieces = fixedPieces(geometry)
    if (!pieces[index - 2]) return {}
    pieces[index - 2] = undefined
    return withFixed(line, pieces)
  }
  const isEnd = index <= 0 || index >= corners.length - 1
  if (index < 0 || index >= corners.length || (closed ? corners.length <= 3 : isEnd)) return {}
  return throughPoints(
    line,
    corners.filter((_, each) => each !== index),
  )
}

/** A line that is to be straight or curved loses the corners that only its route at right angles gave it. */
export const restyledLine = (line: Linear, { route }: Patch): Patch => {
  if (route === undefined || route === 'elbow' || line.route !== 'elbow') return {}
  const { corners } = geometryOf(line)
  const [first, last] = [corners[0], corners.at(-1)]
  return first && last ? throughPoints(line, [first, last], NOT_FIXED) : {}
}

export const mirroredLine = (line: Linear, horizontally: boolean, vertically: boolean): Patch => {
  const { minX, minY, maxX, maxY } = extents(line.points)
  const x = (at: number): number => (horizontally ? maxX - at : at - minX)
  const y = (at: number): number => (vertically ? maxY - at : at - minY)
  return {
    points: line.points.map(([px, py]): Vec => [x(px), y(py)]),
    ...(line.fixed && {
      fixed: line.fixed.map(({ axis, at }) => ({ axis, at: axis === 'x' ? x(at) : y(at) })),
    }),
  }
}
