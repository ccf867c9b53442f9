import { boxOfPoints } from '../../geometry/box.ts'
import { type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { distance } from '../../geometry/vector.ts'
import type { Element } from '../../model/element.ts'
import { encodeInk, type InkPoint } from '../../model/ink.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** CSS pixels that the pen must move before another point is worth keeping. */
const SPACING = 0.6
/** A stroke that grows longer than this loses every second point: the document reads no more of one. */
const MOST_POINTS = 4000

/** Draws with the pen from press to release. */
export class DrawInkGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #element: Element
  #points: InkPoint[]

  constructor(context: EditorContext, start: PointerInput) {
    this.#context = context
    this.#element = context.newElement(context.kinds.get('ink'), { position: start.world })
    this.#points = [[start.world[0], start.world[1], start.pressure]]
    this.#show()
  }

  move(input: PointerInput): void {
    if (input.coalesced.length === 0) return
    const before = this.#points.length
    for (const { world, pressure } of input.coalesced) this.#add(world, pressure)
    if (this.#points.length !== before) this.#show()
  }

  /** A pen that is lifted reports no pressure: the stroke ends as broad as it was. */
  commit(input: PointerInput): null {
    const [, , lastPressure] = this.#points.at(-1) ?? [0, 0, input.pressure]
    for (const { world } of input.coalesced) this.#add(world, lastPressure)
    const element = this.#drawn()
    this.#context.transact((edit) => edit.create(element))
    return null
  }

  cancel(): void {}

  #add(world: WorldPoint, pressure: number): void {
    const last = this.#points.at(-1)
    if (last && distance([last[0], last[1]], world) < SPACING * this.#context.pixel) return
    this.#points.push([world[0], world[1], pressure])
    if (this.#points.length > MOST_POINTS) this.#points = this.#points.filter((_, index) => index % 2 === 0)
  }

  #show(): void {
    this.#context.setDraft({ type: 'create', elements: [this.#drawn()] })
  }

  /** The stroke so far, its points counted from the corner of its box. */
  #drawn(): Element {
    const box = boxOfPoints(this.#points)
    if (!box) return this.#element
    const local = this.#points.map(([x, y, pressure]): InkPoint => [x - box.minX, y - box.minY, pressure])
    return {
      ...this.#element,
      position: worldPoint(box.minX, box.minY),
      size: [box.maxX - box.minX, box.maxY - box.minY],
      ink: encodeInk(local),
    }
  }
}
