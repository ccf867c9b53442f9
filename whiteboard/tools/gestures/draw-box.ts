import { boxAt, boxFromCorners } from '../../geometry/box.ts'
import { type Box, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import type { BoardEdit } from '../../model/board.ts'
import type { Element } from '../../model/element.ts'
import type { ElementKind } from '../../model/kind.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'
import { Snapper } from '../snapper.ts'

interface DrawBoxOptions {
  /** Typing on the new element begins on release. */
  readonly writes?: boolean
  /** What the new element has besides its style. */
  readonly fields?: Partial<Element>
  /** Puts it on the board, if more belongs to that than the element. */
  readonly create?: (edit: BoardEdit, element: Element) => void
}

/** Draws a new element by its box; with Shift a square, with Alt from the middle. Its corners snap to what is near. */
export class DrawBoxGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #snapper: Snapper
  readonly #from: WorldPoint
  readonly #element: Element
  readonly #options: DrawBoxOptions

  constructor(context: EditorContext, start: PointerInput, kind: ElementKind, options: DrawBoxOptions = {}) {
    this.#context = context
    this.#options = options
    this.#snapper = new Snapper(context)
    this.#from = this.#snapper.point(start)
    this.#element = context.newElement(kind, { ...options.fields, position: this.#from, size: [1, 1] })
  }

  move(input: PointerInput): void {
    this.#context.setDraft({ type: 'create', elements: [this.#drawn(input)] })
  }

  commit(input: PointerInput): null {
    const element = this.#drawn(input)
    const { writes = false, create = (edit, made) => edit.create(made) } = this.#options
    this.#context.transact((edit) => create(edit, element))
    this.#context.finishCreating([element.id])
    if (writes) this.#context.editText(element.id)
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
    const [startX, startY] = this.#from
    const [x, y] = this.#snapped(input)
    let width = x - startX
    let height = y - startY
    if (input.shift) {
      const side = Math.max(Math.abs(width), Math.abs(height))
      width = width < 0 ? -side : side
      height = height < 0 ? -side : side
    }
    const origin = input.alt ? ([startX - width, startY - height] as const) : this.#from
    return boxFromCorners(origin, [startX + width, startY + height])
  }

  /** Drawing is resizing a box of one unit by the corner that the pointer is at. */
  #snapped(input: PointerInput): WorldPoint {
    const [startX, startY] = this.#from
    const [isLeft, isUp] = [input.world[0] < startX, input.world[1] < startY]
    const [x, y] = input.alt
      ? [startX - 0.5, startY - 0.5]
      : [isLeft ? startX - 1 : startX, isUp ? startY - 1 : startY]
    const direction = isUp ? (isLeft ? 'nw' : 'ne') : isLeft ? 'sw' : 'se'
    const options = { proportional: input.shift, fromCenter: input.alt }
    return this.#snapper.resize(boxAt(worldPoint(x, y), [1, 1]), direction, input.world, input, options)
  }
}
