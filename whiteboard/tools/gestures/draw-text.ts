import { boxFromCorners } from '../../geometry/box.ts'
import { type Box, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** CSS pixels from which on a drag says how broad the text is to be; a shorter one is a clumsy tap. */
const NARROWEST = 24

/** Draws how broad a new text is: its lines wrap there. Typing begins on release. */
export class DrawTextGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'text'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #plain: Element

  /** @param plain the text that a tap at the start makes */
  constructor(context: EditorContext, start: PointerInput, plain: Element) {
    this.#context = context
    this.#start = start
    this.#plain = plain
  }

  move(input: PointerInput): void {
    this.#context.setMarquee(this.#box(input))
  }

  commit(input: PointerInput): null {
    this.#context.setMarquee(null)
    const { minX, maxX } = this.#box(input)
    const width = maxX - minX
    if (width < NARROWEST * this.#context.pixel) {
      this.#context.writeNew(this.#plain)
      return null
    }
    const { size } = this.#plain
    const position = worldPoint(minX, this.#start.world[1] - size[1] / 2)
    this.#context.writeNew({ ...this.#plain, position, size: [width, size[1]], autoWidth: false })
    return null
  }

  cancel(): void {}

  /** As high as one line, wherever the pointer strays: the height follows from what is written. */
  #box(input: PointerInput): Box {
    const [, y] = this.#start.world
    const half = this.#plain.size[1] / 2
    return boxFromCorners([this.#start.world[0], y - half], [input.world[0], y + half])
  }
}
