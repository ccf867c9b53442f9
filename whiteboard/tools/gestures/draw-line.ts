import { boxOfPoints } from '../../geometry/box.ts'
import { type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { alignedPoint, distance } from '../../geometry/vector.ts'
import type { Binding } from '../../model/binding.ts'
import { deriveElement } from '../../model/derive.ts'
import type { Element } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import { aimAt, bindingHint, type Ends, settledEnds } from '../aim.ts'
import type { Cursor, EditorContext, Gesture, GestureKey, PointerInput } from '../contract.ts'
import { Snapper } from '../snapper.ts'

/** CSS pixels that a line must be long to be kept. */
const SHORTEST = 4
/** CSS pixels and milliseconds within which a second click at a place ends the line there. */
const SAME_PLACE = { mouse: 5, pen: 12, touch: 24 } as const
const DOUBLE_CLICK = 400
/** CSS pixels from its first point at which a line becomes closed. */
const CLOSING = { mouse: 10, pen: 12, touch: 20 } as const

interface DrawLineOptions {
  /** Begun by a drag, whose release ends it; otherwise by a click, and each further click sets a point. */
  readonly dragged: boolean
  /** Where it starts, if that is not where the pointer is. */
  readonly from?: { readonly binding: Binding; readonly at: WorldPoint; readonly fields: Partial<Element> }
}

interface Finish {
  readonly ends: Ends
  readonly closed: boolean
}

/**
 * Draws a line or an arrow: from one end to the other by a drag, or point by point by clicks, until a double click, Enter
 * or Escape. With Shift in steps of 15 degrees. A click on the first point closes a line. Ends of arrows are bound to
 * what they are at.
 */
export class DrawLineGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #kind: ElementKind
  readonly #element: Element
  readonly #snapper: Snapper
  readonly #start: Binding | null
  readonly #dragged: boolean
  #points: readonly WorldPoint[]
  #last: PointerInput

  constructor(context: EditorContext, start: PointerInput, kind: ElementKind, options: DrawLineOptions) {
    this.#context = context
    this.#kind = kind
    this.#dragged = options.dragged
    this.#snapper = new Snapper(context)
    this.#start = options.from?.binding ?? (this.#binds ? aimAt(start, context) : null)
    this.#points = [options.from?.at ?? (this.#start ? start.world : this.#snapper.point(start))]
    this.#last = start
    this.#element = context.newElement(kind, {
      ...options.from?.fields,
      position: start.world,
      size: [0, 0],
    })
  }

  get #binds(): boolean {
    return this.#kind.references !== undefined
  }

  move(input: PointerInput): void {
    if (this.#points.length > 1 || distance(this.#last.screen, input.screen) > 0) this.#show(input)
  }

  commit(input: PointerInput): Gesture | null {
    const isAgain = this.#isAgain(input)
    const isShort = distance(this.#last.screen, input.screen) < SHORTEST
    this.#last = input
    if (isAgain) return this.#points.length > 1 ? this.#finish(this.#points) : this
    if (isShort) return this
    if (this.#closes(input)) return this.#finish(this.#points, { closed: true })
    const { to, ends } = this.#target(input)
    const corners = [...this.#points, to]
    if (this.#dragged || ends.end || this.#element.route === 'elbow') return this.#finish(corners, { ends })
    this.#points = corners
    this.#show(input)
    return this
  }

  key(key: GestureKey): 'ended' | 'goes-on' | 'ignored' {
    if (this.#dragged && this.#points.length === 1) return 'ignored'
    if (key === 'Backspace') {
      if (this.#points.length > 1) this.#points = this.#points.slice(0, -1)
      this.#show(this.#last)
      return 'goes-on'
    }
    if (this.#points.length < 2) return 'ignored'
    this.#finish(this.#points)
    return 'ended'
  }

  cancel(): void {}

  #show(input: PointerInput): void {
    const { to, ends } = this.#target(input)
    const closed = this.#closes(input)
    const points = closed ? this.#points : [...this.#points, to]
    this.#context.setDraft({ type: 'create', elements: [this.#drawn(points, { ends, closed })] })
  }

  /** Where the line leads when the pointer is here, and what its ends would be bound to; shows both. */
  #target(input: PointerInput): { readonly to: WorldPoint; readonly ends: Ends } {
    const end = this.#binds ? aimAt(input, this.#context) : null
    const ends = settledEnds({ start: this.#start, end }, this.#context)
    if (ends.end) {
      this.#context.setHints({ binding: bindingHint(ends.end, this.#context) })
      return { to: input.world, ends }
    }
    if (!input.shift) return { to: this.#snapper.point(input), ends }
    this.#context.setHints(null)
    const [x, y] = alignedPoint(this.#points.at(-1) ?? input.world, input.world)
    return { to: worldPoint(x, y), ends }
  }

  #isAgain(input: PointerInput): boolean {
    const { screen, timeStamp } = this.#last
    const near = distance(screen, input.screen) <= SAME_PLACE[input.pointerType]
    return !this.#dragged && near && input.timeStamp - timeStamp <= DOUBLE_CLICK
  }

  #closes(input: PointerInput): boolean {
    const [first] = this.#points
    if (!first || this.#points.length < 3 || !('closed' in this.#kind.defaults)) return false
    return distance(first, input.world) <= CLOSING[input.pointerType] * this.#context.pixel
  }

  #finish(points: readonly WorldPoint[], how: Partial<Finish> = {}): null {
    const drawn = this.#drawn(points, { ends: { start: this.#start, end: null }, closed: false, ...how })
    const { board, kinds } = this.#context
    const element = deriveElement(drawn, (id) => board.get(id), kinds)
    this.#context.transact((edit) => edit.create(element))
    this.#context.finishCreating([element.id])
    return null
  }

  #drawn(points: readonly WorldPoint[], { ends, closed }: Finish): Element {
    const box = boxOfPoints(points) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
    return {
      ...this.#element,
      ...(this.#binds && ends),
      ...(closed && { closed }),
      position: worldPoint(box.minX, box.minY),
      size: [box.maxX - box.minX, box.maxY - box.minY],
      points: points.map(([x, y]): Vec => [x - box.minX, y - box.minY]),
    }
  }
}
