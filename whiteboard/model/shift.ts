import { boundsOf } from '../geometry/transform.ts'
import type { Vec } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, isFrame } from './derive.ts'
import type { Draft } from './draft.ts'
import type { Element, ElementId } from './element.ts'
import type { KindRegistry } from './kind.ts'
import { framingPlanOf, isElsewhere } from './plans/framing.ts'
import { planOf, SAME_PLACE, type ShiftedBoard, type ShiftPlan, type ShiftUnit } from './shift-plan.ts'
import { shiftedBox, shiftedElement } from './shifted.ts'

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

/** Up to so many elements a move is told one by one, what frames carry included. */
const SHIFTED_FROM = 60

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
  plan: ShiftPlan,
  delta: Vec,
  after: (id: ElementId) => Element | undefined,
  changed: Map<ElementId, Element>,
  board: ShiftedBoard,
  kinds: KindRegistry,
): readonly ElementId[] => {
  if (!plan.units) return []
  const moved: Element[] = []
  const add = (unit: ShiftUnit): void => {
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
