import { type AppliedDraft, applyDraft, applyDrafts } from '../model/apply-draft.ts'
import type { BoardReader } from '../model/board.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { Shift, ShiftedDraft } from '../model/shift.ts'
import { shiftedElement } from '../model/shifted.ts'
import type { Scene } from './contract.ts'
import { shifting } from './late-shifting.ts'

/** What is shown otherwise than it is on the board. */
export interface Drafted extends AppliedDraft {
  /** Ids of elements of the board that are shown live: no tiles have them. */
  readonly hidden: ReadonlySet<ElementId>
  /** What is shown elsewhere as a whole; some of it may be hidden. */
  readonly shift: Shift | null
}

export const NOTHING_DRAFTED: Drafted = {
  changed: new Map(),
  erasing: new Set(),
  hidden: new Set(),
  shift: null,
}

/** An element as it is shown. */
export const shownElement = (drafted: Drafted, board: BoardReader, id: ElementId): Element | undefined => {
  const changed = drafted.changed.get(id)
  if (changed) return changed
  const element = board.get(id)
  const { shift } = drafted
  return element && shift?.ids.has(id) ? shiftedElement(element, shift.delta) : element
}

/** How much is left of what is about to be erased. */
const ERASING_OPACITY = 0.25

/** Something that tiles leave out, as it is shown. */
export const liveElement = (drafted: Drafted, board: BoardReader, id: ElementId): Element | undefined => {
  const element = drafted.changed.get(id) ?? board.get(id)
  if (element === undefined || !drafted.erasing.has(id)) return element
  return { ...element, opacity: element.opacity * ERASING_OPACITY }
}

/** The draft's elements, drafts of peers healed first, and what is typed into. */
export const draftedElements = (scene: Scene, board: BoardReader, kinds: KindRegistry): Drafted => {
  const theirs = scene.peers.map((peer) => peer.draft).filter((draft) => draft !== null)
  if (theirs.length === 0 && scene.draft === null && scene.editing === null) return NOTHING_DRAFTED
  const shifted = shiftedOf(scene.draft, theirs, board, kinds)
  const rest = theirs.filter((draft) => draft !== shifted?.draft && isTold(draft))
  const peers = withShifted(applyDrafts(rest, board, kinds, { heal: true }), shifted)
  const own = shifted?.draft === scene.draft ? null : scene.draft
  const { changed: ownChanged, erasing: ownErasing } = ownDrafted(own, peers, board, kinds)
  const changed = new Map([...peers.changed, ...ownChanged])
  const erasing = new Set([...peers.erasing, ...ownErasing])
  const hidden = new Set([...changed.keys(), ...erasing])
  if (scene.editing !== null) hidden.add(scene.editing)
  return { changed, erasing, hidden, shift: shifted?.shift ?? null }
}

/** Whether it says all that it moves; of one that does not, a part moving alone is not shown. */
const isTold = (draft: Draft): boolean => draft.type !== 'translate' || !draft.all || shifting.here !== null

interface ChosenShift extends ShiftedDraft {
  readonly draft: Draft
}

/** One draft at a time is shown as a shift: this person's, or else the first of the peers' that can be. */
const shiftedOf = (
  own: Draft | null,
  theirs: readonly Draft[],
  board: BoardReader,
  kinds: KindRegistry,
): ChosenShift | null => {
  const code = shifting.here
  if (!code) return null
  const { movedIds, shiftedDraft } = code
  const ownShifted = shiftedDraft(own, board, kinds)
  if (own && ownShifted) return { ...ownShifted, draft: own }
  for (const draft of theirs) {
    const shifted = shiftedDraft(draft, board, kinds, movedIds(draft, board))
    if (shifted) return { ...shifted, draft }
  }
  return null
}

const ownDrafted = (
  draft: Draft | null,
  peers: AppliedDraft,
  board: BoardReader,
  kinds: KindRegistry,
): AppliedDraft => {
  const get = (id: ElementId): Element | undefined => peers.changed.get(id) ?? board.get(id)
  const frames = board.frames.map((frame) => peers.changed.get(frame.id) ?? frame)
  return applyDraft(draft, { get, referrers: (id) => board.referrers(id), frames }, kinds)
}

/** With what is shifted; what peers change of that is moved as they show it. */
const withShifted = (peers: AppliedDraft, shifted: ShiftedDraft | null): AppliedDraft => {
  if (!shifted) return peers
  const { shift, changed: own } = shifted
  const changed = new Map(own)
  for (const [id, element] of peers.changed) {
    if (own.has(id)) continue
    changed.set(id, shift.ids.has(id) ? shiftedElement(element, shift.delta) : element)
  }
  return { changed, erasing: peers.erasing }
}

/** Whether two scenes have the same drafts, peers' included, so that what follows from them is the same. */
export const sameDrafts = (a: Scene, b: Scene): boolean => {
  if (a.draft !== b.draft || a.editing !== b.editing) return false
  if (a.peers === b.peers) return true
  const drafts = (scene: Scene): (Draft | null)[] => scene.peers.map((peer) => peer.draft).filter(Boolean)
  const [before, after] = [drafts(a), drafts(b)]
  return before.length === after.length && before.every((draft, index) => draft === after[index])
}
