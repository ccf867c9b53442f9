import { boxOfPoints } from '../../geometry/box.ts'
import { clamp } from '../../geometry/clamp.ts'
import { type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { alignedPoint, distance, interpolate } from '../../geometry/vector.ts'
import type { BoardReader } from '../../model/board.ts'
import type { Element } from '../../model/element.ts'
import { encodeInk, type InkPoint } from '../../model/ink.ts'
import { cutsOf } from '../../model/ink-cuts.ts'
import { strokePoints } from '../../model/ink-pieces.ts'
import type { Cursor, EditorContext, Gesture, PointerInput } from '../contract.ts'

/** CSS pixels that the pen must move before another point is worth keeping. */
const SPACING = 0.6
/** A stroke that grows longer than this loses every second point: the document reads no more of one. */
const MOST_POINTS = 4000
/** CSS pixels between the points of a straight segment, and from its ends to the next, which keeps it from being bent. */
const STRAIGHT_SPACING = 24
const STRAIGHT_ENDS = 2

/** The stroke drawn last on each board, as it was left: Shift and a press go on with it. */
const lastStrokes = new WeakMap<BoardReader, Element>()

/** Draws a stroke from press to release; what is drawn while Shift is held is straight. */
export class DrawInkGesture implements Gesture {
  readonly name = 'draw'
  readonly cursor: Cursor = 'crosshair'
  readonly #context: EditorContext
  readonly #element: Element
  /** Whether the element is on the board already. */
  readonly #continues: boolean = false
  /** On the board. */
  #points: InkPoint[]
  /** Where the straight segment under way ends; it begins at the last point. */
  #straightTo: InkPoint | null = null

  constructor(context: EditorContext, start: PointerInput, type: string) {
    this.#context = context
    const fresh = context.newElement(context.kinds.get(type), { position: start.world })
    const last = start.shift ? lastStrokeLike(fresh, context) : null
    this.#element = last ?? fresh
    this.#continues = last !== null
    if (last) {
      this.#points = strokePoints(last).map(([x, y, pressure]) => [
        x + last.position[0],
        y + last.position[1],
        pressure,
      ])
      this.#straighten(start)
    } else this.#points = [[start.world[0], start.world[1], start.pressure]]
    this.#show()
  }

  move(input: PointerInput): void {
    if (input.shift) {
      this.#straighten(input)
      this.#show()
      return
    }
    const before = this.#points.length
    this.#finishStraight()
    for (const { world, pressure } of input.coalesced) this.#add(world, pressure)
    if (this.#points.length !== before) this.#show()
  }

  /** A pen that is lifted reports no pressure: the stroke ends as broad as it was. */
  commit(input: PointerInput): null {
    const [, , lastPressure] = this.#points.at(-1) ?? [0, 0, input.pressure]
    if (input.shift) this.#straighten({ ...input, pressure: lastPressure })
    this.#finishStraight()
    if (!input.shift) for (const { world } of input.coalesced) this.#add(world, lastPressure)
    const element = this.#drawn()
    const { board } = this.#context
    this.#context.transact((edit) => {
      if (!this.#continues) edit.create(element)
      else edit.update(element.id, { position: element.position, size: element.size, ink: element.ink })
    })
    const stored = board.get(element.id)
    if (stored) lastStrokes.set(board, stored)
    return null
  }

  cancel(): void {}

  #add(world: WorldPoint, pressure: number): void {
    const last = this.#points.at(-1)
    if (last && distance([last[0], last[1]], world) < SPACING * this.#context.pixel) return
    this.#points.push([world[0], world[1], pressure])
    if (this.#points.length > MOST_POINTS) this.#points = this.#points.filter((_, index) => index % 2 === 0)
  }

  /** Leads a straight segment to where the pointer is; with Ctrl in steps of 15 degrees. */
  #straighten({ world, pressure, ctrl }: PointerInput): void {
    const [x, y] = this.#points.at(-1) ?? world
    const [toX, toY] = ctrl ? alignedPoint([x, y], world) : world
    this.#straightTo = [toX, toY, pressure]
  }

  #finishStraight(): void {
    this.#points = this.#allPoints()
    this.#straightTo = null
  }

  /** The points so far, a straight segment under way included. */
  #allPoints(): InkPoint[] {
    const from = this.#points.at(-1)
    if (!this.#straightTo || !from) return this.#points
    return [...this.#points, ...straightPoints(from, this.#straightTo, this.#context.pixel)]
  }

  #show(): void {
    const element = this.#drawn()
    const { position, size, ink } = element
    this.#context.setDraft(
      this.#continues
        ? { type: 'change', patches: new Map([[element.id, { position, size, ink }]]) }
        : { type: 'create', elements: [element] },
    )
  }

  /** The stroke so far, its points counted from the corner of its box. */
  #drawn(): Element {
    const points = this.#allPoints()
    const box = boxOfPoints(points)
    if (!box) return this.#element
    const local = points.map(([x, y, pressure]): InkPoint => [x - box.minX, y - box.minY, pressure])
    return {
      ...this.#element,
      position: worldPoint(box.minX, box.minY),
      size: [box.maxX - box.minX, box.maxY - box.minY],
      ink: encodeInk(local),
    }
  }
}

const LOOK = ['type', 'stroke', 'strokeWidth', 'penWidth', 'opacity'] as const

/** The stroke drawn last, if nothing has happened to it since and the pen is still the same. */
const lastStrokeLike = (fresh: Element, { board }: EditorContext): Element | null => {
  const last = lastStrokes.get(board)
  if (!last || board.get(last.id) !== last || last.locked || last.rotation !== 0) return null
  if (cutsOf(last).length > 0 || strokePoints(last).length >= MOST_POINTS) return null
  return LOOK.every((key) => last[key] === fresh[key]) ? last : null
}

/** The points of a straight segment after its first, `pixel` board units per CSS pixel. */
const straightPoints = (from: InkPoint, to: InkPoint, pixel: number): InkPoint[] => {
  const [start, end]: [Vec, Vec] = [
    [from[0], from[1]],
    [to[0], to[1]],
  ]
  const length = distance(start, end)
  const ends = STRAIGHT_ENDS * pixel
  if (length < SPACING * pixel) return []
  const count = clamp(Math.round(length / (STRAIGHT_SPACING * pixel)), 1, 200)
  const inner = Array.from({ length: count - 1 }, (_, index) => (index + 1) / count)
  const near = length > 4 * ends ? [ends / length, 1 - ends / length] : []
  return [...inner, ...near, 1]
    .sort((a, b) => a - b)
    .map((part): InkPoint => {
      const [x, y] = interpolate(start, end, part)
      return [x, y, from[2] + (to[2] - from[2]) * part]
    })
}
