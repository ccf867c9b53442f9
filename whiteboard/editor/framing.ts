import { boundsOf } from '../geometry/transform.ts'
import type { BoardEdit, BoardStore } from '../model/board.ts'
import { isFrame } from '../model/derive.ts'
import type { Element, ElementId, Patch, Patches } from '../model/element.ts'
import type { KindRegistry } from '../model/kind.ts'
import { contentOf, framingPlan, takenBy } from '../model/plans/framing.ts'
import type { BoardSettings } from '../model/settings.ts'

export interface FramingOptions {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  /** What is typed into stays in its frame, however it grows. */
  readonly typing: ElementId | null
}

/**
 * An edit that keeps frames and what is in them together, whatever makes it: a frame that moves or goes takes its content
 * along, what comes to lie in a frame joins it, what is moved out leaves. What an edit itself says of `frame` stays so.
 * `settle` must be called at its end.
 */
export class FramingEdit implements BoardEdit {
  readonly #edit: BoardEdit
  readonly #options: FramingOptions
  /** New elements wait for the end, so that what follows is part of their making. */
  readonly #created = new Map<ElementId, Element>()
  /** Elements that change, as they will be; on a board without frames nobody asks. */
  readonly #after = new Map<ElementId, Element>()
  readonly #removed = new Set<ElementId>()
  /** Whose frame the edit itself has said. */
  readonly #settled = new Set<ElementId>()

  constructor(edit: BoardEdit, options: FramingOptions) {
    this.#edit = edit
    this.#options = options
    if (options.typing !== null && options.board.get(options.typing)) this.#settled.add(options.typing)
  }

  create(element: Element): void {
    if (!this.#options.board.get(element.id) || this.#removed.has(element.id)) {
      this.#created.set(element.id, element)
    }
  }

  update(id: ElementId, patch: Patch): void {
    if ('frame' in patch) this.#settled.add(id)
    const created = this.#created.get(id)
    if (created) {
      this.#created.set(id, { ...created, ...patch, id })
      return
    }
    if (this.#options.board.frames.length > 0) this.#note(id, patch)
    this.#edit.update(id, patch)
  }

  #note(id: ElementId, patch: Patch): void {
    const before = this.#after.get(id) ?? this.#options.board.get(id)
    if (before && !this.#removed.has(id)) this.#after.set(id, { ...before, ...patch, id })
  }

  remove(id: ElementId): void {
    this.#created.delete(id)
    this.#after.delete(id)
    this.#removed.add(id)
    this.#edit.remove(id)
  }

  configure(settings: Partial<BoardSettings>): void {
    this.#edit.configure(settings)
  }

  settle(): void {
    this.#removeContents()
    for (const [id, patch] of this.#plan()) {
      const created = this.#created.get(id)
      if (created) this.#created.set(id, { ...created, ...patch })
      else this.#edit.update(id, patch)
    }
    for (const element of this.#created.values()) this.#edit.create(element)
  }

  /** With a frame goes what it carries, unless the edit has put that elsewhere. */
  #removeContents(): void {
    const { board } = this.#options
    for (const frame of [...this.#removed]) {
      for (const { id } of contentOf(board, frame)) {
        const stays = this.#settled.has(id) && this.#after.get(id)?.frame !== frame
        if (!stays && !this.#removed.has(id)) this.remove(id)
      }
    }
  }

  #plan(): Patches {
    const { board, kinds } = this.#options
    const frames = board.frames.filter(({ id }) => !this.#removed.has(id))
    if (frames.length === 0) return new Map()
    const after = new Map([...this.#after, ...this.#created])
    const remaining = {
      get: (id: ElementId) => (this.#removed.has(id) ? undefined : board.get(id)),
      referrers: (id: ElementId) => board.referrers(id),
      frames,
    }
    const patches = new Map(framingPlan(after, remaining, kinds, this.#settled))
    for (const frame of this.#after.values()) {
      const before = board.get(frame.id)
      const isResized = before && (before.size[0] !== frame.size[0] || before.size[1] !== frame.size[1])
      if (!isFrame(frame) || !isResized) continue
      const bounds = boundsOf(frame)
      const candidates = board.query(bounds).filter(({ id }) => !after.has(id) && !this.#removed.has(id))
      for (const { id } of takenBy(bounds, candidates, remaining)) {
        patches.set(id, { ...patches.get(id), frame: frame.id })
      }
    }
    return patches
  }
}
