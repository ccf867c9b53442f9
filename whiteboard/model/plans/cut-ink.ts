import { partWithin } from '../../geometry/sweep.ts'
import { worldToElement } from '../../geometry/transform.ts'
import type { Vec, WorldPoint } from '../../geometry/types.ts'
import { distance } from '../../geometry/vector.ts'
import type { Element, Patch } from '../element.ts'
import type { InkPoint } from '../ink.ts'
import {
  cutField,
  cutsOf,
  decodeCuts,
  encodeCuts,
  type InkInterval,
  remainingParts,
  subtractIntervals,
  uniteIntervals,
} from '../ink-cuts.ts'
import { breadthOf, partOfInk, strokePoints } from '../ink-pieces.ts'

/** Of the pen's breadth: what is left and shorter than this is a crumb that goes too. */
const CRUMB = 0.3

/**
 * The parts of a stroke that an eraser sweeps over from one point of the board to another; erased already or not.
 *
 * @param reach Half the eraser's width in board units.
 */
export const sweptParts = (
  element: Element,
  from: WorldPoint,
  to: WorldPoint,
  reach: number,
): InkInterval[] => {
  const points = strokePoints(element)
  const [a, b] = [worldToElement(element, from), worldToElement(element, to)]
  const far = reach + breadthOf(element) / 2
  const [first] = points
  if (points.length === 1 && first) return partWithin(place(first), place(first), a, b, far) ? [[0, 1]] : []
  const swept: InkInterval[] = []
  for (let index = 1; index < points.length; index++) {
    const [p, q] = [points[index - 1], points[index]]
    const part = p && q ? partWithin(place(p), place(q), a, b, far) : null
    if (part) swept.push([index - 1 + part[0], index - 1 + part[1]])
  }
  return uniteIntervals(swept)
}

const place = ([x, y]: InkPoint): Vec => [x, y]

/** What a sweep erases of a stroke beyond what is gone: the parts themselves, and crumbs that would be left. */
export const newlyErased = (
  element: Element,
  swept: readonly InkInterval[],
  before: readonly InkInterval[],
): InkInterval[] => {
  const gone = uniteIntervals([...cutsOf(element), ...before])
  const erased = swept.flatMap((part) => subtractIntervals(part, gone))
  if (erased.length === 0) return []
  const points = strokePoints(element)
  const left = remainingParts(uniteIntervals([...gone, ...erased]), points.length)
  const least = Math.max(0.5, breadthOf(element) * CRUMB)
  const crumbs = left.filter((part) => points.length > 1 && isShorter(partOfInk(points, part), least))
  return uniteIntervals([...erased, ...crumbs])
}

const isShorter = (points: readonly InkPoint[], limit: number): boolean => {
  let length = 0
  for (let index = 1; index < points.length && length <= limit; index++) {
    length += distance(place(points[index - 1] as InkPoint), place(points[index] as InkPoint))
  }
  return length <= limit
}

/** The fields after this client erased further parts of a stroke; null when nothing visible is left of it. */
export const cutPatch = (
  element: Element,
  erased: readonly InkInterval[],
  clientId: number,
): Patch | null => {
  const all = uniteIntervals([...cutsOf(element), ...erased])
  if (remainingParts(all, strokePoints(element).length).length === 0) return null
  return cutFields(element, erased, clientId)
}

/** The same for showing it while it goes on, where nothing is left as well. */
export const cutFields = (element: Element, erased: readonly InkInterval[], clientId: number): Patch => {
  const field = cutField(clientId)
  return { [field]: encodeCuts([...decodeCuts(element[field]), ...erased]) }
}
