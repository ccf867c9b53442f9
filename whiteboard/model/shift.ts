import { boxCenter, unionAll } from '../geometry/box.ts'
import { createSpatialIndex, type SpatialIndex } from '../geometry/spatial-index.ts'
import { boundsOf } from '../geometry/transform.ts'
import { type Box, type Vec, worldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, isFrame, ownReferences } from './derive.ts'
import type { Draft } from './draft.ts'
import type { Element, ElementId, Patch, Patches } from './element.ts'
import type { KindRegistry } from './kind.ts'
import { contentOf, framingPlanOf, isElsewhere, unitsOf } from './plans/framing.ts'
import { NOTHING, releasedWithout } from './plans/translate.ts'

/** What moves as one, without any of it looking different for it. */
export interface Shift {
  readonly ids: ReadonlySet<ElementId>
  /** Board units. */
  readonly delta: Vec
}

/** A move of many elements: what of it is the same fact for all, and what is to be told one by one. */
export interface ShiftedDraft {
  readonly shift: Shift
  /** What looks different by itself: arrows that are held at one end, what comes to lie in a frame. */
  readonly changed: ReadonlyMap<ElementId, Element>
}

type Translate = Extract<Draft, { type: 'translate' }>
type ShiftedBoard = Pick<BoardReader, 'get' | 'referrers' | 'frames' | 'ordered'>

/** Up to so many elements a move is told one by one, what frames carry included. */
const SHIFTED_FROM = 60

/** Board units within which a place is the same. */
const SAME_PLACE = 0.01

/** Any way at all, to see whether what follows others goes along with them. */
const PROBE: Vec = [512, 384]

/** What of a move stays the same wherever it goes. */
interface Plan {
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
  readonly always: readonly Unit[]
  /** Those that are asked when their middles come into a frame that stays, and where these are, by their numbers. */
  readonly others: readonly Unit[]
  readonly places: SpatialIndex
  readonly stillFrames: readonly Element[]
}

type Unit = readonly Element[]

/** An element with all that is derived of it, so much further. */
export const shiftedElement = (element: Element, [x, y]: Vec): Element => {
  const position = worldPoint(element.position[0] + x, element.position[1] + y)
  const { clip } = element
  return clip ? { ...element, position, clip: shiftedBox(clip, [x, y]) } : { ...element, position }
}

export const shiftedBox = (box: Box, [x, y]: Vec): Box => ({
  minX: box.minX + x,
  minY: box.minY + y,
  maxX: box.maxX + x,
  maxY: box.maxY + y,
})

/**
 * A draft that moves many elements, as one shift and the few that look different by themselves: what it costs follows from
 * those few. The plan behind it is kept with the draft's list of ids for as long as the board stays the same. Null for any
 * other draft, and for one of few elements.
 *
 * @param ids what the draft moves, if not what it names
 */
export const shiftedDraft = (
  draft: Draft | null,
  board: ShiftedBoard,
  kinds: KindRegistry,
  ids: readonly ElementId[] = draft?.type === 'translate' ? draft.ids : [],
): ShiftedDraft | null => {
  if (draft?.type !== 'translate' || !areMany(ids, board) || hasArrived(draft, board)) return null
  const plan = planOf(ids, board, kinds)
  const { delta } = draft
  const changed = new Map<ElementId, Element>()
  const moved = (id: ElementId): Element | undefined => {
    const element = board.get(id)
    return element && shiftedElement({ ...element, ...plan.released.get(id) }, delta)
  }
  for (const id of plan.held) {
    const element = moved(id)
    if (element) changed.set(id, element)
  }
  const after = (id: ElementId): Element | undefined =>
    changed.get(id) ?? (plan.ids.has(id) ? moved(id) : undefined)
  const lookup = (id: ElementId): Element | undefined => after(id) ?? board.get(id)
  const derive = (id: ElementId): void => {
    const element = lookup(id)
    if (element) changed.set(id, deriveElement(element, lookup, kinds))
  }
  for (const id of plan.followers) derive(id)
  for (const id of joined(plan, delta, after, changed, board, kinds)) derive(id)
  for (const id of plan.held) derive(id)
  return { shift: { ids: plan.ids, delta }, changed }
}

/** What nobody has locked, kept with the board. */
const unlocked = new WeakMap<readonly Element[], readonly ElementId[]>()

/** What a draft moves: all that is not locked, if it says so, for then it does not name all. */
export const movedIds = (draft: Draft, { ordered }: Pick<BoardReader, 'ordered'>): readonly ElementId[] => {
  if (draft.type !== 'translate') return []
  if (!draft.all) return draft.ids
  const known = unlocked.get(ordered)
  if (known) return known
  const ids = ordered.filter(({ locked }) => !locked).map(({ id }) => id)
  unlocked.set(ordered, ids)
  return ids
}

const areMany = (ids: readonly ElementId[], board: ShiftedBoard): boolean => {
  if (ids.length > SHIFTED_FROM || board.frames.length === 0) return ids.length > SHIFTED_FROM
  let count = ids.length
  for (const id of ids) {
    const element = board.get(id)
    if (element && isFrame(element)) count += board.referrers(id).length
  }
  return count > SHIFTED_FROM
}

const hasArrived = ({ ids, from }: Translate, board: ShiftedBoard): boolean => {
  const position = ids[0] && board.get(ids[0])?.position
  return position !== undefined && from !== undefined && distance(position, from) > SAME_PLACE
}

/** Has frames take in and let go what they would on release; the ids of what that changes. */
const joined = (
  plan: Plan,
  delta: Vec,
  after: (id: ElementId) => Element | undefined,
  changed: Map<ElementId, Element>,
  board: ShiftedBoard,
  kinds: KindRegistry,
): readonly ElementId[] => {
  if (!plan.units) return []
  const moved: Element[] = []
  const add = (unit: Unit): void => {
    for (const { id, groups } of unit) {
      const element = after(id)
      if (element) moved.push({ ...element, groups })
    }
  }
  for (const unit of plan.units.always) add(unit)
  const back: Vec = [-delta[0], -delta[1]]
  const entering = new Set<number>()
  for (const frame of plan.units.stillFrames) {
    plan.units.places.query(shiftedBox(boundsOf(frame), back), (unit) => entering.add(unit))
  }
  for (const unit of entering) add(plan.units.others[unit] ?? [])
  for (const id of plan.followers) {
    const follower = changed.get(id)
    if (follower && plan.asked.has(id) && isElsewhere(follower, board))
      moved.push({ ...follower, groups: [] })
  }
  const view = { get: after, has: (id: ElementId) => changed.has(id) || plan.ids.has(id) }
  const patches = framingPlanOf(moved, view, board, kinds)
  for (const [id, patch] of patches) {
    const element = after(id) ?? board.get(id)
    if (element) changed.set(id, { ...element, ...patch })
  }
  return [...patches.keys()]
}

const plans = new WeakMap<readonly ElementId[], Plan>()

const planOf = (ids: readonly ElementId[], board: ShiftedBoard, kinds: KindRegistry): Plan => {
  const known = plans.get(ids)
  if (known?.ordered === board.ordered) return known
  const plan = makePlan(ids, board, kinds)
  plans.set(ids, plan)
  return plan
}

const makePlan = (ids: readonly ElementId[], board: ShiftedBoard, kinds: KindRegistry): Plan => {
  const named = new Set(ids)
  const moved = withCarried(ids, board)
  const known: Moved = { board, kinds, named, elements: moved }
  const held = new Set<ElementId>()
  const released = new Map<ElementId, Patch>()
  const referrers = new Set<ElementId>()
  const asked = new Set<ElementId>()
  for (const element of moved.values()) {
    const letsGo = named.has(element.id) ? releasedWithout(named, element, kinds) : NOTHING
    if (letsGo !== NOTHING) released.set(element.id, letsGo)
    if (isHeld(element, known, released)) held.add(element.id)
    const asks = named.has(element.id) && !isFrame(element)
    for (const id of board.referrers(element.id)) {
      if (moved.has(id)) continue
      referrers.add(id)
      if (asks) asked.add(id)
    }
  }
  const along = [...referrers].filter((id) => {
    const element = board.get(id)
    return element !== undefined && goesAlong(element, known, held)
  })
  const isAllNamed = named.size === moved.size && held.size + along.length === 0
  const shifted = isAllNamed ? named : new Set([...moved.keys(), ...along])
  for (const id of held) shifted.delete(id)
  return {
    ordered: board.ordered,
    ids: shifted,
    held: [...held],
    released,
    followers: [...referrers].filter((id) => !shifted.has(id)),
    asked,
    units:
      board.frames.length > 0
        ? makeUnits(
            ids,
            moved,
            held,
            along.filter((id) => asked.has(id)),
            board,
          )
        : null,
  }
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
  const always: Unit[] = []
  const others: Unit[] = []
  const places = createSpatialIndex()
  const movedFrames = board.frames.filter(({ id }) => moved.has(id))
  const staysInFrame = (element: Element): boolean => {
    const carrier = carrierOf(element, board)
    return carrier !== undefined && moved.has(carrier.id)
  }
  const put = (unit: Unit): void => {
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
