import { boxFromCorners, containsPoint, expand, intersection } from '../geometry/box.ts'
import { createSpatialIndex } from '../geometry/spatial-index.ts'
import { boundsOf, worldToElement } from '../geometry/transform.ts'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, isFrame, referencesOf } from './derive.ts'
import { createDrawingOrder } from './drawing-order.ts'
import type { Element, ElementId } from './element.ts'
import { healNumber, isEqual } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { compareOrder } from './order.ts'
import { createSubset } from './subset.ts'

/** The most that a type may say its ink covers beyond its box, in board units. */
const MAX_OVERHANG = 10_000

/** All that an element may paint on, on the board. */
export const paintedBounds = (element: Element, kinds: KindRegistry): Box => {
  const overhang = overhangOf(element, kinds)
  const painted = element.rotation === 0 ? around(element, overhang) : expand(boundsOf(element), overhang)
  return element.clip ? (intersection(painted, element.clip) ?? emptyAt(painted)) : painted
}

const around = ({ position, size }: Element, margin: number): Box => ({
  minX: position[0] - margin,
  minY: position[1] - margin,
  maxX: position[0] + size[0] + margin,
  maxY: position[1] + size[1] + margin,
})

const overhangOf = (element: Element, kinds: KindRegistry): number => {
  try {
    return healNumber(kinds.get(element.type).overhang(element), 0, 0, MAX_OVERHANG)
  } catch {
    // A type that fails on an element paints a placeholder, which keeps to the box.
    return 0
  }
}

/** What is clipped away altogether still has a place, but no extent. */
const emptyAt = ({ minX, minY }: Box): Box => ({ minX, minY, maxX: minX, maxY: minY })

const isHit = (element: Element, kinds: KindRegistry, point: WorldPoint, tolerance: number): boolean => {
  if (element.clip && !containsPoint(element.clip, point)) return false
  try {
    return kinds.get(element.type).hit(element, worldToElement(element, point), tolerance)
  } catch {
    return false
  }
}

/** The elements of a board in memory: by id, in drawing order, and by place. */
export interface ElementIndex extends Omit<BoardReader, 'settings'> {
  /** Puts an element as it is stored; `settle` must follow before anything is read. */
  set(element: Element): void
  /** The same for an element that differs from what is stored in its place alone. */
  shift(element: Element): void
  delete(id: ElementId): void
  /** Derives anew what refers to the elements set or deleted since; the ids of those that look different now. */
  settle(): ReadonlySet<ElementId>
  /** Where elements were painted that changed or went since this was asked last; read after `settle`. */
  takeLeft(): ReadonlyMap<ElementId, Box>
  /** An element as it is stored, whatever it follows. */
  stored(id: ElementId): Element | undefined
  /** Whether it follows others, so that it may be drawn otherwise than it is stored. */
  follows(id: ElementId): boolean
}

const NONE: readonly ElementId[] = []

export const createElementIndex = (kinds: KindRegistry): ElementIndex => new IndexedElements(kinds)

/** Elements are numbered, and what is known of them is in arrays by their numbers: places, order, the elements. */
class IndexedElements implements ElementIndex {
  readonly #kinds: KindRegistry
  readonly #numbers = new Map<ElementId, number>()
  /** By number; undefined where a number is free. */
  readonly #elements: (Element | undefined)[] = []
  readonly #free: number[] = []
  readonly #places = createSpatialIndex()
  readonly #order = createDrawingOrder()
  /** All in drawing order; null when more has changed than elements for others at the same places. */
  #list: readonly Element[] | null = null
  /** Numbers of elements that stand for others in `#list`. */
  readonly #replaced: number[] = []
  /** Elements that follow others, as they are stored. */
  readonly #followers = new Map<ElementId, Element>()
  readonly #referrers = new Map<ElementId, Set<ElementId>>()
  /** Those set or deleted since the last `settle` that follow others or are followed. */
  readonly #unsettled = new Set<ElementId>()
  #left = new Map<ElementId, Box>()
  readonly #frames = createSubset(isFrame)
  readonly #linked = createSubset(({ link }) => link !== null)

  constructor(kinds: KindRegistry) {
    this.#kinds = kinds
  }

  get size(): number {
    return this.#numbers.size
  }

  get ordered(): readonly Element[] {
    this.#arrange()
    if (this.#list === null) this.#list = this.#listed()
    else if (this.#replaced.length > 0) this.#list = this.#mended(this.#list)
    this.#replaced.length = 0
    return this.#list
  }

  get frames(): readonly Element[] {
    return this.#frames.list(this.#inOrder)
  }

  get linked(): readonly Element[] {
    return this.#linked.list(this.#inOrder)
  }

  get(id: ElementId): Element | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#elements[number]
  }

  stored(id: ElementId): Element | undefined {
    return this.#followers.get(id) ?? this.get(id)
  }

  follows(id: ElementId): boolean {
    return this.#followers.has(id)
  }

  referrers(id: ElementId): readonly ElementId[] {
    const referrers = this.#referrers.get(id)
    return referrers ? [...referrers] : NONE
  }

  set(element: Element): void {
    this.#unfollow(element.id)
    const references = referencesOf(element, this.#kinds)
    if (references.length > 0) this.#follow(element, references)
    this.#unsettle(element.id)
    this.#put(element)
  }

  shift(element: Element): void {
    this.#unsettle(element.id)
    if (this.#followers.has(element.id)) this.#followers.set(element.id, element)
    this.#put(element)
  }

  settle(): ReadonlySet<ElementId> {
    const stale = new Set<ElementId>()
    for (const id of this.#unsettled) {
      if (this.#followers.has(id)) stale.add(id)
      for (const referrer of this.#referrers.get(id) ?? NONE) stale.add(referrer)
    }
    this.#unsettled.clear()
    const changed = new Set<ElementId>()
    for (const id of stale) if (this.#derive(id)) changed.add(id)
    return changed
  }

  delete(id: ElementId): void {
    const number = this.#numbers.get(id)
    if (number === undefined) return
    this.#unfollow(id)
    this.#unsettle(id)
    this.#noteLeft(id, number)
    this.#noteSubsets(number, undefined)
    this.#numbers.delete(id)
    this.#elements[number] = undefined
    this.#places.delete(number)
    this.#free.push(number)
    this.#disorder(number)
  }

  boxOf(id: ElementId): Box | undefined {
    const number = this.#numbers.get(id)
    return number === undefined ? undefined : this.#places.box(number)
  }

  takeLeft(): ReadonlyMap<ElementId, Box> {
    const left = this.#left
    this.#left = new Map()
    return left
  }

  query(box: Box): Element[] {
    const numbers: number[] = []
    this.#places.query(box, (number) => numbers.push(number))
    return this.#inOrder(numbers)
  }

  hit(point: WorldPoint, tolerance: number, accept?: (element: Element) => boolean): Element | undefined {
    const around = expand(boxFromCorners(point, point), tolerance)
    return this.query(around).findLast(
      (element) => (accept?.(element) ?? true) && isHit(element, this.#kinds, point, tolerance),
    )
  }

  bounds(): Box | null {
    return this.#places.bounds()
  }

  #put(element: Element): void {
    const { id } = element
    const number = this.#numbers.get(id) ?? this.#number(id)
    const before = this.#elements[number]
    if (before) this.#noteLeft(id, number)
    this.#elements[number] = element
    this.#noteSubsets(number, element)
    this.#places.set(number, paintedBounds(element, this.#kinds))
    if (before?.order !== element.order || this.#replaced.length > this.size) this.#disorder(number)
    else if (this.#list) this.#replaced.push(number)
  }

  #number(id: ElementId): number {
    const number = this.#free.pop() ?? this.#elements.length
    if (number === this.#elements.length) this.#elements.push(undefined)
    this.#numbers.set(id, number)
    return number
  }

  #disorder(number: number): void {
    this.#order.mark(number)
    this.#list = null
    this.#replaced.length = 0
  }

  #arrange(): void {
    if (!this.#order.isStale) return
    const elements = this.#elements
    this.#order.arrange(
      (number) => elements[number] !== undefined,
      (a, b) => compareOrder(elements[a] as Element, elements[b] as Element),
    )
  }

  readonly #inOrder = (numbers: Iterable<number>): Element[] => {
    this.#arrange()
    const ranks = Int32Array.from(numbers, (number) => this.#order.rank(number)).sort()
    const found: Element[] = []
    for (const rank of ranks) found.push(this.#at(rank))
    return found
  }

  /** The element of a rank that there is. */
  #at(rank: number): Element {
    return this.#elements[this.#order.at(rank)] as Element
  }

  #listed(): readonly Element[] {
    const list: Element[] = []
    for (let rank = 0; rank < this.#order.size; rank++) list.push(this.#at(rank))
    return list
  }

  #mended(before: readonly Element[]): readonly Element[] {
    const list = before.slice()
    for (const number of this.#replaced) list[this.#order.rank(number)] = this.#elements[number] as Element
    return list
  }

  #unsettle(id: ElementId): void {
    if (this.#followers.has(id) || this.#referrers.has(id)) this.#unsettled.add(id)
  }

  /** Whether the follower looks different now. */
  #derive(id: ElementId): boolean {
    const stored = this.#followers.get(id)
    if (!stored) return false
    const derived = deriveElement(stored, (other) => this.stored(other), this.#kinds)
    if (isEqual(derived, this.get(id))) return false
    this.#put(derived)
    return true
  }

  #follow(element: Element, references: readonly ElementId[]): void {
    this.#followers.set(element.id, element)
    for (const target of references) {
      const referrers = this.#referrers.get(target)
      if (referrers) referrers.add(element.id)
      else this.#referrers.set(target, new Set([element.id]))
    }
  }

  #unfollow(id: ElementId): void {
    const before = this.#followers.get(id)
    if (!before) return
    this.#followers.delete(id)
    for (const target of referencesOf(before, this.#kinds)) {
      const referrers = this.#referrers.get(target)
      referrers?.delete(id)
      if (referrers?.size === 0) this.#referrers.delete(target)
    }
  }

  #noteSubsets(number: number, element: Element | undefined): void {
    this.#frames.note(number, element)
    this.#linked.note(number, element)
  }

  #noteLeft(id: ElementId, number: number): void {
    const box = this.#left.has(id) ? undefined : this.#places.box(number)
    if (box) this.#left.set(id, box)
  }
}
