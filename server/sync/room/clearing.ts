import type * as Y from 'yjs'
import { ELEMENTS } from '../../../whiteboard/model/document.ts'
import type { Limits } from '../limits.ts'

/** Somebody removed most of a board in one go. */
export interface Clearing {
  readonly boardId: string
  /** The newest log entry that was on disk before: up to there the board is as it was. */
  readonly seq: number
}

/** How many elements a document holds; of large ones that is a walk of a few milliseconds. */
export const countElements = (doc: Y.Doc): number => doc.getMap(ELEMENTS).size

/**
 * Calls `onCleared` in each transaction that leaves a document with at most half of its elements, if those that went are
 * `limits.clearing` or more.
 */
export const watchClearing = (doc: Y.Doc, limits: Limits, onCleared: () => void): void => {
  const elements = doc.getMap(ELEMENTS)
  elements.observe(({ keysChanged }: Y.YMapEvent<unknown>) => {
    if (keysChanged.size < limits.clearing) return
    let removed = 0
    for (const key of keysChanged) if (!elements.has(key)) removed++
    if (removed >= limits.clearing && removed >= elements.size) onCleared()
  })
}
