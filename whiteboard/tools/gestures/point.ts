import { elementToWorld, worldToElement } from '../../geometry/transform.ts'
import { localPoint, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { alignedPoint } from '../../geometry/vector.ts'
import type { Element, ElementId, Patch } from '../../model/element.ts'
import type { EditorContext, Gesture, PointerInput } from '../contract.ts'

/** Drags one point of a line or an arrow; with Shift to whole steps of 15 degrees from its neighbour. */
export class PointGesture implements Gesture {
  readonly name = 'point'
  readonly #context: EditorContext
  readonly #id: ElementId
  readonly #index: number

  constructor(context: EditorContext, id: ElementId, index: number) {
    this.#context = context
    this.#id = id
    this.#index = index
  }

  move(input: PointerInput): void {
    const patch = this.#plan(input)
    if (patch) this.#context.setDraft({ type: 'change', patches: new Map([[this.#id, patch]]) })
  }

  commit(input: PointerInput): null {
    const patch = this.#plan(input)
    if (patch) this.#context.transact((edit) => edit.update(this.#id, patch))
    return null
  }

  cancel(): void {}

  rebase(): 'keep' | 'cancel' {
    return this.#context.board.get(this.#id) ? 'keep' : 'cancel'
  }

  #plan(input: PointerInput): Patch | null {
    const element = this.#context.board.get(this.#id)
    if (!element) return null
    const to = input.shift ? this.#aligned(element, input.world) : input.world
    const kind = this.#context.kinds.get(element.type)
    return kind.movePoint?.(element, this.#index, worldToElement(element, to)) ?? null
  }

  #aligned(element: Element, to: WorldPoint): WorldPoint {
    const kind = this.#context.kinds.get(element.type)
    const points = kind.points?.(element) ?? []
    const corners = kind.cornerCount?.(element) ?? points.length
    const before = this.#index >= corners ? this.#index - corners : this.#index - 1
    const neighbour = points[before === -1 ? 1 : before] ?? localPoint(0, 0)
    const [x, y] = alignedPoint(elementToWorld(element, neighbour), to)
    return worldPoint(x, y)
  }
}
