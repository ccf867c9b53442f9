import { boundsOf } from '../geometry/transform.ts'
import type { ElementId } from '../model/element.ts'
import { findPlan } from '../model/plans/find.ts'
import { readingOrder } from '../tools/selection.ts'
import type { EditorCore } from './core.ts'
import { bringIntoView } from './showing.ts'

/** Searches everything on the board and highlights what was found. */
export const findOnBoard = (core: EditorCore, query: string): readonly ElementId[] => {
  const found = readingOrder(findPlan(core.board.ordered, query)).map(({ id }) => id)
  const current = core.highlights?.current ?? null
  const stays = current !== null && found.includes(current)
  core.setHighlights(found.length === 0 ? null : { found, current: stays ? current : null })
  return found
}

/** Marks one of what was found; the view moves only if it does not show it yet. */
export const showFound = (core: EditorCore, id: ElementId): void => {
  const element = core.board.get(id)
  if (!element || !core.highlights) return
  core.setHighlights({ ...core.highlights, current: id })
  bringIntoView(core, boundsOf(element), Math.max(1, core.camera.camera.zoom))
}
