import { boxFromCorners, boxHeight, boxWidth } from '../../../geometry/box.ts'
import { type Box, type Vec, type WorldPoint, worldPoint } from '../../../geometry/types.ts'
import { directionVector, type ResizeDirection } from '../../handles.ts'
import type { Guide } from '../../hints.ts'
import { gapGuides, gapOffsets, pulledGapOffsets } from './gaps.ts'
import { type Axis, lineGuides, lineOffsets, type Part } from './lines.ts'

/** What there is to snap to. All lengths in board units. */
export interface SnapField {
  /** Boxes of what is near and in view. */
  readonly others: readonly Box[]
  /** How far away something still attracts. */
  readonly reach: number
  /** Distance of the grid's lines, when what is moved goes from line to line; null without. */
  readonly grid: number | null
}

export interface SnappedMove {
  /** To be added to the movement. */
  readonly offset: Vec
  readonly guides: readonly Guide[]
}

export interface SnappedPoint {
  readonly point: WorldPoint
  readonly guides: readonly Guide[]
}

const ALL_PARTS: readonly Part[] = ['low', 'middle', 'high']
const NONE: readonly Guide[] = []

/** The shortest way to any of them, if one is in reach; what comes first wins among equals. */
const nearest = (offsets: Iterable<number>, reach: number): number | null => {
  let best: number | null = null
  for (const offset of offsets) {
    if (Math.abs(offset) <= reach && (best === null || Math.abs(offset) < Math.abs(best) - 1e-6))
      best = offset
  }
  return best
}

const toGrid = (at: number, step: number): number => Math.round(at / step) * step - at

/** Equal distances count only where they can be seen: what is moved may come to lie over what makes one. */
function* moveOffsets(box: Box, { others, reach }: SnapField, axis: Axis): Generator<number> {
  yield* lineOffsets(box, others, axis, ALL_PARTS)
  for (const offset of gapOffsets(box, others, axis)) {
    if (Math.abs(offset) > reach) continue
    const moved = shifted(box, axis === 0 ? [offset, 0] : [0, offset])
    if (gapGuides(moved, others, axis).length > 0) yield offset
  }
}

const shifted = (box: Box, [x, y]: Vec): Box => ({
  minX: box.minX + x,
  minY: box.minY + y,
  maxX: box.maxX + x,
  maxY: box.maxY + y,
})

/**
 * Where a box that is being moved snaps to: its edges and its middle to those of others, distances to equal ones, or its
 * top left corner to the grid. `free`: along which axes it may still move.
 */
export const snapMove = (
  box: Box,
  field: SnapField,
  free: readonly [x: boolean, y: boolean] = [true, true],
): SnappedMove => {
  const along = (axis: Axis): number => {
    if (!free[axis]) return 0
    if (field.grid !== null) return toGrid(axis === 0 ? box.minX : box.minY, field.grid)
    return nearest(moveOffsets(box, field, axis), field.reach) ?? 0
  }
  const offset: Vec = [along(0), along(1)]
  const moved = shifted(box, offset)
  const guides = ([0, 1] as const)
    .filter((axis) => free[axis])
    .flatMap((axis) => [
      ...lineGuides(moved, field.others, axis, ALL_PARTS),
      ...gapGuides(moved, field.others, axis),
    ])
  return { offset, guides }
}

/** A point alone: the end of a line, the first corner of a new shape. */
export const snapPoint = (point: WorldPoint, field: SnapField): SnappedPoint => {
  const box = boxFromCorners(point, point)
  const along = (axis: Axis): number => {
    if (field.grid !== null) return toGrid(point[axis], field.grid)
    return nearest(pointOffsets(box, field.others, axis), field.reach) ?? 0
  }
  const offset: Vec = [along(0), along(1)]
  const snapped = worldPoint(point[0] + offset[0], point[1] + offset[1])
  const moved = shifted(box, offset)
  return {
    point: snapped,
    guides: ([0, 1] as const).flatMap((axis) => lineGuides(moved, field.others, axis, ['low', 'middle'])),
  }
}

function* pointOffsets(box: Box, others: readonly Box[], axis: Axis): Generator<number> {
  yield* lineOffsets(box, others, axis, ['low'])
  yield* lineOffsets(box, others, axis, ['middle'])
}

export interface SnapResizeOptions {
  readonly proportional?: boolean
  readonly fromCenter?: boolean
}

/**
 * Where the handle of an upright frame snaps to when it is pulled to `to`: the sides that it moves come to lie on edges
 * and middles of others, make a distance equal, or go to the grid. In proportion, the side that is nearer to something
 * decides.
 */
export const snapResize = (
  box: Box,
  direction: ResizeDirection,
  to: WorldPoint,
  field: SnapField,
  options: SnapResizeOptions = {},
): SnappedPoint => {
  const pulled = pulledBox(box, direction, to, options)
  const offsets = sidesOf(direction, box, to, options).map((side, axis) =>
    side === null ? null : sideOffset(pulled, side, axis as Axis, field),
  )
  const point = options.proportional
    ? inProportion(box, direction, pulled, offsets, to, options)
    : worldPoint(to[0] + (offsets[0] ?? 0), to[1] + (offsets[1] ?? 0))
  if (point[0] === to[0] && point[1] === to[1] && offsets.every((offset) => !offset)) {
    return { point: to, guides: guidesOf(pulled, direction, box, to, field, options) }
  }
  const result = pulledBox(box, direction, point, options)
  return { point, guides: guidesOf(result, direction, box, point, field, options) }
}

type Side = 'low' | 'high'

/** Which side follows the pointer, per axis: it is the other one after it was pulled past the one that stays. */
const sidesOf = (
  direction: ResizeDirection,
  box: Box,
  to: WorldPoint,
  { fromCenter = false }: SnapResizeOptions,
): readonly [Side | null, Side | null] => {
  const side = (towards: number, at: number, min: number, max: number): Side | null => {
    if (towards === 0) return null
    const fixed = fromCenter ? (min + max) / 2 : towards > 0 ? min : max
    return at >= fixed ? 'high' : 'low'
  }
  const [x, y] = directionVector[direction]
  return [side(x, to[0], box.minX, box.maxX), side(y, to[1], box.minY, box.maxY)]
}

const sideOffset = (pulled: Box, side: Side, axis: Axis, field: SnapField): number | null => {
  const at =
    axis === 0 ? (side === 'low' ? pulled.minX : pulled.maxX) : side === 'low' ? pulled.minY : pulled.maxY
  if (field.grid !== null) return toGrid(at, field.grid)
  return nearest(sideOffsets(pulled, side, axis, field.others), field.reach)
}

function* sideOffsets(pulled: Box, side: Side, axis: Axis, others: readonly Box[]): Generator<number> {
  yield* lineOffsets(pulled, others, axis, [side])
  yield* pulledGapOffsets(pulled, others, axis, side)
}

/** The box that results when a handle is pulled to a point, in proportion or not. */
const pulledBox = (box: Box, direction: ResizeDirection, to: WorldPoint, options: SnapResizeOptions): Box => {
  const [x, y] = directionVector[direction]
  const sizes = [boxWidth(box), boxHeight(box)] as const
  const free = [
    length(x, to[0], box.minX, box.maxX, options),
    length(y, to[1], box.minY, box.maxY, options),
  ] as const
  const scale = options.proportional ? commonScale(free, sizes, [x, y]) : null
  const span = (axis: Axis): readonly [number, number] => {
    const [min, max] = axis === 0 ? [box.minX, box.maxX] : [box.minY, box.maxY]
    const towards = axis === 0 ? x : y
    const signed = scale === null ? free[axis] : Math.sign(free[axis] || 1) * scale * sizes[axis]
    if (options.fromCenter || towards === 0) {
      const center = (min + max) / 2
      return [center - signed / 2, center + signed / 2]
    }
    return towards > 0 ? [min, min + signed] : [max - signed, max]
  }
  const [fromX, toX] = span(0)
  const [fromY, toY] = span(1)
  return boxFromCorners([fromX, fromY], [toX, toY])
}

const length = (
  towards: number,
  at: number,
  min: number,
  max: number,
  options: SnapResizeOptions,
): number => {
  if (towards === 0) return max - min
  const fixed = options.fromCenter ? (min + max) / 2 : towards > 0 ? min : max
  return (at - fixed) * towards * (options.fromCenter ? 2 : 1)
}

const commonScale = (free: Vec, sizes: Vec, [x, y]: Vec): number => {
  const scaleX = sizes[0] > 0 ? Math.abs(free[0] / sizes[0]) : 1
  const scaleY = sizes[1] > 0 ? Math.abs(free[1] / sizes[1]) : 1
  return x === 0 ? scaleY : y === 0 ? scaleX : Math.max(scaleX, scaleY)
}

/** The pointer's place from which the box gets the proportion and its nearer side lies where it snaps to. */
const inProportion = (
  box: Box,
  direction: ResizeDirection,
  pulled: Box,
  offsets: readonly (number | null)[],
  to: WorldPoint,
  options: SnapResizeOptions,
): WorldPoint => {
  const [offsetX, offsetY] = [offsets[0] ?? null, offsets[1] ?? null]
  if (offsetX === null && offsetY === null) return to
  const axis: Axis = offsetY === null || (offsetX !== null && Math.abs(offsetX) <= Math.abs(offsetY)) ? 0 : 1
  const sides = sidesOf(direction, box, to, options)
  const sizes = [boxWidth(box), boxHeight(box)] as const
  const edge = (each: Axis): number => {
    const [min, max] = each === 0 ? [pulled.minX, pulled.maxX] : [pulled.minY, pulled.maxY]
    return sides[each] === 'low' ? min : max
  }
  const fixed = (each: Axis): number => {
    const [min, max] = each === 0 ? [box.minX, box.maxX] : [box.minY, box.maxY]
    if (options.fromCenter) return (min + max) / 2
    return directionVector[direction][each] > 0 ? min : max
  }
  const target = edge(axis) + (offsets[axis] ?? 0)
  const scale = sizes[axis] > 0 ? Math.abs(target - fixed(axis)) / sizes[axis] : 0
  const other = axis === 0 ? 1 : 0
  const reach = scale * sizes[other]
  const along = fixed(other) + (sides[other] === 'low' ? -reach : reach)
  const otherAt = sides[other] === null ? to[other] : along
  return axis === 0 ? worldPoint(target, otherAt) : worldPoint(otherAt, target)
}

const guidesOf = (
  result: Box,
  direction: ResizeDirection,
  box: Box,
  to: WorldPoint,
  field: SnapField,
  options: SnapResizeOptions,
): readonly Guide[] => {
  if (field.others.length === 0) return NONE
  return sidesOf(direction, box, to, options).flatMap((side, index) => {
    if (side === null) return NONE
    const axis = index as Axis
    return [...lineGuides(result, field.others, axis, [side]), ...gapGuides(result, field.others, axis)]
  })
}
