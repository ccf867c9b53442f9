import type { ScreenPoint } from '../../geometry/types.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** Drags the board itself. */
export class PanGesture implements Gesture {
  readonly name = 'pan'
  readonly cursor: Cursor = 'grabbing'
  readonly #context: EditorContext
  #last: ScreenPoint

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#last = start.screen
  }

  move(input: PointerInput): void {
    const delta = [this.#last[0] - input.screen[0], this.#last[1] - input.screen[1]] as const
    this.#last = input.screen
    if (delta[0] !== 0 || delta[1] !== 0) this.#context.panBy(delta)
  }

  commit(input: PointerInput): null {
    this.move(input)
    return null
  }

  cancel(): void {}
}
