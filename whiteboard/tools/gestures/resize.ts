import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import { centerOf } from '../../geometry/transform.ts'
import { radians, type Size, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { add, rotateAround, subtract } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch, Patches } from '../../model/element.ts'
import {
  directionVector,
  type ResizeDirection,
  resizeCursor,
  type SelectionFrame,
} from '../../model/handles.ts'
import { type ResizeOptions, resizePlan } from '../../model/plans/resize.ts'
import type { Cursor, EditorContext, PointerInput } from '../contract.ts'
import { Snapper } from '../snapper.ts'
import { ChangeGesture } from './change.ts'

/**
 * Resizes what is selected by a handle of its frame; with Shift in proportion, with Alt from the middle. The sides that
 * move snap to what is near.
 */
export class ResizeGesture extends ChangeGesture {
  readonly name = 'resize'
  readonly cursor: Cursor
  readonly #frame: SelectionFrame
  readonly #direction: ResizeDirection
  /** From the pointer to the frame's side: the handle is seldom pressed in its very middle. */
  readonly #offset: Vec
  readonly #snapper: Snapper

  constructor(
    context: EditorContext,
    start: PointerInput,
    frame: SelectionFrame,
    direction: ResizeDirection,
  ) {
    super(context)
    this.#frame = frame
    this.#direction = direction
    this.#offset = subtract(pointOnFrame(frame, directionVector[direction]), start.world)
    this.#snapper = new Snapper(context, context.selection)
    this.cursor = resizeCursor(direction, frame.rotation)
  }

  protected plan(elements: readonly Element[], input: PointerInput): Patches {
    const isCorner = this.#direction.length === 2
    const keeps = this.#frame.mode === 'proportional' && isCorner
    const proportional = this.#isFreed(elements, input) ? false : input.shift || keeps
    const options = { proportional, fromCenter: input.alt }
    const { kinds } = this.context
    const to = this.#target(input, options)
    const patches = resizePlan(elements, kinds, this.#frame, this.#direction, to, options)
    return new Map(
      elements.map((element): [ElementId, Patch] => [
        element.id,
        this.#fitted(element, patches.get(element.id) ?? {}, elements.length === 1 ? input : null),
      ]),
    )
  }

  /** Where the handle goes: turned frames have no sides that could be in line with anything, and do not snap. */
  #target(input: PointerInput, options: ResizeOptions): WorldPoint {
    const [x, y] = add(input.world, this.#offset)
    const to = worldPoint(x, y)
    if (this.#frame.rotation !== 0) return to
    return this.#snapper.resize(this.#frame.box, this.#direction, to, input, options)
  }

  /** Of pictures Shift frees the sides, which keep their proportion by themselves. */
  #isFreed([element, ...others]: readonly Element[], input: PointerInput): boolean {
    const isOne = element !== undefined && others.length === 0
    return isOne && input.shift && this.context.kinds.get(element.type).stretches === true
  }

  /** Text that wraps differently now needs another height; of one element alone, the side opposite the pull stays. */
  #fitted(element: Element, patch: Patch, alone: PointerInput | null): Patch {
    const resized: Element = { ...element, ...patch }
    const fitted = this.context.kinds.get(element.type).fitted?.(resized, this.context.measure) ?? {}
    const size = fitted.size as Size | undefined
    if (!size || !alone) return { ...patch, ...fitted }
    return { ...patch, ...fitted, position: this.#anchored(resized, size, alone.alt) }
  }

  /** Where `resized` goes as a box of `size`, so that it grows away from the side that does not move. */
  #anchored(resized: Element, size: Size, fromCenter: boolean): WorldPoint {
    const [towardsX, towardsY] = directionVector[this.#direction]
    const anchor = pointOnFrame(this.#frame, [-towardsX, -towardsY])
    const { rotation } = this.#frame
    const [x, y] = rotateAround(subtract(centerOf(resized), anchor), [0, 0], radians(-rotation))
    const grown = (size[1] - resized.size[1]) / 2
    const isFree = !fromCenter
    const offset: Vec = [
      isFree && towardsX !== 0 ? (Math.sign(x) * size[0]) / 2 : x,
      isFree && towardsY !== 0 ? (Math.sign(y) * size[1]) / 2 : isFree ? y + grown : y,
    ]
    const center = add(anchor, rotateAround(offset, [0, 0], rotation))
    return worldPoint(center[0] - size[0] / 2, center[1] - size[1] / 2)
  }
}

/** The middle of a side, or the corner, that lies this way on the frame. */
const pointOnFrame = ({ box, rotation }: SelectionFrame, [towardsX, towardsY]: Vec): Vec => {
  const center = boxCenter(box)
  const point: Vec = [center[0] + (towardsX * boxWidth(box)) / 2, center[1] + (towardsY * boxHeight(box)) / 2]
  return rotateAround(point, center, rotation)
}
