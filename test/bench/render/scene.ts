import type { Element } from '../../../whiteboard/model/element.ts'
import { decodeInk } from '../../../whiteboard/model/ink.ts'
import { mixedScene } from '../../support/mixed-scene.ts'
import type { Simple } from './baseline/drawing.ts'

/** A board to measure on. */
export interface MeasuredScene {
  readonly elements: readonly Element[]
  readonly middle: readonly [x: number, y: number]
  /** A filled shape near the middle that nothing covers, and its middle. */
  readonly target: { readonly id: string; readonly x: number; readonly y: number }
}

type Box = readonly [left: number, top: number, right: number, bottom: number]

const boxOf = ({ position: [x, y], size: [width, height] }: Element): Box => [x, y, x + width, y + height]

/** Board units round the middle in which the element to drag is looked for: clear of what stands at a window's edges. */
const NEAR: readonly [number, number] = [440, 260]

/** Types that can be taken hold of in their middle when they are filled. */
const FILLED = new Set(['rectangle', 'ellipse', 'diamond'])

const findTarget = (
  elements: readonly Element[],
  [x, y]: readonly [number, number],
): MeasuredScene['target'] => {
  const centre = (element: Element): readonly [number, number] => {
    const [left, top, right, bottom] = boxOf(element)
    return [(left + right) / 2, (top + bottom) / 2]
  }
  const near = elements.filter((element) => {
    const [cx, cy] = centre(element)
    return Math.abs(cx - x) < 2 * NEAR[0] && Math.abs(cy - y) < 2 * NEAR[1]
  })
  const covers = (other: Element, px: number, py: number): boolean => {
    const [left, top, right, bottom] = boxOf(other)
    return px > left - 8 && py > top - 8 && px < right + 8 && py < bottom + 8
  }
  const found = near.findLast((element, index) => {
    const [cx, cy] = centre(element)
    if (!FILLED.has(element.type) || element.fillStyle !== 'solid') return false
    if (Math.abs(cx - x) > NEAR[0] || Math.abs(cy - y) > NEAR[1]) return false
    return !near.slice(index + 1).some((other) => covers(other, cx, cy))
  })
  if (!found) throw new Error('Nothing in the middle of this scene can be dragged: try another seed.')
  const [tx, ty] = centre(found)
  return { id: found.id, x: tx, y: ty }
}

export const measuredScene = (count: number): MeasuredScene => {
  const elements = mixedScene({ count })
  const boxes = elements.map(boxOf)
  const half = (side: 2 | 3): number => boxes.reduce((most, box) => Math.max(most, box[side]), 0) / 2
  const middle = [half(2), half(3)] as const
  return { elements, middle, target: findTarget(elements, middle) }
}

type Fields = Readonly<Record<string, unknown>>

const pointsOf = (element: Element): readonly (readonly [number, number])[] => {
  if (element.ink instanceof Uint8Array) return decodeInk(element.ink).map(([x, y]) => [x, y] as const)
  const { points } = element as Fields
  return Array.isArray(points) ? (points as [number, number][]) : []
}

/** The same element for the baseline pages. */
export const simpleOf = (element: Element): Simple => {
  const { id, type, position, size, text, stroke, fill, fillStyle } = element as Element & Fields
  return {
    id,
    type,
    x: position[0],
    y: position[1],
    width: size[0],
    height: size[1],
    stroke: String(stroke ?? '#1e1e1e'),
    fill: type === 'sticky' || fillStyle === 'solid' ? String(fill) : null,
    text: String(text),
    points: pointsOf(element),
  }
}
