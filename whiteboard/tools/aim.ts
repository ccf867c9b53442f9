import { boxFromCorners, expand } from '../geometry/box.ts'
import { isInsidePolygon } from '../geometry/distance.ts'
import { nearestOnOutline } from '../geometry/outline.ts'
import { type Vec, type WorldPoint, worldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import { anchorAt, anchorPoint, type Binding, CENTER } from '../model/binding.ts'
import { FRAME_TYPE, isBindable, worldOutline } from '../model/derive.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { EditorContext, PointerInput } from './contract.ts'

/** CSS pixels from an outline within which the end of an arrow is bound to it. */
const REACH = 12
/** CSS pixels within which an end on the outline takes the middle of that side. */
const SIDE_REACH = 14
/** How far from the middle of its target, as a part of the side, an end is taken for the middle itself. */
const MIDDLE = 0.22

const SIDES: readonly Vec[] = [
  [0.5, 0],
  [1, 0.5],
  [0.5, 1],
  [0, 0.5],
]

interface Candidate {
  readonly element: Element
  /** Where its outline is nearest to the pointer. */
  readonly nearest: WorldPoint
  readonly isNear: boolean
  readonly isInside: boolean
}

type View = Pick<EditorContext, 'board' | 'kinds' | 'pixel'>

const candidateOf = (element: Element, point: WorldPoint, { kinds, pixel }: View): Candidate | null => {
  if (!isBindable(kinds.get(element.type))) return null
  const outline = worldOutline(element, kinds)
  const [x, y] = nearestOnOutline(point, outline)
  const nearest = worldPoint(x, y)
  const isNear = distance(point, nearest) <= REACH * pixel
  const isInside = isInsidePolygon(point, outline)
  // Within a frame one draws; only its border is a target.
  if (!isNear && (!isInside || element.type === FRAME_TYPE)) return null
  return { element, nearest, isNear, isInside }
}

/** What can be seen through, so that what lies below it can be meant. */
const isHollow = ({ fillStyle, type }: Element): boolean => fillStyle === 'none' || type === FRAME_TYPE

const area = ({ size }: Element): number => size[0] * size[1]

/** The topmost element at a point that an arrow may be bound to; of hollow ones over each other, the smallest. */
const targetAt = (point: WorldPoint, view: View, except: ElementId | null): Candidate | null => {
  const around = expand(boxFromCorners(point, point), REACH * view.pixel)
  let best: Candidate | null = null
  for (const element of view.board.query(around).reverse()) {
    const candidate = element.id === except ? null : candidateOf(element, point, view)
    if (!candidate) continue
    if (!best || area(element) < area(best.element)) best = candidate
    if (!isHollow(element) && candidate.isInside) break
  }
  return best
}

const anchorFor = ({ element, nearest, isNear }: Candidate, point: WorldPoint, view: View): Vec => {
  if (isNear) {
    const side = SIDES.find((each) => distance(anchorPoint(element, each), point) <= SIDE_REACH * view.pixel)
    return side ?? anchorAt(element, nearest)
  }
  const anchor = anchorAt(element, point)
  const isMiddle = Math.max(Math.abs(anchor[0] - 0.5), Math.abs(anchor[1] - 0.5)) <= MIDDLE
  return isMiddle ? CENTER : anchor
}

/**
 * What the end of an arrow at the pointer would be bound to: what it is in or near. In its middle the arrow aims at the
 * middle, at its outline at that place. With Alt it ends at the very point; with Ctrl it is bound to nothing.
 */
export const aimAt = (input: PointerInput, view: View, except: ElementId | null = null): Binding | null => {
  const candidate = input.ctrl ? null : targetAt(input.world, view, except)
  if (!candidate) return null
  const { element, nearest, isInside } = candidate
  if (input.alt) {
    const anchor = anchorAt(element, isInside ? input.world : nearest)
    return { element: element.id, anchor, mode: 'inside' }
  }
  return { element: element.id, anchor: anchorFor(candidate, input.world, view), mode: 'outline' }
}

/** Whether a binding holds on to the outline of its target, not to its inside. */
const isAtOutline = ({ element, anchor }: Binding, { board, kinds }: View): boolean => {
  const target = board.get(element)
  if (!target) return false
  const point = anchorPoint(target, anchor)
  const nearest = nearestOnOutline(point, worldOutline(target, kinds))
  return distance(point, nearest) <= 0.01 * Math.max(target.size[0], target.size[1], 1)
}

export interface Ends {
  readonly start: Binding | null
  readonly end: Binding | null
}

/** An arrow drawn inside of one element is not bound to it; one that leads from its outline back to it is. */
export const settledEnds = ({ start, end }: Ends, view: View): Ends => {
  if (!start || !end || start.element !== end.element) return { start, end }
  if (start.mode === 'inside' && end.mode === 'inside') return { start, end }
  return isAtOutline(start, view) && isAtOutline(end, view) ? { start, end } : { start: null, end: null }
}

/** The hint for an end that will be bound. */
export const bindingHint = (binding: Binding | null, { board }: View) => {
  const target = binding && board.get(binding.element)
  return target ? { element: target.id, at: anchorPoint(target, binding.anchor) } : null
}
