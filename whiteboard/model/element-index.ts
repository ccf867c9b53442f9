import { boxFromCorners, containsPoint, expand, intersection, unionAll } from '../geometry/box.ts'
import { createSpatialIndex } from '../geometry/spatial-index.ts'
import { boundsOf, worldToElement } from '../geometry/transform.ts'
import type { Box, WorldPoint } from '../geometry/types.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, isFrame, referencesOf } from './derive.ts'
import type { Element, ElementId } from './element.ts'
import { healNumber, isEqual } from './heal.ts'
import type { KindRegistry } from './kind.ts'
import { compareOrder } from './order.ts'

/** The most that a type may say its ink covers beyond its box, in board units. */
const MAX_OVERHANG = 10_000

/** All that an element may paint on, on the board. */
export const paintedBounds = (element: Element, kinds: KindRegistry): Box => {
  let overhang = 0
  try {
    overhang = healNumber(kinds.get(element.type).overhang(element), 0, 0, MAX_OVERHANG)
  } catch {
    // A type that fails on an element paints a placeholder, which keeps to the box.
  }
  const painted = expand(boundsOf(element), overhang)
  return element.clip ? (intersection(painted, element.clip) ?? emptyAt(painted)) : painted
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
}

/** Above this many changes at once the order is merged anew instead of being mended one by one. */
const MEND_LIMIT = 24

export const createElementIndex = (kinds: KindRegistry): ElementIndex => new IndexedElements(kinds)

class IndexedElements implements ElementIndex {
  readonly #kinds: KindRegistry
  readonly #elements = new Map<ElementId, Element>()
  readonly #places = createSpatialIndex<ElementId>()
  /** Changed since `#sequence` was made: what stands there for the id (undefined: nothing). */
  readonly #replaced = new Map<ElementId, Element | undefined>()
  #sequence: readonly Element[] = []
  /** Elements that follow others, as they are stored. */
  readonly #followers = new Map<ElementId, Element>()
  readonly #referrers = new Map<ElementId, Set<ElementId>>()
  /** Set or deleted since the last `settle`. */
  readonly #unsettled = new Set<ElementId>()
  #left = new Map<ElementId, Box>()
  readonly #frames = new Map<ElementId, Element>()
  /** The same in drawing order; null when a change has made it unknown. */
  #framesInOrder: readonly Element[] | null = []
  /** Undefined when a change has made it unknown. */
  #bounds: Box | null | undefined = null

  constructor(kinds: KindRegistry) {
    this.#kinds = kinds
  }

  get size(): number {
    return this.#elements.size
  }

  get ordered(): readonly Element[] {
    if (this.#replaced.size > 0) {
      const mend = this.#replaced.size > MEND_LIMIT ? merged : mended
      this.#sequence = mend(this.#sequence, this.#replaced, this.#elements)
      this.#replaced.clear()
    }
    return this.#sequence
  }

  get frames(): readonly Element[] {
    this.#framesInOrder ??= [...this.#frames.values()].sort(compareOrder)
    return this.#framesInOrder
  }

  get(id: ElementId): Element | undefined {
    return this.#elements.get(id)
  }

  stored(id: ElementId): Element | undefined {
    return this.#followers.get(id) ?? this.#elements.get(id)
  }

  referrers(id: ElementId): readonly ElementId[] {
    return [...(this.#referrers.get(id) ?? [])]
  }

  set(element: Element): void {
    this.#unsettled.add(element.id)
    this.#unfollow(element.id)
    const references = referencesOf(element, this.#kinds)
    if (references.length > 0) this.#follow(element, references)
    this.#put(element)
  }

  shift(element: Element): void {
    this.#unsettled.add(element.id)
    if (this.#followers.has(element.id)) this.#followers.set(element.id, element)
    this.#put(element)
  }

  settle(): ReadonlySet<ElementId> {
    const stale = new Set<ElementId>()
    for (const id of this.#unsettled) {
      if (this.#followers.has(id)) stale.add(id)
      for (const referrer of this.#referrers.get(id) ?? []) stale.add(referrer)
    }
    this.#unsettled.clear()
    const changed = new Set<ElementId>()
    for (const id of stale) if (this.#derive(id)) changed.add(id)
    return changed
  }

  #put(element: Element): void {
    this.#note(element.id)
    this.#elements.set(element.id, element)
    this.#noteFrame(element.id, element)
    this.#places.set(element.id, paintedBounds(element, this.#kinds))
  }

  /** Whether the follower looks different now. */
  #derive(id: ElementId): boolean {
    const stored = this.#followers.get(id)
    if (!stored) return false
    const derived = deriveElement(stored, (other) => this.stored(other), this.#kinds)
    if (isEqual(derived, this.#elements.get(id))) return false
    this.#put(derived)
    return true
  }

  #follow(element: Element, references: readonly ElementId[]): void {
    this.#followers.set(element.id, element)
    for (const target of references) {
      const referrers = this.#referrers.get(target) ?? new Set()
      referrers.add(element.id)
      this.#referrers.set(target, referrers)
    }
  }

  #unfollow(id: ElementId): void {
    const before = this.#followers.get(id)
    if (!before) return
    this.#followers.delete(id)
    for (const target of referencesOf(before, this.#kinds)) this.#referrers.get(target)?.delete(id)
  }

  delete(id: ElementId): void {
    if (!this.#elements.has(id)) return
    this.#unsettled.add(id)
    this.#unfollow(id)
    this.#note(id)
    this.#elements.delete(id)
    this.#noteFrame(id, undefined)
    this.#places.delete(id)
  }

  boxOf(id: ElementId): Box | undefined {
    return this.#places.box(id)
  }

  takeLeft(): ReadonlyMap<ElementId, Box> {
    const left = this.#left
    this.#left = new Map()
    return left
  }

  query(box: Box): Element[] {
    const found: Element[] = []
    this.#places.query(box, (id) => {
      const element = this.#elements.get(id)
      if (element) found.push(element)
    })
    return found.sort(compareOrder)
  }

  hit(point: WorldPoint, tolerance: number, accept?: (element: Element) => boolean): Element | undefined {
    const around = expand(boxFromCorners(point, point), tolerance)
    return this.query(around).findLast(
      (element) => (accept?.(element) ?? true) && isHit(element, this.#kinds, point, tolerance),
    )
  }

  bounds(): Box | null {
    if (this.#bounds === undefined) {
      this.#bounds = unionAll(boxesOf(this.#elements.keys(), (id) => this.#places.box(id)))
    }
    return this.#bounds
  }

  #noteFrame(id: ElementId, element: Element | undefined): void {
    const known = this.#frames.delete(id)
    const frame = element && isFrame(element) ? element : undefined
    if (frame) this.#frames.set(id, frame)
    if (known || frame) this.#framesInOrder = null
  }

  #note(id: ElementId): void {
    if (!this.#replaced.has(id)) this.#replaced.set(id, this.#elements.get(id))
    this.#bounds = undefined
    const box = this.#places.box(id)
    if (box && !this.#left.has(id)) this.#left.set(id, box)
  }
}

function* boxesOf(ids: Iterable<ElementId>, boxOf: (id: ElementId) => Box | undefined): Generator<Box> {
  for (const id of ids) {
    const box = boxOf(id)
    if (box) yield box
  }
}

type Elements = ReadonlyMap<ElementId, Element>
type Replaced = ReadonlyMap<ElementId, Element | undefined>

/** Where `element` stands in an ordered list, or would stand. */
const placeOf = (list: readonly Element[], element: Element): number => {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    const other = list[middle]
    if (other && compareOrder(other, element) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** For a few changes: each is found and put by halving. */
const mended = (sequence: readonly Element[], replaced: Replaced, elements: Elements): readonly Element[] => {
  const list = [...sequence]
  for (const [id, before] of replaced) {
    const after = elements.get(id)
    const from = before ? placeOf(list, before) : -1
    if (before && after && before.order === after.order) {
      list[from] = after
      continue
    }
    if (before) list.splice(from, 1)
    if (after) list.splice(placeOf(list, after), 0, after)
  }
  return list
}

/** For many changes: what stayed is in order already, and is merged with what came. */
const merged = (sequence: readonly Element[], replaced: Replaced, elements: Elements): readonly Element[] => {
  const fresh: Element[] = []
  for (const id of replaced.keys()) {
    const element = elements.get(id)
    if (element) fresh.push(element)
  }
  fresh.sort(compareOrder)
  const list: Element[] = []
  let next = 0
  for (const element of sequence) {
    if (replaced.has(element.id)) continue
    for (let other = fresh[next]; other && compareOrder(other, element) < 0; other = fresh[next]) {
      list.push(other)
      next++
    }
    list.push(element)
  }
  for (; next < fresh.length; next++) {
    const element = fresh[next]
    if (element) list.push(element)
  }
  return list
}
