import { boxHeight, boxOfPoints, boxWidth } from '../geometry/box.ts'
import type { Box, Size, Vec } from '../geometry/types.ts'
import type { Element } from './element.ts'
import { decodeInk, type InkPoint } from './ink.ts'
import { cutsOf, type InkInterval, remainingParts } from './ink-cuts.ts'
import { createRecent } from './recent.ts'

/** The types whose elements are strokes of packed points. */
export const INK_TYPE = 'ink'
export const HIGHLIGHTER_TYPE = 'highlighter'

export const isStroke = ({ type, ink }: Element): boolean =>
  (type === INK_TYPE || type === HIGHLIGHTER_TYPE) && ink instanceof Uint8Array

/**
 * Full breadth of the pen per unit of stroke width: of one that gives with pressure, of one that is always as broad, and
 * of a highlighter's nib. Excalidraw has 4.25 and 1.4 for the first two: a pen stroke from there looks the same with 1.7
 * times its width, one of constant width with just that.
 */
export const VARIABLE_BREADTH = 2.5
const CONSTANT_BREADTH = 1.4
const HIGHLIGHTER_BREADTH = 5

/** What decides how broad a stroke is. */
export interface Nib {
  readonly type: string
  readonly strokeWidth: number
  readonly penWidth: unknown
}

/** Full breadth of the pen, in board units. */
const nibBreadth = ({ type, strokeWidth, penWidth }: Nib): number => {
  if (type === HIGHLIGHTER_TYPE) return Math.max(1, strokeWidth * HIGHLIGHTER_BREADTH)
  return Math.max(0.5, strokeWidth * (penWidth === 'constant' ? CONSTANT_BREADTH : VARIABLE_BREADTH))
}

export const breadthOf = (element: Element): number =>
  nibBreadth({
    type: element.type,
    strokeWidth: typeof element.strokeWidth === 'number' ? element.strokeWidth : 0,
    penWidth: element.penWidth,
  })

/** By how much stored points are stretched so that their extents fill the element's box. */
export const fittingScale = (extents: Box, [width, height]: Size): Vec => [
  boxWidth(extents) > 0.5 ? width / boxWidth(extents) : 1,
  boxHeight(extents) > 0.5 ? height / boxHeight(extents) : 1,
]

/** Points as they are stored, stretched so that their extents fill the element's box. */
export const fittedInk = (points: readonly InkPoint[], size: Size): InkPoint[] => {
  const box = boxOfPoints(points)
  if (!box) return []
  const { minX, minY } = box
  const [scaleX, scaleY] = fittingScale(box, size)
  return points.map(([x, y, pressure]) => [(x - minX) * scaleX, (y - minY) * scaleY, pressure])
}

const NO_POINTS: readonly InkPoint[] = []

/** Points that are kept unpacked; what is beyond that stays packed until it is asked for again. */
const KEPT_POINTS = 40_000

/** By the stored bytes, which all versions of a stroke that only moves share. */
const fitted = createRecent<Uint8Array, readonly InkPoint[]>(KEPT_POINTS)

/** All points of a stroke in its own coordinates, erased parts included. */
export const strokePoints = ({ ink, size }: Element): readonly InkPoint[] => {
  if (!(ink instanceof Uint8Array)) return NO_POINTS
  const form = `${size[0]} ${size[1]}`
  const known = fitted.get(ink, form)
  if (known) return known
  const points = fittedInk(decodeInk(ink), size)
  return fitted.set(ink, form, points, points.length)
}

/** The place `at` points from the beginning, between two points if it is no whole number. */
export const inkPointAt = (points: readonly InkPoint[], at: number): InkPoint | undefined => {
  const from = points[Math.floor(at)]
  const to = points[Math.ceil(at)] ?? from
  if (!from || !to) return undefined
  const part = at - Math.floor(at)
  const between = (axis: 0 | 1 | 2): number => from[axis] + (to[axis] - from[axis]) * part
  return [between(0), between(1), between(2)]
}

/** The points of one part of a stroke, its ends between points where it was cut there. */
export const partOfInk = (points: readonly InkPoint[], [from, to]: InkInterval): InkPoint[] => {
  const ends = [inkPointAt(points, from), inkPointAt(points, to)] as const
  const inner = points.slice(Math.floor(from) + 1, Math.ceil(to))
  return [ends[0], ...inner, to > from ? ends[1] : undefined].filter((point) => point !== undefined)
}

/** One connected part of a stroke, in the element's own coordinates (unrotated box, origin top left). */
export interface InkPiece {
  readonly points: readonly Vec[]
  /** From 0 to 1, one for each point. */
  readonly pressures: readonly number[]
}

/** What is left of a stroke after all erasing: one piece of an untouched one, none of one that is all gone. */
export const inkPieces = (element: Element): InkPiece[] => {
  const points = strokePoints(element)
  return remainingParts(cutsOf(element), points.length).map((part) => {
    const piece = partOfInk(points, part)
    return {
      points: piece.map(([x, y]): Vec => [x, y]),
      pressures: piece.map(([, , pressure]) => pressure),
    }
  })
}
