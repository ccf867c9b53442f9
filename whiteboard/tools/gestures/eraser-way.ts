import type { WorldPoint } from '../../geometry/types.ts'
import type { EditorContext, PointerInput } from '../contract.ts'
import { passedPoints } from './passed-points.ts'

/** Half the eraser's width, in CSS pixels. */
export const ERASER_REACH = 6

/** What an eraser passes over, as straight pieces without gaps, however fast it moves; its trail shows where it was. */
export class EraserWay {
  readonly #context: EditorContext
  #last: WorldPoint

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#last = start.world
  }

  /** Calls `step` for each piece on the way to where the pointer is now; whether one of them changed something. */
  follow(input: PointerInput, step: (from: WorldPoint, to: WorldPoint) => boolean): boolean {
    const points = passedPoints(input)
    this.#context.setHints({ trail: { kind: 'eraser', points } })
    let changed = false
    for (const point of points) {
      if (step(this.#last, point)) changed = true
      this.#last = point
    }
    return changed
  }
}
