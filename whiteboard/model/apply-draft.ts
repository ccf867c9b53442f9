import { type Vec, worldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { BoardReader } from './board.ts'
import { deriveElement, referencesOf } from './derive.ts'
import type { Draft } from './draft.ts'
import type { Element, ElementId, Patch } from './element.ts'
import type { KindRegistry } from './kind.ts'
import { healElement } from './parse-element.ts'
import { contentOf, framingPlan } from './plans/framing.ts'

/** Board units within which a place is the same: drafts travel rounded. */
const SAME_PLACE = 0.01

type DraftedBoard = Pick<BoardReader, 'get' | 'referrers' | 'frames'>

/** What drafts make of a board, without touching it. */
export interface AppliedDraft {
  /** The elements that look different from the board's, or are not on it yet. */
  readonly changed: ReadonlyMap<ElementId, Element>
  /** Elements of the board that will be gone. */
  readonly erasing: ReadonlySet<ElementId>
}

/**
 * What unfinished gestures make of the board: give own and peers' together, those that win last. Elements that are gone
 * are passed over. What follows changed elements changes with them, and so do frames and what is in them. With `heal`
 * every result is healed, as it must be for drafts that came over the wire; then an element that nothing can be made of
 * is left as it is on the board.
 */
export const applyDrafts = (
  drafts: Iterable<Draft | null>,
  board: DraftedBoard,
  kinds: KindRegistry,
  { heal = false } = {},
): AppliedDraft => {
  const changed = new Map<ElementId, Element>()
  const erasing = new Set<ElementId>()
  const put = (element: Element): void => {
    const healed = heal ? healElement(element, kinds) : element
    if (healed) changed.set(element.id, healed)
  }
  const patch = (id: ElementId, change: (element: Element) => Patch): void => {
    const element = changed.get(id) ?? board.get(id)
    if (element) put({ ...element, ...change(element), id })
  }
  const hasLeft: Effects['hasLeft'] = (id, place) => {
    const position = id && board.get(id)?.position
    if (!position || !place) return false
    return distance(position, place) > SAME_PLACE
  }
  const erase = (id: ElementId): void => {
    if (!board.get(id)) return
    erasing.add(id)
    for (const { id: carried } of contentOf(board, id)) erasing.add(carried)
  }
  for (const draft of drafts) {
    if (draft) applyOne(draft, { hasLeft, put, patch, erase })
  }
  for (const [id, change] of framingPlan(changed, board, kinds)) {
    const element = changed.get(id) ?? board.get(id)
    if (element) changed.set(id, { ...element, ...change })
  }
  deriveFollowers(changed, board, kinds)
  return { changed, erasing }
}

/** Derives what is changed and what refers to it, as if the drafts were on the board. */
const deriveFollowers = (
  changed: Map<ElementId, Element>,
  board: DraftedBoard,
  kinds: KindRegistry,
): void => {
  const lookup = (id: ElementId): Element | undefined => changed.get(id) ?? board.get(id)
  const stale = new Set<ElementId>()
  for (const [id, element] of changed) {
    if (element.clip || referencesOf(element, kinds).length > 0) stale.add(id)
    for (const referrer of board.referrers(id)) stale.add(referrer)
  }
  for (const id of stale) {
    const element = lookup(id)
    const derived = element && deriveElement(element, lookup, kinds)
    if (derived && derived !== element) changed.set(id, derived)
  }
}

export const applyDraft = (
  draft: Draft | null,
  board: DraftedBoard,
  kinds: KindRegistry,
  options: { heal?: boolean } = {},
): AppliedDraft => applyDrafts([draft], board, kinds, options)

interface Effects {
  /** Whether the element does not stand at this place any more. */
  hasLeft(id: ElementId | undefined, place: Vec | undefined): boolean
  put(element: Element): void
  patch(id: ElementId, change: (element: Element) => Patch): void
  erase(id: ElementId): void
}

const applyOne = (draft: Draft, effects: Effects): void => {
  switch (draft.type) {
    case 'translate': {
      const [x, y] = draft.delta
      if (effects.hasLeft(draft.ids[0], draft.from)) break
      for (const id of draft.ids) {
        effects.patch(id, ({ position }) => ({ position: worldPoint(position[0] + x, position[1] + y) }))
      }
      break
    }
    case 'change':
      for (const [id, patch] of draft.patches) effects.patch(id, () => patch)
      break
    case 'create':
      for (const element of draft.elements) effects.put(element)
      break
    case 'erase':
      for (const id of draft.ids) effects.erase(id)
      break
  }
}
