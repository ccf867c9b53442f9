import { boxOfPoints } from '../../geometry/box.ts'
import { elbowRoute, type FixedSegment } from '../../geometry/elbow.ts'
import { elementToWorld } from '../../geometry/transform.ts'
import { radians, type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, Patch } from '../../model/element.ts'
import { isEqual } from '../../model/heal.ts'
import type { Others } from '../../model/kind.ts'
import { geometryOf } from '../shared/linear-geometry.ts'
import type { Arrow } from './arrow.ts'
import { type BoundEnd, boundEnd, elbowEnd, endFrom } from './ends.ts'
import { loopBetween } from './loop.ts'

const NOTHING: readonly ElementId[] = []

export const referencesOf = (arrow: Arrow): readonly ElementId[] => {
  if (!arrow.start && !arrow.end) return NOTHING
  const ids = [arrow.start?.element, arrow.end?.element]
  return ids.filter(
    (id, index) => id !== undefined && id !== arrow.id && ids.indexOf(id) === index,
  ) as ElementId[]
}

interface Ends {
  readonly start: BoundEnd | null
  readonly end: BoundEnd | null
}

/** Corners stay where they are; only both ends of the line follow. */
const throughCorners = (corners: readonly Vec[], { start, end }: Ends): Vec[] => {
  const isLoop = start !== null && end !== null && start.binding.element === end.binding.element
  const inner = isLoop ? loopBetween(start, end) : corners.slice(1, -1)
  const first = corners[0] ?? [0, 0]
  const last = corners.at(-1) ?? first
  const from = inner[0] ?? end?.anchor ?? last
  const to = inner.at(-1) ?? start?.anchor ?? first
  return [start ? endFrom(from, start) : first, ...inner, end ? endFrom(to, end) : last]
}

const atRightAngles = (
  corners: readonly Vec[],
  fixed: readonly FixedSegment[],
  { start, end }: Ends,
): Vec[] => {
  const first = corners[0] ?? [0, 0]
  return elbowRoute(elbowEnd(start, first), elbowEnd(end, corners.at(-1) ?? first), fixed)
}

/** The fields of an arrow, unturned, whose corners lie here on the board. */
const placed = (points: readonly Vec[], fixed: readonly FixedSegment[]): Patch => {
  const { minX, minY, maxX, maxY } = boxOfPoints(points) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
  return {
    position: worldPoint(minX, minY),
    size: [maxX - minX, maxY - minY],
    rotation: radians(0),
    points: points.map(([x, y]): Vec => [x - minX, y - minY]),
    fixed: fixed.map(({ axis, at }) => ({ axis, at: at - (axis === 'x' ? minX : minY) })),
  }
}

/** Board units within which a point is where it was: what was derived once is the same when it is derived again. */
const SAME = 1e-6

const isSame = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= SAME
  if (!Array.isArray(a) || !Array.isArray(b)) return isEqual(a, b)
  return a.length === b.length && a.every((entry, index) => isSame(entry, b[index]))
}

const isUnchanged = (arrow: Arrow, patch: Patch): boolean =>
  Object.keys(patch).every((key) => key === 'fixed' || isSame(patch[key], arrow[key]))

/** The arrow as it is drawn: its bound ends where their targets are now, its route round them. */
export const follow = (arrow: Arrow, others: Others): Element => {
  const ends: Ends = {
    start: boundEnd(arrow, arrow.start, others),
    end: boundEnd(arrow, arrow.end, others),
  }
  if (!ends.start && !ends.end) return arrow
  const geometry = geometryOf(arrow)
  const corners = geometry.corners.map((corner) => elementToWorld(arrow, corner))
  if (arrow.route !== 'elbow') {
    const patch = placed(throughCorners(corners, ends), NO_FIXED)
    const { fixed: _none, ...fields } = patch
    return isUnchanged(arrow, fields) ? arrow : ({ ...arrow, ...fields } as Element)
  }
  const [x, y] = arrow.position
  const fixed = geometry.fixed.map(
    ({ axis, at }): FixedSegment => ({ axis, at: at + (axis === 'x' ? x : y) }),
  )
  const patch = placed(atRightAngles(corners, fixed, ends), fixed)
  return isUnchanged(arrow, patch) ? arrow : ({ ...arrow, ...patch } as Element)
}

const NO_FIXED: readonly FixedSegment[] = []
