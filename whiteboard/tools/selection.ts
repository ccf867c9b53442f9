import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId, GroupId } from '../model/element.ts'
import { elementsOf } from '../model/picked.ts'
import { outermostGroup } from '../model/plans/units.ts'

/** The part of the editor that group-aware selecting needs. */
export interface SelectionContext {
  readonly board: BoardReader
  readonly focusedGroup: GroupId | null
}

/** The ids that a click on this element selects: all of its outermost group, or of the next one in an entered group; or itself. */
export const unitOf = (element: Element, context: SelectionContext): ElementId[] => {
  const group = outermostGroup(element, context.focusedGroup)
  if (group === null) return [element.id]
  return context.board.ordered.filter(({ groups }) => groups.includes(group)).map(({ id }) => id)
}

/** The same for several, without repeating, and in one look at the board however many groups they are in. */
export const unitsOf = (elements: readonly Element[], context: SelectionContext): Set<ElementId> => {
  const ids = new Set<ElementId>()
  const groups = new Set<GroupId>()
  for (const element of elements) {
    const group = outermostGroup(element, context.focusedGroup)
    if (group === null) ids.add(element.id)
    else groups.add(group)
  }
  if (groups.size === 0) return ids
  for (const element of context.board.ordered) {
    if (element.groups.some((group) => groups.has(group))) ids.add(element.id)
  }
  return ids
}

/** What of a list may be changed, kept with the list. */
const unlocked = new WeakMap<readonly Element[], readonly Element[]>()

/** Those of them that may be changed: the same array for as long as the board stays the same. */
export const unlockedOf = (board: BoardReader, ids: ReadonlySet<ElementId>): readonly Element[] => {
  const elements = elementsOf(board, ids)
  const known = unlocked.get(elements)
  if (known) return known
  const free = elements.some(({ locked }) => locked) ? elements.filter(({ locked }) => !locked) : elements
  unlocked.set(elements, free)
  return free
}

/** Height of the rows, in board units, in which elements count as standing beside each other. */
const READING_ROW = 40

/** Elements as a reader meets them: by rows from the top, in a row from the left. */
export const readingOrder = (elements: readonly Element[]): Element[] => {
  const row = (element: Element): number =>
    Math.round((element.position[1] + element.size[1] / 2) / READING_ROW)
  return [...elements].sort(
    (a, b) => row(a) - row(b) || a.position[0] - b.position[0] || (a.id < b.id ? -1 : 1),
  )
}
