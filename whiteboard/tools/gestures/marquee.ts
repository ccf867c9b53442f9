import { boxFromCorners } from '../../geometry/box.ts'
import type { Box } from '../../geometry/types.ts'
import { isFrame } from '../../model/derive.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { EditorContext, Gesture, PointerInput } from '../contract.ts'
import { isInBox, isTouched } from '../enclosing.ts'
import { unitsOf } from '../selection.ts'
import { Pace } from './pace.ts'

/** With more elements than this on a marquee's edge their boxes must do. */
const SAMPLED_AT_MOST = 150

/**
 * Selects by a box: dragged to the right what lies wholly in it, dragged to the left also what it touches; with Shift in
 * addition to what was selected before.
 */
export class MarqueeGesture implements Gesture {
  readonly name = 'marquee'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #before: readonly ElementId[]
  readonly #pace = new Pace()

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#start = start
    this.#before = [...context.selection]
    if (!start.shift) context.select([])
  }

  move(input: PointerInput): void {
    const box = boxFromCorners(this.#start.world, input.world)
    const touching = input.world[0] < this.#start.world[0]
    this.#context.setMarquee({ ...box, touching })
    if (this.#pace.isDue()) this.#select(box, touching, input.shift)
  }

  commit(input: PointerInput): null {
    this.#select(
      boxFromCorners(this.#start.world, input.world),
      input.world[0] < this.#start.world[0],
      input.shift,
    )
    return null
  }

  #select(box: Box, touching: boolean, adds: boolean): void {
    const found = touching ? touched(box, this.#context) : enclosed(box, this.#context)
    this.#pace.found(found.length)
    const units = unitsOf(found, this.#context)
    this.#context.select(adds ? [...this.#before, ...units] : units)
  }

  cancel(): void {
    this.#context.select(this.#before)
  }
}

const candidates = (box: Box, context: EditorContext): readonly Element[] =>
  context.board.query(box).filter(({ locked }) => !locked)

const enclosed = (box: Box, context: EditorContext): readonly Element[] =>
  candidates(box, context).filter((element) => isInBox(box, element, context.kinds))

/** Frames only when all of them is enclosed: otherwise nothing in one could be selected without it. */
const touched = (box: Box, context: EditorContext): readonly Element[] => {
  const all = candidates(box, context).filter(
    (element) => !isFrame(element) || isInBox(box, element, context.kinds),
  )
  const partial = all.filter((element) => !isInBox(box, element, context.kinds))
  if (partial.length > SAMPLED_AT_MOST) return all
  const beside = new Set(partial.filter((element) => !isTouched(box, element, context.kinds, context.pixel)))
  return all.filter((element) => !beside.has(element))
}
