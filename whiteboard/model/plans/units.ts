import { unionAll } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import type { Element, ElementId, GroupId, Patch, Patches } from '../element.ts'
import { translatePlan } from './translate.ts'

/** What is arranged as one: an element that stands for itself, or all that is selected of a group. */
export interface Unit {
  readonly elements: readonly Element[]
  readonly box: Box
  /** Whether it is a group. */
  readonly grouped: boolean
}

/** The outermost group of an element inside the one that is being worked in; null when it stands for itself. */
export const outermostGroup = ({ groups }: Element, within: GroupId | null): GroupId | null => {
  const level = within === null ? -1 : groups.indexOf(within)
  if (level === -1) return groups.at(-1) ?? null
  return level > 0 ? (groups[level - 1] ?? null) : null
}

/** Elements as units, in the sequence in which they first occur; a frame's content counts with its frame. */
export const unitsFrom = (elements: readonly Element[], within: GroupId | null = null): readonly Unit[] => {
  const ids = new Set(elements.map(({ id }) => id))
  const units = new Map<string, Element[]>()
  for (const element of elements) {
    const carried = element.frame !== null && ids.has(element.frame)
    const key = carried ? `#${element.frame}` : keyOf(element, within)
    const unit = units.get(key)
    if (unit) unit.push(element)
    else units.set(key, [element])
  }
  return [...units].map(([key, members]) => ({
    elements: members,
    box: boxOf(members, ids),
    grouped: key.startsWith(GROUP),
  }))
}

/** Whether they are at least so many units; quick for many, since nearly always the first few are enough. */
export const hasUnits = (elements: readonly Element[], least: number, within: GroupId | null): boolean => {
  const keys = new Set<string>()
  for (const element of elements) {
    if (element.frame === null) keys.add(keyOf(element, within))
    if (keys.size >= least) return true
  }
  return unitsFrom(elements, within).length >= least
}

const GROUP = 'group '

const keyOf = (element: Element, within: GroupId | null): string => {
  const group = outermostGroup(element, within)
  return group === null ? `#${element.id}` : GROUP + group
}

/** What a frame carries does not make it larger. */
const boxOf = (members: readonly Element[], ids: ReadonlySet<ElementId>): Box => {
  const own = members.filter(({ frame }) => frame === null || !ids.has(frame))
  return unionAll((own.length > 0 ? own : members).map(boundsOf)) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
}

/** The patches that move each unit by its own way. */
export const moveUnits = (units: readonly Unit[], way: (unit: Unit, index: number) => Vec): Patches => {
  const patches = new Map<ElementId, Patch>()
  units.forEach((unit, index) => {
    for (const [id, patch] of translatePlan(unit.elements, way(unit, index))) patches.set(id, patch)
  })
  return patches
}
