import { createElementId, isId } from '../../model/identifiers.ts'
import { withRenamedData } from './own-data.ts'
import { boundIdsOf } from './restore.ts'
import type { Foreign } from './types.ts'
import { listOf, recordOf, stringOf } from './values.ts'
import { groupIdOf } from './write.ts'

type Renamed = ReadonlyMap<string, string>

const renamedId = (value: unknown, renamed: Renamed): unknown =>
  typeof value === 'string' ? (renamed.get(value) ?? value) : value

const renamedBinding = (value: unknown, renamed: Renamed): unknown => {
  const binding = recordOf(value)
  return renamed.has(String(binding.elementId))
    ? { ...binding, elementId: renamedId(binding.elementId, renamed) }
    : value
}

const renamedBound = (entry: unknown, renamed: Renamed): unknown =>
  renamed.has(String(recordOf(entry).id))
    ? { ...recordOf(entry), id: renamedId(recordOf(entry).id, renamed) }
    : entry

/** An element with all that it names by other names; the same object where nothing is renamed. */
const withRenamed = (element: Foreign, renamed: Renamed): Foreign => {
  const changes: Record<string, unknown> = {}
  for (const key of ['containerId', 'frameId']) {
    if (key in element) changes[key] = renamedId(element[key], renamed)
  }
  for (const key of ['startBinding', 'endBinding']) {
    if (key in element) changes[key] = renamedBinding(element[key], renamed)
  }
  if (Array.isArray(element.boundElements)) {
    changes.boundElements = element.boundElements.map((entry) => renamedBound(entry, renamed))
  }
  for (const key of ['boundElementIds', 'groupIds']) {
    if (Array.isArray(element[key])) changes[key] = listOf(element[key]).map((id) => renamedId(id, renamed))
  }
  return withRenamedData({ ...element, ...changes }, (id) => renamedId(id, renamed))
}

/** Groups of a file that a board has already must not flow together with them. */
const renamedGroups = (
  elements: readonly Foreign[],
  isTaken: (id: string) => boolean,
): Map<string, string> => {
  const renamed = new Map<string, string>()
  for (const group of new Set(elements.flatMap(({ groupIds }) => listOf(groupIds)))) {
    if (typeof group === 'string' && isTaken(group)) renamed.set(group, createElementId())
  }
  return renamed
}

/**
 * Gives every element an id that can serve as one and that nothing else has, neither in the file nor on the board. What
 * names a renamed element follows; of several with one id the first keeps it.
 */
export const withSoundIds = (
  elements: readonly Foreign[],
  isTaken: (id: string) => boolean,
): readonly Foreign[] => {
  const given = new Set<string>()
  const renamed = renamedGroups(elements, isTaken)
  const ids = elements.map((element) => {
    const id = stringOf(element.id)
    const isSound = isId(id) && !isTaken(id) && !given.has(id)
    const sound = isSound ? id : createElementId()
    if (id !== null && !given.has(id) && !isSound) {
      renamed.set(id, sound)
      renamed.set(groupIdOf(id), groupIdOf(sound))
    }
    if (id !== null) given.add(id)
    given.add(sound)
    return sound
  })
  return elements.map((element, index) => {
    const followed = renamed.size === 0 ? element : withRenamed(element, renamed)
    return followed.id === ids[index] ? followed : { ...followed, id: ids[index] }
  })
}

/** What `boundElements` names that is not in the file. */
export const danglingIds = (element: Foreign, known: ReadonlySet<string>): readonly string[] =>
  boundIdsOf(element).filter((id) => !known.has(id))
