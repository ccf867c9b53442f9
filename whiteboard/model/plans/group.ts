import type { Element, ElementId, GroupId, Patch, Patches } from '../element.ts'
import { createGroupId } from '../identifiers.ts'

/** How many of an element's groups lie inside `within`, the group that is being worked in; all for null. */
const depthIn = (groups: readonly GroupId[], within: GroupId | null): number => {
  const index = within === null ? -1 : groups.indexOf(within)
  return index === -1 ? groups.length : index
}

/** Puts elements into one new group, inside the group that is being worked in and round the groups they already form. */
export const groupPlan = (
  elements: readonly Element[],
  within: GroupId | null = null,
  group: GroupId = createGroupId(),
): Patches => {
  const patches = new Map<ElementId, Patch>()
  for (const { id, groups } of elements) {
    const depth = depthIn(groups, within)
    patches.set(id, { groups: [...groups.slice(0, depth), group, ...groups.slice(depth)] })
  }
  return patches
}

/** Takes away the outermost groups of elements inside the one that is being worked in; inner groups stay. */
export const ungroupPlan = (elements: readonly Element[], within: GroupId | null = null): Patches => {
  const patches = new Map<ElementId, Patch>()
  for (const { id, groups } of elements) {
    const depth = depthIn(groups, within)
    if (depth > 0) patches.set(id, { groups: groups.toSpliced(depth - 1, 1) })
  }
  return patches
}
