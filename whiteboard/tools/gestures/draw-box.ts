import { boxFromCorners } from '../../geometry/box.ts'
import { type Box, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** Draws a new element by its box; with Shift a square, with Alt from the middle. */
export class DrawBoxGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #element: Element
  readonly #writes: boolean

  /** With `writes`, typing on the new element begins on release. */
  constructor(context: EditorContext, start: PointerInput, kind: ElementKind, { writes = false } = {}) {
    this.#context = context
    this.#start = start
    this.#writes = writes
    this.#element = context.newElement(kind, { position: start.world, size: [1, 1] })
  }

  move(input: PointerInput): void {
    this.#context.setDraft({ type: 'create', elements: [this.#drawn(input)] })
  }

  commit(input: PointerInput): null {
    const element = this.#drawn(input)
    this.#context.transact((edit) => edit.create(element))
    this.#context.finishCreating([element.id])
    if (this.#writes) this.#context.editText(element.id)
    return null
  }

  cancel(): void {}

  #drawn(input: PointerInput): Element {
    const box = this.#box(input)
    const size = [Math.max(1, box.maxX - box.minX), Math.max(1, box.maxY - box.minY)] as const
    const kind = this.#context.kinds.get(this.#element.type)
    const placed = { ...this.#element, position: worldPoint(box.minX, box.minY), size }
    return { ...placed, ...kind.resized?.(placed, size) }
  }

  #box(input: PointerInput): Box {
    const [startX, startY] = this.#start.world
    let width = input.world[0] - startX
    let height = input.world[1] - startY
    if (input.shift) {
      const side = Math.max(Math.abs(width), Math.abs(height))
      width = width < 0 ? -side : side
      height = height < 0 ? -side : side
    }
    const origin = input.alt ? ([startX - width, startY - height] as const) : this.#start.world
    return boxFromCorners(origin, [startX + width, startY + height])
  }
}
