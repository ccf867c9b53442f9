import { boxOfPoints } from '../../geometry/box.ts'
import { isInsidePolygon } from '../../geometry/distance.ts'
import { type ElbowEnd, type ElbowExit, freeEnd, type Heading } from '../../geometry/elbow.ts'
import { firstCrossing, nearestOnOutline, reachAlong } from '../../geometry/outline.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import { anchorPoint, type Binding } from '../../model/binding.ts'
import type { Others } from '../../model/kind.ts'
import type { Arrow } from './arrow.ts'

/** An end that is bound to something that is there; all in board coordinates. */
export interface BoundEnd {
  readonly binding: Binding
  /** Where it aims at. */
  readonly anchor: Vec
  /** How the target is turned. */
  readonly rotation: number
  readonly outline: readonly Vec[]
  readonly box: Box
  /** Board units that it keeps from the outline. */
  readonly gap: number
}

/** Board units between a line's edge and the outline that it ends at. */
const GAP = 4

/** What an end follows; null when it is free or bound to what is gone or cannot be bound to. */
export const boundEnd = (arrow: Arrow, binding: Binding | null, others: Others): BoundEnd | null => {
  if (!binding || binding.element === arrow.id) return null
  const target = others.get(binding.element)
  const outline = target && others.outline(binding.element)
  const box = outline && boxOfPoints(outline)
  if (!target || !outline || !box) return null
  const gap = GAP + arrow.strokeWidth
  const anchor = anchorPoint(target, binding.anchor)
  return { binding, anchor, rotation: target.rotation, outline, box, gap }
}

/** Where a line that comes from `from` ends. */
export const endFrom = (from: Vec, { binding, anchor, outline, gap }: BoundEnd): Vec => {
  if (binding.mode === 'inside') return anchor
  const part = firstCrossing(from, anchor, outline)
  const tip = part === null ? beside(anchor, outline) : interpolate(from, anchor, part)
  const length = distance(from, tip)
  return length === 0 ? tip : interpolate(tip, from, Math.min(gap / length, 0.4))
}

/** An anchor in the corner of a box may lie outside of the shape in it. */
const beside = (anchor: Vec, outline: readonly Vec[]): Vec =>
  isInsidePolygon(anchor, outline) ? anchor : nearestOnOutline(anchor, outline)

const HEADINGS: readonly Heading[] = ['n', 'e', 's', 'w']

/** How far from the middle, as a part of half the side, an anchor lies that speaks for no side. */
const INDIFFERENT = 0.2

/** The sides of its target that an anchor faces, the target turned as it is: one, or all in the middle. */
const facing = ({ binding, rotation }: BoundEnd): readonly Heading[] => {
  const [across, down] = [(binding.anchor[0] - 0.5) * 2, (binding.anchor[1] - 0.5) * 2]
  if (Math.max(Math.abs(across), Math.abs(down)) < INDIFFERENT) return HEADINGS
  const level = Math.abs(across) >= Math.abs(down)
  const side = level ? (across > 0 ? 1 : 3) : down > 0 ? 2 : 0
  const turned = (side + Math.round(rotation / (Math.PI / 2))) % 4
  return HEADINGS.slice(turned, turned + 1)
}

const exitAt = ({ anchor, outline, box, gap }: BoundEnd, heading: Heading): ElbowExit => {
  const level = heading === 'e' || heading === 'w'
  const reach = level
    ? (reachAlong(outline, 1, anchor[1]) ?? [box.minX, box.maxX])
    : (reachAlong(outline, 0, anchor[0]) ?? [box.minY, box.maxY])
  const [x, y] = anchor
  if (heading === 'e') return { at: [box.maxX + gap, y], tip: [reach[1] + gap, y], heading }
  if (heading === 'w') return { at: [box.minX - gap, y], tip: [reach[0] - gap, y], heading }
  if (heading === 's') return { at: [x, box.maxY + gap], tip: [x, reach[1] + gap], heading }
  return { at: [x, box.minY - gap], tip: [x, reach[0] - gap], heading }
}

/** Where a route at right angles may leave or arrive. */
export const elbowEnd = (end: BoundEnd | null, free: Vec): ElbowEnd => {
  if (!end) return freeEnd(free)
  if (end.binding.mode === 'inside') return { exits: [{ at: end.anchor, heading: null }], box: end.box }
  return { exits: facing(end).map((heading) => exitAt(end, heading)), box: end.box }
}
