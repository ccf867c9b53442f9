import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** Leaves a trail that everybody sees, and that fades: nothing of it is in the document. */
export class PointLaserGesture implements Gesture {
  readonly name = 'point'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.move(start)
  }

  move({ coalesced, world }: PointerInput): void {
    const points = coalesced.length > 0 ? coalesced.map((each) => each.world) : [world]
    this.#context.setHints({ trail: { kind: 'laser', points } })
  }

  commit(): null {
    return null
  }

  cancel(): void {}
}
