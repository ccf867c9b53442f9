import { boxAround, boxCenter, boxFromCorners, boxWidth, containsPoint, expand } from '../../geometry/box.ts'
import { clamp } from '../../geometry/clamp.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import type { PaintContext, TextSlot } from '../../model/kind.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { cutAt, flatten, pointAlong, polylineLength, type Segment } from '../shared/curve.ts'
import { labelLayout } from '../shared/label.ts'
import { bodyOf } from '../shared/linear.ts'
import { geometryOf, type LineGeometry } from '../shared/linear-geometry.ts'
import type { Arrow } from './arrow.ts'

/** Width at which a label wraps, in font sizes: part of the line's length, within these. */
const NARROWEST = 6
const WIDEST = 12
const SHARE = 0.7
/** Board units between a label and the line that makes room for it. */
const ROOM = 5
/** Height of a line of text, in font sizes. */
const LINE = 1.3
/** Width of a letter, in font sizes, where nothing can measure it: rather too broad. */
const LETTER = 0.62

/** Where the label sits: halfway along, on a route at right angles in the middle of that piece. */
const middleOf = ({ route }: Arrow, { corners, flat }: LineGeometry): Vec => {
  const middle = pointAlong(flat, polylineLength(flat) / 2)
  if (route !== 'elbow') return middle
  const index = corners.findIndex((corner, each) => each > 0 && isBetween(middle, corners[each - 1], corner))
  const [from, to] = [corners[index - 1], corners[index]]
  return from && to ? interpolate(from, to, 0.5) : middle
}

const NEAR = 12

const isBetween = (point: Vec, from: Vec | undefined, to: Vec): boolean =>
  from !== undefined && containsPoint(expand(boxFromCorners(from, to), NEAR), point)

export const labelSlot = (arrow: Arrow): TextSlot => {
  const geometry = geometryOf(arrow)
  const { fontSize } = arrow
  const length = polylineLength(geometry.flat) * SHARE
  const width = clamp(length, fontSize * NARROWEST, fontSize * WIDEST)
  const height = fontSize * LINE
  return { box: boxAround(middleOf(arrow, geometry), [width, height]), vertical: 'middle', wrap: true }
}

/** A box of this size in the middle of a slot. */
const within = ({ box }: TextSlot, width: number, height: number): Box =>
  boxAround(boxCenter(box), [width, height])

/** About what the label covers, without measuring anything; null without one. */
export const roughLabelBox = (arrow: Arrow): Box | null => {
  if (arrow.text === '') return null
  const slot = labelSlot(arrow)
  const width = boxWidth(slot.box)
  const widths = arrow.text.split('\n').map((line) => line.length * arrow.fontSize * LETTER)
  const lines = widths.reduce((count, each) => count + Math.max(1, Math.ceil((each * 1.2) / width)), 0)
  return within(slot, Math.min(width, Math.max(...widths)), lines * arrow.fontSize * LINE)
}

/** What the line keeps clear of; null without a label. */
const clearedBox = (arrow: Arrow, { measure, editing }: PaintContext): Box | null => {
  if (arrow.text === '' && !editing) return null
  const slot = labelSlot(arrow)
  const { width, height } = textExtent(arrow, slot, measure)
  return within(slot, width + 2 * ROOM, height + ROOM)
}

const textExtent = (arrow: Arrow, slot: TextSlot, measure: TextMeasurer) => {
  const { lines, height } = labelLayout(arrow, slot, measure)
  const { fontFamily, fontSize } = arrow
  const widths = lines.map(({ text }) => measure.width(text, fontFamily, fontSize))
  return { width: Math.max(fontSize / 2, ...widths), height }
}

/** Where a piece lies within a box: from and to as parts of its length; null when it does not. */
const partWithin = (box: Box, a: Vec, b: Vec): Vec | null => {
  let [from, to] = [0, 1]
  for (const axis of [0, 1] as const) {
    const [min, max] = axis === 0 ? [box.minX, box.maxX] : [box.minY, box.maxY]
    const length = b[axis] - a[axis]
    if (length === 0 && (a[axis] <= min || a[axis] >= max)) return null
    if (length === 0) continue
    const [one, other] = [(min - a[axis]) / length, (max - a[axis]) / length]
    from = Math.max(from, Math.min(one, other))
    to = Math.min(to, Math.max(one, other))
  }
  return from < to ? [from, to] : null
}

/** From where to where along a line it lies within a box, in board units. */
const stretchWithin = (box: Box, points: readonly Vec[]): Vec | null => {
  let along = 0
  let found: Vec | null = null
  for (let index = 1; index < points.length; index++) {
    const [a, b] = [points[index - 1] as Vec, points[index] as Vec]
    const length = distance(a, b)
    const part = partWithin(box, a, b)
    if (part) found = [found?.[0] ?? along + part[0] * length, along + part[1] * length]
    along += length
  }
  return found
}

type Pieces = readonly (readonly Segment[])[]

/** Pieces are the same objects for as long as the line and its label stay, so that a hand draws them only once. */
const kept = new WeakMap<readonly Segment[], { readonly key: string; readonly pieces: Pieces }>()

/** The line between its heads, with room for what is written on it. */
export const piecesOf = (arrow: Arrow, context: PaintContext): Pieces => {
  const body = bodyOf(arrow)
  const box = clearedBox(arrow, context)
  if (!box) return [body]
  const key = `${box.minX} ${box.minY} ${box.maxX} ${box.maxY}`
  const known = kept.get(body)
  if (known?.key === key) return known.pieces
  const stretch = stretchWithin(box, flatten(body))
  const pieces = stretch ? [cutAt(body, stretch[0])[0], cutAt(body, stretch[1])[1]] : [body]
  kept.set(body, { key, pieces })
  return pieces
}
