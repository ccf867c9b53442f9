import { boxCenter } from '../../../geometry/box.ts'
import { type Box, worldPoint } from '../../../geometry/types.ts'
import type { Guide } from '../../hints.ts'

/** 0 is x, 1 is y: what holds across holds down the board as well. */
export type Axis = 0 | 1

/** Board units within which two coordinates are the same. */
export const SAME = 0.01

export const low = (box: Box, axis: Axis): number => (axis === 0 ? box.minX : box.minY)
export const high = (box: Box, axis: Axis): number => (axis === 0 ? box.maxX : box.maxY)
export const middle = (box: Box, axis: Axis): number => boxCenter(box)[axis]
export const across = (axis: Axis): Axis => (axis === 0 ? 1 : 0)

/** The part of a box that can come to lie on a line of another. */
export type Part = 'low' | 'middle' | 'high'

export const partOf = (box: Box, axis: Axis, part: Part): number =>
  part === 'low' ? low(box, axis) : part === 'high' ? high(box, axis) : middle(box, axis)

const EDGES: readonly Part[] = ['low', 'high']

/** Edges meet edges, and middles middles. */
const partsThatMeet = (part: Part): readonly Part[] => (part === 'middle' ? ['middle'] : EDGES)

/** How far each part of `box` is from each line of the others that it may come to lie on. */
export function* lineOffsets(
  box: Box,
  others: readonly Box[],
  axis: Axis,
  parts: readonly Part[],
): Generator<number> {
  for (const part of parts) {
    const at = partOf(box, axis, part)
    for (const other of others) {
      for (const line of partsThatMeet(part)) yield partOf(other, axis, line) - at
    }
  }
}

/** The line at `at` on `axis` that reaches from `from` to `to` on the other. */
const guideLine = (axis: Axis, at: number, from: number, to: number, kind: 'edge' | 'centre'): Guide => ({
  from: axis === 0 ? worldPoint(at, from) : worldPoint(from, at),
  to: axis === 0 ? worldPoint(at, to) : worldPoint(to, at),
  kind,
})

/** Lines through all that a box, where it has come to lie, is in line with. */
export const lineGuides = (
  box: Box,
  others: readonly Box[],
  axis: Axis,
  parts: readonly Part[],
): readonly Guide[] => {
  const cross = across(axis)
  const guides: Guide[] = []
  for (const part of parts) {
    const at = partOf(box, axis, part)
    const met = others.filter((other) =>
      partsThatMeet(part).some((line) => Math.abs(partOf(other, axis, line) - at) <= SAME),
    )
    if (met.length === 0) continue
    const reached = [box, ...met]
    const from = Math.min(...reached.map((each) => low(each, cross)))
    const to = Math.max(...reached.map((each) => high(each, cross)))
    guides.push(guideLine(axis, at, from, to, part === 'middle' ? 'centre' : 'edge'))
  }
  return guides
}
