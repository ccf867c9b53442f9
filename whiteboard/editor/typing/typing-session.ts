import type { WorldPoint } from '../../geometry/types.ts'
import type { BoardEdit, BoardStore, SharedText, TextDelta } from '../../model/board.ts'
import type { Element, ElementId } from '../../model/element.ts'
import type { KindRegistry } from '../../model/kind.ts'
import type { TextMeasurer } from '../../model/surface.ts'
import { shiftedIndex, type TextChange, textChange } from './text-change.ts'

export interface TypingOptions {
  readonly board: BoardStore
  readonly kinds: KindRegistry
  readonly measure: () => TextMeasurer
  /** An element on the board, or one that comes onto it with its first letter. */
  readonly element: Element
  /** Where somebody pointed to begin: the caret goes there. Null selects all that is written. */
  readonly at?: WorldPoint | null
  /** One transaction of this person. */
  readonly transact: (edit: (edit: BoardEdit) => void) => void
  /** The pending element came onto the board. */
  readonly onCreated: (id: ElementId) => void
}

/** What changed under the input: how it must read now, and where its places have gone. */
export interface OutsideChange {
  readonly value: string
  shift(index: number): number
}

/**
 * Typing into one element's shared text. What the input contains goes to the text as the smallest change; what others
 * (and undo) do to the text comes back. While an input method composes, nothing crosses in either direction.
 */
export class TypingSession {
  readonly id: ElementId
  /** Where the caret is wanted first; null for all selected. */
  readonly at: WorldPoint | null
  readonly #options: TypingOptions
  readonly #text: SharedText
  readonly #endObserving: () => void
  #pending: Element | null
  #value: string
  #writing = false
  /** What others did while an input method composes; null when none does. */
  #heldBack: TextDelta[] | null = null
  #listener: ((change: OutsideChange) => void) | null = null

  constructor(options: TypingOptions) {
    const { board, element } = options
    this.id = element.id
    this.at = options.at ?? null
    this.#options = options
    this.#pending = board.get(element.id) ? null : element
    this.#text = board.text(element.id)
    this.#value = this.#text.toString()
    this.#endObserving = this.#text.observe((delta) => this.#onTextChange(delta))
  }

  /** What the input shows when nothing is being composed. */
  get value(): string {
    return this.#value
  }

  /** The element as it stands, on the board or not yet; undefined when somebody deleted it. */
  get element(): Element | undefined {
    return this.#pending ?? this.#options.board.get(this.id)
  }

  onOutsideChange(listener: (change: OutsideChange) => void): void {
    this.#listener = listener
  }

  /** The input reads `value` now, with its caret at `caret`. */
  write(value: string, caret: number): void {
    if (this.#heldBack) return
    const change = textChange(this.#value, value, caret)
    if (change) this.#apply(change)
  }

  beginComposition(): void {
    this.#heldBack ??= []
  }

  /** The composed text enters the shared one at the place where it was typed, wherever that has moved since. */
  endComposition(value: string, caret: number): void {
    const deltas = this.#heldBack ?? []
    this.#heldBack = null
    const change = textChange(this.#value, value, caret)
    const shift = (index: number): number => deltas.reduce(shiftedIndex, index)
    this.#value = this.#text.toString()
    if (change) {
      const index = shift(change.index)
      this.#apply({ ...change, index, remove: shift(change.index + change.remove) - index })
    }
    if (deltas.length === 0) return
    const typedAt = change?.index ?? value.length
    const shiftInInput = (index: number): number =>
      shift(Math.min(index, typedAt)) + Math.max(0, index - typedAt)
    this.#listener?.({ value: this.#value, shift: shiftInInput })
  }

  /**
   * Ends typing. An element that is nothing without its text is removed when none is left. With `write` false (the
   * right to edit was taken away) nothing is written any more.
   */
  finish(write: boolean): void {
    this.#endObserving()
    this.#listener = null
    const element = this.#options.board.get(this.id)
    if (!element || !write) return
    const kind = this.#options.kinds.get(element.type)
    const empty = kind.needsText === true && element.text.trim() === ''
    const patch = kind.fitted?.(element, this.#options.measure()) ?? {}
    this.#options.transact((edit) => {
      if (empty) edit.remove(this.id)
      else edit.update(this.id, patch)
    })
  }

  #apply(change: TextChange): void {
    const before = this.#value
    const value = before.slice(0, change.index) + change.insert + before.slice(change.index + change.remove)
    const { element } = this
    if (!element) return
    this.#value = value
    const next: Element = { ...element, text: value }
    const fitted = this.#options.kinds.get(next.type).fitted?.(next, this.#options.measure()) ?? {}
    const pending = this.#pending
    this.#pending = null
    this.#writing = true
    try {
      this.#options.transact((edit) => {
        if (pending) return edit.create({ ...next, ...fitted })
        if (change.remove > 0) this.#text.delete(change.index, change.remove)
        if (change.insert !== '') this.#text.insert(change.index, change.insert)
        edit.update(this.id, fitted)
      })
    } finally {
      this.#writing = false
    }
    if (pending) this.#options.onCreated(this.id)
  }

  #onTextChange(delta: TextDelta): void {
    if (this.#writing) return
    if (this.#heldBack) {
      this.#heldBack.push(delta)
      return
    }
    this.#value = this.#text.toString()
    this.#listener?.({ value: this.#value, shift: (index) => shiftedIndex(index, delta) })
  }
}
