import { boxCenter, boxFromCorners, contains, intersection } from '../../geometry/box.ts'
import { boundsOf, worldToElement } from '../../geometry/transform.ts'
import { type Box, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unitsOf } from '../selection.ts'

/** Samples per side when asking whether an element is touched by part of a marquee. */
const SAMPLES = 12
/** With more elements than this on a marquee's edge their boxes must do. */
const SAMPLED_AT_MOST = 150

/** Selects what a dragged box touches; with Shift in addition to what was selected before. */
export class MarqueeGesture implements Gesture {
  readonly name = 'marquee'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #before: readonly ElementId[]

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#start = start
    this.#before = [...context.selection]
    if (!start.shift) context.select([])
  }

  move(input: PointerInput): void {
    const box = boxFromCorners(this.#start.world, input.world)
    this.#context.setMarquee(box)
    const kept = input.shift ? this.#before : []
    this.#context.select([...kept, ...unitsOf(touched(box, this.#context), this.#context)])
  }

  commit(input: PointerInput): null {
    this.move(input)
    return null
  }

  cancel(): void {
    this.#context.select(this.#before)
  }
}

const touched = (box: Box, context: EditorContext): Element[] => {
  const candidates = context.board.query(box).filter(({ locked }) => !locked)
  const partial = candidates.filter((element) => !contains(box, boundsOf(element)))
  const roughly = partial.length > SAMPLED_AT_MOST
  return candidates.filter(
    (element) => contains(box, boundsOf(element)) || roughly || touches(box, element, context),
  )
}

/**
 * Whether a box meets the element itself and not only its bounds: asked of the type's own hit test at a grid of points,
 * each reaching to its neighbours.
 */
const touches = (box: Box, element: Element, context: EditorContext): boolean => {
  const shared = intersection(box, boundsOf(element))
  if (!shared) return false
  const stepX = (shared.maxX - shared.minX) / SAMPLES
  const stepY = (shared.maxY - shared.minY) / SAMPLES
  const tolerance = Math.max(Math.hypot(stepX, stepY) / 2, context.pixel)
  const kind = context.kinds.get(element.type)
  const hits = (x: number, y: number): boolean =>
    kind.hit(element, worldToElement(element, worldPoint(x, y)), tolerance)
  const [middleX, middleY] = boxCenter(shared)
  if (hits(middleX, middleY)) return true
  for (let row = 0; row < SAMPLES; row++) {
    for (let column = 0; column < SAMPLES; column++) {
      if (hits(shared.minX + (column + 0.5) * stepX, shared.minY + (row + 0.5) * stepY)) return true
    }
  }
  return false
}
