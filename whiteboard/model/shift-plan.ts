import { boxCenter, unionAll } from '../geometry/box.ts'
import { createSpatialIndex, type SpatialIndex } from '../geometry/spatial-index.ts'
import { boundsOf } from '../geometry/transform.ts'
import type { Vec } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, isFrame, ownReferences } from './derive.ts'
import type { Element, ElementId, Patch, Patches } from './element.ts'
import type { KindRegistry } from './kind.ts'
import { contentOf, unitsOf } from './plans/framing.ts'
import { NOTHING, releasedWithout } from './plans/translate.ts'
import { shiftedElement } from './shifted.ts'

export type ShiftedBoard = Pick<BoardReader, 'get' | 'referrers' | 'frames' | 'ordered'>

/** Board units within which a place is the same. */
export const SAME_PLACE = 0.01

/** Any way at all, to see whether what follows others goes along with them. */
const PROBE: Vec = [512, 384]

/** What of a move stays the same wherever it goes. */
export interface ShiftPlan {
  readonly ordered: readonly Element[]
  readonly ids: ReadonlySet<ElementId>
  /** Of what moves, that which is held by something that stays. */
  readonly held: readonly ElementId[]
  /** What of it lets go of what stays, and what that changes of it. */
  readonly released: Patches
  /** Of what stays, that which follows something that moves. */
  readonly followers: readonly ElementId[]
  /** Of what follows, that which frames are asked for: it follows more than what they carry. */
  readonly asked: ReadonlySet<ElementId>
  /** Null where there are no frames. */
  readonly units: Units | null
}

/** What moves, as frames take it in: groups as wholes, by their middles. */
interface Units {
  /** Those that are always asked. */
  readonly always: readonly ShiftUnit[]
  /** Those that are asked when their middles come into a frame that stays, and where these are, by their numbers. */
  readonly others: readonly ShiftUnit[]
  readonly places: SpatialIndex
  readonly stillFrames: readonly Element[]
}

export type ShiftUnit = readonly Element[]

const plans = new WeakMap<readonly ElementId[], ShiftPlan>()

/** The plan of a move, kept with its list of ids for as long as the board stays the same. */
export const planOf = (ids: readonly ElementId[], board: ShiftedBoard, kinds: KindRegistry): ShiftPlan => {
  const known = plans.get(ids)
  if (known?.ordered === board.ordered) return known
  const plan = makePlan(ids, board, kinds)
  plans.set(ids, plan)
  return plan
}

const makePlan = (ids: readonly ElementId[], board: ShiftedBoard, kinds: KindRegistry): ShiftPlan => {
  const named = new Set(ids)
  const moved = withCarried(ids, board)
  const known: Moved = { board, kinds, named, elements: moved }
  const { held, released, referrers, asked } = tiesOf(known)
  const along = [...referrers].filter((id) => {
    const element = board.get(id)
    return element !== undefined && goesAlong(element, known, held)
  })
  const shifted = shiftedIds(known, along, held)
  const askedAlong = along.filter((id) => asked.has(id))
  return {
    ordered: board.ordered,
    ids: shifted,
    held: [...held],
    released,
    followers: [...referrers].filter((id) => !shifted.has(id)),
    asked,
    units: board.frames.length > 0 ? makeUnits(ids, moved, held, askedAlong, board) : null,
  }
}

/** What ties that which moves to that which stays. */
interface Ties extends Pick<ShiftPlan, 'released' | 'asked'> {
  readonly held: ReadonlySet<ElementId>
  /** Of what stays, that which refers to something that moves. */
  readonly referrers: ReadonlySet<ElementId>
}

const tiesOf = (moved: Moved): Ties => {
  const { board, kinds, named, elements } = moved
  const held = new Set<ElementId>()
  const released = new Map<ElementId, Patch>()
  const referrers = new Set<ElementId>()
  const asked = new Set<ElementId>()
  for (const element of elements.values()) {
    const letsGo = named.has(element.id) ? releasedWithout(named, element, kinds) : NOTHING
    if (letsGo !== NOTHING) released.set(element.id, letsGo)
    if (isHeld(element, moved, released)) held.add(element.id)
    const asks = named.has(element.id) && !isFrame(element)
    for (const id of board.referrers(element.id)) {
      if (elements.has(id)) continue
      referrers.add(id)
      if (asks) asked.add(id)
    }
  }
  return { held, released, referrers, asked }
}

/** What goes with the shift: nearly always just what the draft names, whose set then serves. */
const shiftedIds = (
  { named, elements }: Moved,
  along: readonly ElementId[],
  held: ReadonlySet<ElementId>,
): ReadonlySet<ElementId> => {
  const isNamed = (id: ElementId): boolean => named.has(id)
  if (held.size + along.length === 0 && [...elements.keys()].every(isNamed)) return named
  return new Set([...elements.keys(), ...along].filter((id) => !held.has(id)))
}

type Elements = ReadonlyMap<ElementId, Element>

/** What the draft names and is there, and what frames among it carry. */
const withCarried = (ids: readonly ElementId[], board: ShiftedBoard): Elements => {
  const moved = new Map<ElementId, Element>()
  const frames: ElementId[] = []
  for (const id of ids) {
    const element = board.get(id)
    if (element) moved.set(id, element)
    if (element && isFrame(element)) frames.push(id)
  }
  for (const frame of frames) {
    for (const element of contentOf(board, frame)) moved.set(element.id, element)
  }
  return moved
}

/** The frame that carries it, if there is one. */
const carrierOf = ({ frame }: Element, board: ShiftedBoard): Element | undefined => {
  const carrier = frame === null ? undefined : board.get(frame)
  return carrier && isFrame(carrier) ? carrier : undefined
}

/** What is known while a plan is made. */
interface Moved {
  readonly board: ShiftedBoard
  readonly kinds: KindRegistry
  /** What the draft names. */
  readonly named: ReadonlySet<ElementId>
  /** With what frames carry. */
  readonly elements: Elements
}

/**
 * Whether something that stays holds on to it: its frame, or what it is bound to. An arrow that is moved without anything
 * it is bound to lets go.
 */
const isHeld = (element: Element, moved: Moved, released: Patches): boolean => {
  const carrier = carrierOf(element, moved.board)
  if (carrier && !isFrame(element) && !moved.elements.has(carrier.id)) return true
  if (ownReferences(element, moved.kinds).length === 0 || released.has(element.id)) return false
  return !staysAlike(element, shiftedElement(element, PROBE), moved)
}

/** Whether what only follows what moves goes just the same way. */
const goesAlong = (element: Element, moved: Moved, held: ReadonlySet<ElementId>): boolean => {
  const carrier = carrierOf(element, moved.board)
  if (carrier && !moved.elements.has(carrier.id)) return false
  return (
    !ownReferences(element, moved.kinds).some((id) => held.has(id)) && staysAlike(element, element, moved)
  )
}

/** Whether it is drawn as it is on the board, as far away as all else, once that has moved and it has come to stand `at`. */
const staysAlike = (element: Element, at: Element, { elements, board, kinds }: Moved): boolean => {
  const lookup = (id: ElementId): Element | undefined => {
    const target = elements.get(id)
    return target ? shiftedElement(target, PROBE) : board.get(id)
  }
  const [derived, expected] = [deriveElement(at, lookup, kinds), shiftedElement(element, PROBE)]
  return (
    distance(derived.position, expected.position) < SAME_PLACE &&
    distance(derived.size, expected.size) < SAME_PLACE
  )
}

const makeUnits = (
  named: readonly ElementId[],
  moved: Elements,
  held: ReadonlySet<ElementId>,
  along: readonly ElementId[],
  board: ShiftedBoard,
): Units => {
  const always: ShiftUnit[] = []
  const others: ShiftUnit[] = []
  const places = createSpatialIndex()
  const movedFrames = board.frames.filter(({ id }) => moved.has(id))
  const staysInFrame = (element: Element): boolean => {
    const carrier = carrierOf(element, board)
    return carrier !== undefined && moved.has(carrier.id)
  }
  const put = (unit: ShiftUnit): void => {
    if (unit.every(staysInFrame)) return
    const box = unionAll(unit.map(boundsOf))
    if (!box) return
    const [x, y] = boxCenter(box)
    const isInMoved = movedFrames.some((frame) => {
      const { minX, minY, maxX, maxY } = boundsOf(frame)
      return x >= minX && x <= maxX && y >= minY && y <= maxY
    })
    if (isInMoved || unit.some(({ id }) => held.has(id))) always.push(unit)
    else places.set(others.push(unit) - 1, { minX: x, minY: y, maxX: x, maxY: y })
  }
  const elements = named.map((id) => moved.get(id)).filter((element) => element !== undefined)
  for (const unit of unitsOf(elements)) put(unit)
  for (const id of along) {
    const arrow = board.get(id)
    if (arrow) put([{ ...arrow, groups: [] }])
  }
  return { always, others, places, stillFrames: board.frames.filter(({ id }) => !moved.has(id)) }
}
