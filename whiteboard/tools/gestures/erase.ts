import { boxFromCorners, expand } from '../../geometry/box.ts'
import { clamp } from '../../geometry/clamp.ts'
import { worldToElement } from '../../geometry/transform.ts'
import { type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { distance, interpolate } from '../../geometry/vector.ts'
import { isFrame } from '../../model/derive.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { unitsOf } from '../selection.ts'
import { ERASER_REACH, EraserWay } from './eraser-way.ts'

/**
 * Marks whatever the pointer passes over, and takes it away on release; with Alt, what it passes over stays after all. A
 * grouped element takes its group along.
 */
export class EraseGesture implements Gesture {
  readonly name = 'erase'
  readonly cursor: Cursor = 'eraser'
  readonly #context: EditorContext
  readonly #marked = new Set<ElementId>()
  readonly #way: EraserWay

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#way = new EraserWay(context, start)
    this.move(start)
  }

  move(input: PointerInput): void {
    const changed = this.#way.follow(input, (from, to) => this.#step(from, to, input.alt))
    const ids = [...this.#marked]
    if (changed) this.#context.setDraft(ids.length > 0 ? { type: 'erase', ids } : null)
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

  /** Marks what lies between two points of the pointer's way, so that a fast movement leaves nothing out. */
  #step(from: WorldPoint, to: WorldPoint, restores: boolean): boolean {
    const { board, pixel } = this.#context
    const reach = ERASER_REACH * pixel
    const hit = board
      .query(expand(boxFromCorners(from, to), reach))
      .filter((element) => this.#isErasable(element) && this.#marked.has(element.id) === restores)
      .filter((element) => this.#passesOver(element, from, to, reach))
    for (const id of unitsOf(hit, this.#context)) {
      if (restores) this.#marked.delete(id)
      else if (!board.get(id)?.locked) this.#marked.add(id)
    }
    return hit.length > 0
  }

  /** Not frames: all that is in one would go with a stroke across its line. */
  #isErasable(element: Element): boolean {
    return !element.locked && !isFrame(element)
  }

  #passesOver(element: Element, from: WorldPoint, to: WorldPoint, reach: number): boolean {
    const steps = clamp(Math.ceil(distance(from, to) / reach), 1, 200)
    const kind = this.#context.kinds.get(element.type)
    for (let step = 0; step <= steps; step++) {
      const [x, y] = interpolate(from, to, step / steps)
      if (kind.hit(element, worldToElement(element, worldPoint(x, y)), reach)) return true
    }
    return false
  }
}
