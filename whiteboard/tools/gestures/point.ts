import { elementToWorld, worldToElement } from '../../geometry/transform.ts'
import { localPoint, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { alignedPoint } from '../../geometry/vector.ts'
import { type Binding, healBinding } from '../../model/binding.ts'
import type { Element, ElementId, Patch } from '../../model/element.ts'
import { aimAt, bindingHint, type Ends, settledEnds } from '../aim.ts'
import type { EditorContext, Gesture, PointerInput } from '../contract.ts'
import { Snapper } from '../snapper.ts'

/**
 * Drags one point of a line or an arrow; with Shift to whole steps of 15 degrees from its neighbour. The end of an arrow
 * is bound to what it is dragged to, and let go of what it is dragged away from.
 */
export class PointGesture implements Gesture {
  readonly name = 'point'
  readonly #context: EditorContext
  readonly #id: ElementId
  readonly #index: number
  readonly #snapper: Snapper

  constructor(context: EditorContext, id: ElementId, index: number) {
    this.#context = context
    this.#id = id
    this.#index = index
    this.#snapper = new Snapper(context, [id])
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
    const kind = this.#context.kinds.get(element.type)
    const end = kind.references ? this.#endAt(element) : null
    const bound = end && this.#bound(element, end, input)
    const binding = (end && bound?.[end]) ?? null
    const to = binding ? input.world : this.#free(element, input)
    if (binding) this.#context.setHints({ binding: bindingHint(binding, this.#context) })
    const moved = kind.movePoint?.(element, this.#index, worldToElement(element, to))
    return moved ? { ...moved, ...bound } : null
  }

  /** Which end of the line the point is, if one. */
  #endAt(element: Element): 'start' | 'end' | null {
    const corners = this.#context.kinds.get(element.type).cornerCount?.(element) ?? 0
    if (this.#index === 0) return 'start'
    return this.#index === corners - 1 ? 'end' : null
  }

  #bound(element: Element, end: 'start' | 'end', input: PointerInput): Partial<Ends> {
    const other = healBinding(end === 'start' ? element.end : element.start)
    const aimed: Binding | null = aimAt(input, this.#context)
    const ends = end === 'start' ? { start: aimed, end: other } : { start: other, end: aimed }
    const settled = settledEnds(ends, this.#context)
    // Only what is dragged may be let go; the other end stays where it was bound.
    return { [end]: settled[end] }
  }

  #free(element: Element, input: PointerInput): WorldPoint {
    if (!input.shift) return this.#snapper.point(input)
    this.#context.setHints(null)
    return this.#aligned(element, input.world)
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
