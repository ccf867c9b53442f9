import { type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, GroupId } from '../element.ts'
import { isPlainObject, SHARED_KEYS } from '../heal.ts'
import { createElementId, createGroupId, isId } from '../identifiers.ts'
import { compareOrder, keysBetween, type Ordered } from '../order.ts'

/**
 * Copies of elements, moved by `delta` board units and above all on the board: new ids, their groups remade among the
 * copies (groups from `within` outwards are kept: copying inside a group stays inside), references from one copied
 * element to another pointing to the copy, others given up. A copy stays in the frame of its original, or goes with the
 * frame's copy. The answer has the sequence of `elements`.
 */
export const duplicatePlan = (
  elements: readonly Element[],
  ordered: readonly Ordered[],
  delta: Vec,
  within: GroupId | null = null,
): Element[] => {
  const ids = new Map(elements.map(({ id }) => [id, createElementId()]))
  const groups = new Map<GroupId, GroupId>()
  const keys = keysBetween(ordered.at(-1)?.order ?? null, null, elements.length)
  const orders = new Map([...elements].sort(compareOrder).map(({ id }, index) => [id, keys[index]]))
  return elements.map((element) => ({
    ...element,
    ...referencesOf(element, ids),
    id: ids.get(element.id) ?? createElementId(),
    order: orders.get(element.id) ?? element.order,
    groups: copiedGroups(element.groups, groups, within),
    frame: element.frame === null ? null : (ids.get(element.frame) ?? element.frame),
    position: worldPoint(element.position[0] + delta[0], element.position[1] + delta[1]),
  }))
}

const copiedGroups = (
  groups: readonly GroupId[],
  copies: Map<GroupId, GroupId>,
  within: GroupId | null,
): readonly GroupId[] => {
  const kept = within === null ? -1 : groups.indexOf(within)
  const inner = kept === -1 ? groups.length : kept
  return groups.map((group, index) => {
    if (index >= inner) return group
    const copy = copies.get(group) ?? createGroupId()
    copies.set(group, copy)
    return copy
  })
}

/** Fields of the form `{element: id, ...}`, as bound ends of arrows have: null where the element was not copied too. */
const referencesOf = (
  element: Element,
  ids: ReadonlyMap<ElementId, ElementId>,
): Readonly<Record<string, unknown>> => {
  const references: Record<string, unknown> = {}
  for (const key of Object.keys(element)) {
    const value = SHARED_KEYS.has(key) ? undefined : element[key]
    if (!isPlainObject(value) || !isId(value.element)) continue
    const copy = ids.get(value.element as ElementId)
    references[key] = copy === undefined ? null : { ...value, element: copy }
  }
  return references
}
