import { type AppliedDraft, applyDraft, applyDrafts } from '../model/apply-draft.ts'
import type { BoardReader } from '../model/board.ts'
import type { Draft } from '../model/draft.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import type { Scene } from './contract.ts'

/** What is shown live instead of in tiles. */
export interface Drafted extends AppliedDraft {
  /** Ids of elements of the board that tiles leave out. */
  readonly hidden: ReadonlySet<ElementId>
}

export const NOTHING_DRAFTED: Drafted = { changed: new Map(), erasing: new Set(), hidden: new Set() }

/** The draft's elements, drafts of peers healed first, and what is typed into. */
export const draftedElements = (scene: Scene, board: BoardReader, kinds: KindRegistry): Drafted => {
  const theirs = scene.peers.map((peer) => peer.draft).filter((draft) => draft !== null)
  if (theirs.length === 0 && scene.draft === null && scene.editing === null) return NOTHING_DRAFTED
  const peers = applyDrafts(theirs, board, kinds, { heal: true })
  const get = (id: ElementId): Element | undefined => peers.changed.get(id) ?? board.get(id)
  const frames = board.frames.map((frame) => peers.changed.get(frame.id) ?? frame)
  const own = applyDraft(scene.draft, { get, referrers: (id) => board.referrers(id), frames }, kinds)
  const changed = new Map([...peers.changed, ...own.changed])
  const erasing = new Set([...peers.erasing, ...own.erasing])
  const hidden = new Set([...changed.keys(), ...erasing])
  if (scene.editing !== null) hidden.add(scene.editing)
  return { changed, erasing, hidden }
}

/** Whether two scenes have the same drafts, peers' included, so that what follows from them is the same. */
export const sameDrafts = (a: Scene, b: Scene): boolean => {
  if (a.draft !== b.draft || a.editing !== b.editing) return false
  if (a.peers === b.peers) return true
  const drafts = (scene: Scene): (Draft | null)[] => scene.peers.map((peer) => peer.draft).filter(Boolean)
  const [before, after] = [drafts(a), drafts(b)]
  return before.length === after.length && before.every((draft, index) => draft === after[index])
}
