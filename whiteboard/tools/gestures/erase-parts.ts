import { boxFromCorners, expand } from '../../geometry/box.ts'
import type { WorldPoint } from '../../geometry/types.ts'
import type { ElementId, Patch } from '../../model/element.ts'
import { type InkInterval, subtractIntervals, uniteIntervals } from '../../model/ink-cuts.ts'
import { isStroke } from '../../model/ink-pieces.ts'
import { cutFields, cutPatch, newlyErased, sweptParts } from '../../model/plans/cut-ink.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { ERASER_REACH, EraserWay } from './eraser-way.ts'

/**
 * Erases the parts of strokes that the pointer passes over, and a stroke of which nothing is left; with Alt, brings back
 * what this gesture erased. Everything else on the board stays.
 */
export class ErasePartsGesture implements Gesture {
  readonly name = 'erase-parts'
  readonly cursor: Cursor = 'eraser'
  readonly #context: EditorContext
  readonly #erased = new Map<ElementId, readonly InkInterval[]>()
  readonly #way: EraserWay

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#way = new EraserWay(context, start)
    this.move(start)
  }

  move(input: PointerInput): void {
    if (this.#way.follow(input, (from, to) => this.#step(from, to, input.alt))) this.#show()
  }

  commit(input: PointerInput): null {
    this.move(input)
    const { board, clientId } = this.#context
    const strokes = [...this.#erased].flatMap(([id, erased]) => {
      const stroke = board.get(id)
      return stroke && erased.length > 0 ? [{ id, patch: cutPatch(stroke, erased, clientId) }] : []
    })
    if (strokes.length === 0) return null
    this.#context.transact((edit) => {
      for (const { id, patch } of strokes) {
        if (patch) edit.update(id, patch)
        else edit.remove(id)
      }
    })
    return null
  }

  cancel(): void {}

  /** Takes from all strokes what lies between two points of the pointer's way. */
  #step(from: WorldPoint, to: WorldPoint, restores: boolean): boolean {
    const { board, pixel } = this.#context
    const reach = ERASER_REACH * pixel
    let changed = false
    for (const element of board.query(expand(boxFromCorners(from, to), reach))) {
      if (element.locked || !isStroke(element)) continue
      const before = this.#erased.get(element.id) ?? []
      const swept = sweptParts(element, from, to, reach)
      const after = restores
        ? before.flatMap((part) => subtractIntervals(part, swept))
        : uniteIntervals([...before, ...newlyErased(element, swept, before)])
      if (swept.length === 0 || sameIntervals(before, after)) continue
      this.#erased.set(element.id, after)
      changed = true
    }
    return changed
  }

  #show(): void {
    const { board, clientId } = this.#context
    const patches = new Map<ElementId, Patch>()
    for (const [id, erased] of this.#erased) {
      const stroke = board.get(id)
      if (stroke && erased.length > 0) patches.set(id, cutFields(stroke, erased, clientId))
    }
    this.#context.setDraft(patches.size > 0 ? { type: 'change', patches } : null)
  }
}

const sameIntervals = (a: readonly InkInterval[], b: readonly InkInterval[]): boolean =>
  a.length === b.length && a.every(([from, to], index) => from === b[index]?.[0] && to === b[index][1])
