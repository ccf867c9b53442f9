import { boxFromCorners, expand } from '../../geometry/box.ts'
import { worldToElement } from '../../geometry/transform.ts'
import { type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unitOf } from '../selection.ts'

/** Half the eraser's width, in CSS pixels. */
const ERASER_REACH = 6

/** Marks whatever the pointer passes over, and takes it away on release. A grouped element takes its group along. */
export class EraseGesture implements Gesture {
  readonly name = 'erase'
  readonly cursor: Cursor = 'eraser'
  readonly #context: EditorContext
  readonly #marked = new Set<ElementId>()
  #last: WorldPoint

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#last = start.world
    this.#sweep(start.world)
  }

  move(input: PointerInput): void {
    const trail = input.coalesced.length > 0 ? input.coalesced.map(({ world }) => world) : [input.world]
    for (const point of trail) this.#sweep(point)
  }

  commit(input: PointerInput): null {
    this.move(input)
    const ids = [...this.#marked].filter((id) => this.#context.board.get(id))
    if (ids.length === 0) return null
    this.#context.transact((edit) => {
      for (const id of ids) edit.remove(id)
    })
    return null
  }

  cancel(): void {}

  /** Marks what lies between the last point and this one, so that a fast movement leaves nothing out. */
  #sweep(to: WorldPoint): void {
    const { board, pixel } = this.#context
    const from = this.#last
    this.#last = to
    const reach = ERASER_REACH * pixel
    const candidates = board
      .query(expand(boxFromCorners(from, to), reach))
      .filter(({ id, locked }) => !locked && !this.#marked.has(id))
    const hit = candidates.filter((element) => this.#passesOver(element, from, to, reach))
    if (hit.length === 0) return
    for (const element of hit) for (const id of unitOf(element, this.#context)) this.#marked.add(id)
    this.#context.setDraft({ type: 'erase', ids: [...this.#marked] })
  }

  #passesOver(element: Element, from: WorldPoint, to: WorldPoint, reach: number): boolean {
    const steps = Math.max(1, Math.min(200, Math.ceil(distance(from, to) / reach)))
    const kind = this.#context.kinds.get(element.type)
    for (let step = 0; step <= steps; step++) {
      const [x, y] = interpolate(from, to, step / steps)
      if (kind.hit(element, worldToElement(element, worldPoint(x, y)), reach)) return true
    }
    return false
  }
}
