import { boxFromCorners } from '../../geometry/box.ts'
import { worldPoint } from '../../geometry/types.ts'
import { alignedPoint, distance } from '../../geometry/vector.ts'
import type { Element } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** CSS pixels that a line must be long to be kept. */
const SHORTEST = 4

/** Draws a line or an arrow from one end to the other, by a drag or by two clicks; with Shift in steps of 15 degrees. */
export class DrawLineGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #start: PointerInput
  readonly #element: Element

  constructor(context: EditorContext, start: PointerInput, kind: ElementKind) {
    this.#context = context
    this.#start = start
    this.#element = context.newElement(kind, { position: start.world, size: [0, 0] })
  }

  move(input: PointerInput): void {
    this.#context.setDraft({ type: 'create', elements: [this.#drawn(input)] })
  }

  commit(input: PointerInput): Gesture | null {
    if (distance(this.#start.screen, input.screen) < SHORTEST) return this
    const element = this.#drawn(input)
    this.#context.transact((edit) => edit.create(element))
    this.#context.finishCreating([element.id])
    return null
  }

  cancel(): void {}

  #drawn(input: PointerInput): Element {
    const from = this.#start.world
    const to = input.shift ? alignedPoint(from, input.world) : input.world
    const box = boxFromCorners(from, to)
    return {
      ...this.#element,
      position: worldPoint(box.minX, box.minY),
      size: [box.maxX - box.minX, box.maxY - box.minY],
      points: [from, to].map(([x, y]) => [x - box.minX, y - box.minY]),
    }
  }
}
