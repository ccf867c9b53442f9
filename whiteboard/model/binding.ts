import { clamp } from '../geometry/clamp.ts'
import { elementToWorld, worldToElement } from '../geometry/transform.ts'
import { localPoint, type Vec, type WorldPoint } from '../geometry/types.ts'
import type { Element, ElementId } from './element.ts'
import { healId, healOption, healPoint, isPlainObject, own } from './heal.ts'

/** What an end of an arrow is bound to. A plain object with `element`, as plans look for that copy references. */
export interface Binding {
  readonly element: ElementId
  /** Where on the target: 0 to 1 from the top left of its unrotated box. */
  readonly anchor: Vec
  /** `outline`: the line aims at the anchor and ends at the outline. `inside`: it ends at the anchor itself. */
  readonly mode: 'outline' | 'inside'
}

export const CENTER: Vec = [0.5, 0.5]

const unit = (value: number): number => clamp(value, 0, 1)

/** What is stored as an end; null for what says nothing sensible. */
export const healBinding = (value: unknown): Binding | null => {
  if (!isPlainObject(value)) return null
  const element = healId(own(value, 'element'))
  if (element === null) return null
  const anchor = healPoint(own(value, 'anchor')) ?? CENTER
  return {
    element,
    anchor: [unit(anchor[0]), unit(anchor[1])],
    mode: healOption(own(value, 'mode'), ['outline', 'inside'], 'outline'),
  }
}

/** Where an anchor lies on the board, its target turned as it is. */
export const anchorPoint = ({ position, size, rotation }: Element, anchor: Vec): WorldPoint =>
  elementToWorld({ position, size, rotation }, localPoint(anchor[0] * size[0], anchor[1] * size[1]))

/** The anchor at a point of the board, or the nearest one on the target's box. */
export const anchorAt = (target: Element, point: WorldPoint): Vec => {
  const [x, y] = worldToElement(target, point)
  const [width, height] = target.size
  return [width > 0 ? unit(x / width) : 0.5, height > 0 ? unit(y / height) : 0.5]
}
