import { finished } from '../slices.ts'
import { layoutOf, type Section, type UpdateLayout } from './update-layout.ts'
import { byClient, type Has, partsOf } from './update-parts.ts'

const readLayout = (update: Uint8Array): UpdateLayout | null => {
  try {
    return finished(layoutOf(update))
  } catch {
    return null
  }
}

/** What is not in the update is taken to be with the receiver. */
const allBut = (sections: readonly Section[]): Has => {
  const groups = byClient(sections)
  return (client, clock) =>
    !groups
      .get(client)
      ?.some(({ clocks }) => clock >= (clocks[0] ?? 0) && clock < (clocks[clocks.length - 1] ?? 0))
}

/** An update that only deletes. */
export const deletionsOnly = (deletions: Uint8Array): Uint8Array => {
  const update = new Uint8Array(deletions.length + 1)
  update.set(deletions, 1)
  return update
}

/**
 * Divides an update (v1) into updates of about `limit` bytes that may be applied one after the other, so that a day of
 * offline work fits through a server's frame limit. Deletions come with the last one. An update that is small enough, or
 * cannot be divided, comes back as it is.
 */
export const splitUpdate = (update: Uint8Array, limit: number): Uint8Array[] => {
  if (update.length <= limit) return [update]
  const layout = readLayout(update)
  if (!layout) return [update]
  const { sections, deletions } = layout
  const parts: Uint8Array[] = []
  const dividing = partsOf(sections, allBut(sections), { structs: Number.POSITIVE_INFINITY, bytes: limit })
  let step = dividing.next()
  for (; !step.done; step = dividing.next()) parts.push(step.value.encode())
  return step.value ? [...parts, deletionsOnly(deletions)] : [update]
}
