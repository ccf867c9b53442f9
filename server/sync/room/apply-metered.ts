import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { finished } from '../../../whiteboard/model/slices.ts'
import { applyUpdate } from '../../../whiteboard/model/updates/apply-parts.ts'
import { deletionsOnly } from '../../../whiteboard/model/updates/split-update.ts'
import { layoutOf } from '../../../whiteboard/model/updates/update-layout.ts'
import { partsOf, type UpdatePart } from '../../../whiteboard/model/updates/update-parts.ts'
import type { ScannedUpdate } from '../gate/scanned-update.ts'

/** Whether the work on somebody's update, of which so many structs are applied, takes far longer than it may. */
export type IsSpent = (structs: number) => boolean

/** Updates with fewer structs are applied whole. */
const MANY = 100

/** Structs of the first part, and of any at least and at most. They grow while they are quick. */
const FIRST = 64
const LEAST = 4
const MOST = 1024
const PART_BYTES = 256 * 1024

/** Milliseconds that a part is to take, so that time is looked at often, and not more often than that. */
const QUICK = 2
const SLOW = 8

/** How many structs the next part may have, by what the last one took. */
export const nextSize = (structs: number, took: number): number => {
  if (took > SLOW) return Math.max(LEAST, structs >> 2)
  return took < QUICK ? Math.min(MOST, structs * 2) : structs
}

export const isMetered = ({ runs }: ScannedUpdate): boolean =>
  runs.reduce((sum, { structs }) => sum + structs, 0) > MANY

/** What the update deletes of its own that is applied: a key's several values must not stay without that (S98). */
const ownDeletions = (
  { store }: Y.Doc,
  { deletes }: ScannedUpdate,
  before: ReadonlyMap<number, number>,
): Uint8Array => {
  const ranges: [client: number, clock: number, length: number][] = []
  for (let index = 0; index < deletes.length; index += 3) {
    const [client = 0, from = 0, to = 0] = deletes.slice(index, index + 3)
    const clock = Math.max(from, before.get(client) ?? 0)
    const length = Math.min(to, Y.getState(store, client)) - clock
    if (length > 0) ranges.push([client, clock, length])
  }
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 0)
    encoding.writeVarUint(encoder, ranges.length)
    for (const [client, clock, length] of ranges) {
      for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number)
    }
  })
}

/** Applies part by part. Whether all could be put in order; null when the time was spent before. */
const applyWhile = (
  doc: Y.Doc,
  parts: Iterator<UpdatePart, boolean>,
  limit: { structs: number },
  isSpent: IsSpent,
): boolean | null => {
  let structs = 0
  let part = parts.next()
  for (; !part.done; part = parts.next()) {
    const start = performance.now()
    applyUpdate(doc, part.value.encode(), null)
    structs += part.value.structs
    if (isSpent(structs)) return null
    limit.structs = nextSize(limit.structs, performance.now() - start)
  }
  return part.value
}

/**
 * Applies an update that the gate admitted, its structs part by part, for as long as that does not take far too long. Some
 * updates that are sound in all they say take Yjs quadratic time: it looks through all that stands where an item goes.
 *
 * @returns null when all is applied; otherwise what is, as an update
 */
export const applyMetered = (
  doc: Y.Doc,
  update: Uint8Array,
  scanned: ScannedUpdate,
  isSpent: IsSpent,
): Uint8Array | null => {
  const before = Y.encodeStateVector(doc)
  const { sections, deletions } = finished(layoutOf(update))
  const limit = { structs: FIRST, bytes: PART_BYTES }
  const parts = partsOf(sections, (client, clock) => clock < Y.getState(doc.store, client), limit)
  // One edit to those who watch, however many parts.
  const isWhole = doc.transact(() => {
    const isComplete = applyWhile(doc, parts, limit, isSpent)
    // What could not be put in order is left to Yjs.
    if (isComplete !== null) applyUpdate(doc, isComplete ? deletionsOnly(deletions) : update, null)
    else applyUpdate(doc, ownDeletions(doc, scanned, Y.decodeStateVector(before)), null)
    return isComplete !== null
  })
  return isWhole ? null : Y.encodeStateAsUpdate(doc, before)
}
