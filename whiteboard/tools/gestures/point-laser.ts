import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { passedPoints } from './passed-points.ts'

/** Leaves a trail that everybody sees, and that fades: nothing of it is in the document. */
export class PointLaserGesture implements Gesture {
  readonly name = 'point'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.move(start)
  }

  move(input: PointerInput): void {
    this.#context.setHints({ trail: { kind: 'laser', points: passedPoints(input) } })
  }

  commit(): null {
    return null
  }

  cancel(): void {}
}
