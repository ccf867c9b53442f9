import { boxOfPoints } from '../../geometry/box.ts'
import { elbowRoute, type FixedSegment, freeEnd, isOrthogonal } from '../../geometry/elbow.ts'
import { centerOf } from '../../geometry/transform.ts'
import type { Vec } from '../../geometry/types.ts'
import { rotateAround, subtract } from '../../geometry/vector.ts'
import type { Element } from '../../model/element.ts'
import { cutsOf } from '../../model/ink-cuts.ts'
import { breadthOf, HIGHLIGHTER_TYPE, type InkPiece, inkPieces } from '../../model/ink-pieces.ts'
import { fillTo, headTo } from './styles.ts'
import type { Foreign, Written } from './types.ts'
import { finite } from './values.ts'
import { baseOf, strokeOf } from './write-base.ts'

const isVec = (value: unknown): value is Vec =>
  Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number'

interface Course {
  /** The corners that are drawn, in board units from the corner of the element's box. */
  readonly points: readonly Vec[]
  readonly fixed: readonly FixedSegment[]
}

const isElbow = ({ type, route }: Element): boolean => type === 'arrow' && route === 'elbow'

/** Corners of their own measure as they lie in the box; all of them where only the ends of a route are stored. */
const courseOf = (element: Element): Course => {
  const stored = Array.isArray(element.points) ? element.points.filter(isVec) : []
  const box = boxOfPoints(stored)
  const [width, height] = element.size
  if (!box) return { points: [], fixed: [] }
  const scaleX = box.maxX > box.minX && width > 0 ? width / (box.maxX - box.minX) : 1
  const scaleY = box.maxY > box.minY && height > 0 ? height / (box.maxY - box.minY) : 1
  const toX = (x: number): number => (x - box.minX) * scaleX
  const toY = (y: number): number => (y - box.minY) * scaleY
  const points = stored.map(([x, y]): Vec => [toX(x), toY(y)])
  if (!isElbow(element)) return { points, fixed: [] }
  const fixed = (Array.isArray(element.fixed) ? (element.fixed as readonly FixedSegment[]) : []).map(
    ({ axis, at }): FixedSegment => ({ axis, at: axis === 'x' ? toX(at) : toY(at) }),
  )
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || isOrthogonal(points)) return { points, fixed }
  return { points: elbowRoute(freeEnd(first), freeEnd(last), fixed), fixed }
}

/** Place, size and points as theirs: `x`, `y` is the first point, and all others are counted from it. */
export const tracedFrom = (element: Element, points: readonly Vec[]): Foreign => {
  const [startX, startY] = points[0] ?? [0, 0]
  const box = boxOfPoints(points)
  return {
    ...(box ? { width: box.maxX - box.minX, height: box.maxY - box.minY } : {}),
    x: element.position[0] + startX,
    y: element.position[1] + startY,
    points: points.map(([x, y]) => [x - startX, y - startY]),
  }
}

const bindingTo = (value: unknown): Foreign | null => {
  if (typeof value !== 'object' || value === null) return null
  const { element, anchor, mode } = value as Foreign
  if (typeof element !== 'string' || !isVec(anchor)) return null
  return { elementId: element, fixedPoint: [...anchor], mode: mode === 'inside' ? 'inside' : 'orbit' }
}

/** Board units within which a segment is where it was fixed. */
const AT = 1e-3

/** Those segments of a route that are where one was fixed by hand; theirs have no first or last one that is. */
const fixedTo = ({ points, fixed }: Course): readonly Foreign[] | null => {
  const [first] = points
  if (!first) return null
  const segments = fixed.flatMap(({ axis, at }): Foreign[] => {
    const side = axis === 'x' ? 0 : 1
    const index = points.findIndex((corner, end) => {
      const start = points[end - 1]
      const isInner = end > 1 && end < points.length - 1 && start !== undefined
      return isInner && [start, corner].every((place) => Math.abs(place[side] - at) < AT)
    })
    const [start, end] = [points[index - 1], points[index]]
    return start && end ? [{ start: subtract(start, first), end: subtract(end, first), index }] : []
  })
  return segments.length > 0 ? segments : null
}

export const writeLinear = (element: Element): Foreign => {
  const course = courseOf(element)
  const { points } = course
  const isClosed = element.closed === true && points.length > 2
  const first = points[0]
  const isArrow = element.type === 'arrow'
  const isUprightElbow = isElbow(element) && element.rotation === 0
  return turnedInPlace(element, {
    ...baseOf(element, element.type, element.id),
    ...strokeOf(element),
    ...(isClosed ? fillTo(element.fill, element.fillStyle) : {}),
    ...tracedFrom(element, isClosed && first ? [...points, first] : points),
    roundness: element.route === 'curved' ? { type: 2 } : null,
    startBinding: isArrow ? bindingTo(element.start) : null,
    endBinding: isArrow ? bindingTo(element.end) : null,
    startArrowhead: headTo(element.startHead),
    endArrowhead: headTo(element.endHead),
    ...(isArrow ? { elbowed: isUprightElbow } : { polygon: isClosed }),
    ...(isUprightElbow ? { fixedSegments: fixedTo(course), startIsSpecial: null, endIsSpecial: null } : {}),
  })
}

/** Pressure of devices that report none; where all points have it, theirs is simulated too. */
const NO_PRESSURE = 0.5

/** Breadth of their pens for each unit of stroke width: of one that gives with pressure, and of one that does not. */
const FOREIGN_BREADTH = { variable: 4.25, constant: 1.4 } as const

const writeStroke = (element: Element, id: string, { points, pressures }: InkPiece): Foreign => {
  const simulatePressure =
    typeof element.simulatePressure === 'boolean'
      ? element.simulatePressure
      : pressures.every((pressure) => Math.abs(pressure - NO_PRESSURE) <= 0.02)
  const isConstant = element.type === HIGHLIGHTER_TYPE || element.penWidth === 'constant'
  const variability = isConstant ? 'constant' : 'variable'
  return {
    ...baseOf(element, 'freedraw', id),
    ...tracedFrom(element, points),
    strokeWidth: breadthOf(element) / FOREIGN_BREADTH[variability],
    pressures: simulatePressure ? [] : pressures,
    simulatePressure,
    strokeOptions: { variability, streamline: finite(element.streamline, 0.5) },
  }
}

/** What has another middle than the element is turned round its own there: it goes where it is seen here. */
export const turnedInPlace = (element: Element, traced: Foreign): Foreign => {
  const box = element.rotation === 0 ? null : boxOfPoints(traced.points as readonly Vec[])
  if (!box) return traced
  const [x, y] = [Number(traced.x), Number(traced.y)]
  const middle: Vec = [x + (box.minX + box.maxX) / 2, y + (box.minY + box.maxY) / 2]
  const turned = rotateAround(middle, centerOf(element), element.rotation)
  return { ...traced, x: x + turned[0] - middle[0], y: y + turned[1] - middle[1] }
}

/** A stroke of which parts were erased becomes one stroke for each piece that is left. */
export const writeInk = (element: Element): Written => {
  const pieces = inkPieces(element).map((piece, index) => {
    const id = index === 0 ? element.id : pieceId(element.id, index)
    const stroke = writeStroke(element, id, piece)
    return isWhole(element) ? stroke : turnedInPlace(element, stroke)
  })
  const [first = writeStroke(element, element.id, { points: [], pressures: [] }), ...others] = pieces
  return { element: first, label: null, pieces: others }
}

const isWhole = (element: Element): boolean => cutsOf(element).length === 0

const pieceId = (id: string, index: number): string => `${id}-piece-${index}`
