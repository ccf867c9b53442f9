import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import { centerOf } from '../../geometry/transform.ts'
import {
  type Box,
  type Radians,
  radians,
  type Size,
  type Vec,
  type WorldPoint,
  worldPoint,
} from '../../geometry/types.ts'
import { normalizeAngle, rotateAround } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch, Patches } from '../element.ts'
import type { ResizeDirection } from '../handles.ts'
import { directionVector } from '../handles.ts'
import type { KindRegistry } from '../kind.ts'

/** Board units below which no side is pulled. */
const SMALLEST_SIDE = 1

export interface ResizeOptions {
  /** Keeps width to height. */
  readonly proportional?: boolean
  /** Keeps the middle in place instead of the opposite side. */
  readonly fromCenter?: boolean
}

/** The box that is resized, turned round its centre: a selection frame. */
export interface ResizeFrame {
  readonly box: Box
  readonly rotation: Radians
}

/**
 * Resizes elements so that the handle at `direction` of their frame comes to `to`, a point of the board. The opposite
 * side or corner stays where it is on the board, also when the frame is turned. Pulled past that side, the box comes out
 * on the other one and what is drawn in it turns over. Several elements scale as one; when one of them keeps its
 * proportion, all do.
 */
export const resizePlan = (
  elements: readonly Element[],
  kinds: KindRegistry,
  frame: ResizeFrame,
  direction: ResizeDirection,
  to: WorldPoint,
  options: ResizeOptions = {},
): Patches => {
  const isOne = elements.length === 1
  const keeps = !isOne && elements.some((element) => kinds.get(element.type).resize === 'proportional')
  const proportional = (options.proportional ?? false) || keeps
  const pulled = pull(frame, direction, to, { ...options, proportional })
  const patches = new Map<ElementId, Patch>()
  for (const element of elements) {
    const change = isOne ? alone(frame, pulled) : scaled(element, pulled)
    const [width, height] = change.size
    const kind = kinds.get(element.type)
    const [horizontally, vertically] = [pulled.scale[0] < 0, pulled.scale[1] < 0]
    patches.set(element.id, {
      ...kind.resized?.(element, change.size),
      ...((horizontally || vertically) && kind.mirrored?.(element, horizontally, vertically)),
      ...(!isOne && horizontally !== vertically && turnedOver(element)),
      position: worldPoint(change.center[0] - width / 2, change.center[1] - height / 2),
      size: change.size,
    })
  }
  return patches
}

/** How a frame changes along its own axes: each side is scaled about the anchor, a point in its unturned coordinates. */
interface Pulled {
  readonly anchor: Vec
  readonly scale: Vec
  /** The sides that result, for a frame that had none to scale. */
  readonly size: Size
  /** The middle that results. */
  readonly center: Vec
}

const pull = (
  frame: ResizeFrame,
  direction: ResizeDirection,
  to: WorldPoint,
  options: ResizeOptions,
): Pulled => {
  const { box, rotation } = frame
  const center = boxCenter(box)
  const point = rotateAround(to, center, -rotation)
  const [towardsX, towardsY] = directionVector[direction]
  const width = boxWidth(box)
  const height = boxHeight(box)
  const free: Vec = [
    side(towardsX, point[0], box.minX, box.maxX, options),
    side(towardsY, point[1], box.minY, box.maxY, options),
  ]
  const [signedWidth, signedHeight] = options.proportional
    ? inProportion(free, [width, height], [towardsX, towardsY])
    : free
  const anchor: Vec = options.fromCenter
    ? center
    : [center[0] - (towardsX * width) / 2, center[1] - (towardsY * height) / 2]
  return {
    anchor,
    scale: [width > 0 ? signedWidth / width : 1, height > 0 ? signedHeight / height : 1],
    size: [Math.abs(signedWidth), Math.abs(signedHeight)],
    center: options.fromCenter
      ? center
      : [anchor[0] + (towardsX * signedWidth) / 2, anchor[1] + (towardsY * signedHeight) / 2],
  }
}

/** The new length of one side, negative when it was pulled past the opposite one. */
const side = (towards: number, at: number, min: number, max: number, options: ResizeOptions): number => {
  if (towards === 0) return max - min
  const fixed = options.fromCenter ? (min + max) / 2 : towards > 0 ? min : max
  const length = (at - fixed) * towards * (options.fromCenter ? 2 : 1)
  return Math.abs(length) < SMALLEST_SIDE ? (length < 0 ? -SMALLEST_SIDE : SMALLEST_SIDE) : length
}

/** The sides that keep the proportion of `from`: a corner follows the side that was pulled further. */
const inProportion = (free: Vec, from: Vec, towards: Vec): Vec => {
  if (from[0] <= 0 || from[1] <= 0) return free
  const scaleX = Math.abs(free[0] / from[0])
  const scaleY = Math.abs(free[1] / from[1])
  const scale = towards[0] === 0 ? scaleY : towards[1] === 0 ? scaleX : Math.max(scaleX, scaleY)
  return [Math.sign(free[0]) * scale * from[0], Math.sign(free[1]) * scale * from[1]]
}

/** Seen in a mirror, what is turned one way is turned the other. */
const turnedOver = ({ rotation }: Element): Patch =>
  rotation === 0 ? {} : { rotation: normalizeAngle(radians(-rotation)) }

interface Change {
  readonly center: Vec
  readonly size: Size
}

/** One element takes the pulled frame as its box. */
const alone = (frame: ResizeFrame, pulled: Pulled): Change => ({
  center: rotateAround(pulled.center, boxCenter(frame.box), frame.rotation),
  size: pulled.size,
})

/** One of several: its middle moves with the frame, its own axes are stretched as the frame stretches them. */
const scaled = (element: Element, { anchor, scale }: Pulled): Change => {
  const [x, y] = centerOf(element)
  const cosine = Math.cos(element.rotation)
  const sine = Math.sin(element.rotation)
  return {
    center: [anchor[0] + (x - anchor[0]) * scale[0], anchor[1] + (y - anchor[1]) * scale[1]],
    size: [
      element.size[0] * Math.hypot(scale[0] * cosine, scale[1] * sine),
      element.size[1] * Math.hypot(scale[0] * sine, scale[1] * cosine),
    ],
  }
}
