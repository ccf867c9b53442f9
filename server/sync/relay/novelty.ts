import * as Y from 'yjs'
import type { ScannedUpdate, StructRun } from '../gate/scanned-update.ts'
import type { Novelty } from './update-join.ts'

type Store = Y.Doc['store']

/** Whether something of the range is not deleted yet. Of structs that are still to come everything counts as that. */
const deletesAnything = (store: Store, client: number, clock: number, end: number): boolean => {
  const structs = store.clients.get(client)
  if (!structs || end > Y.getState(store, client)) return true
  for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
    const struct = structs[index]
    if (!struct || struct.id.clock >= end) return false
    if (!struct.deleted) return true
  }
  return false
}

/** Those of the ranges that delete something; the same array when all do. */
const newDeletes = (store: Store, deletes: readonly number[]): readonly number[] => {
  const isNew = (index: number): boolean =>
    deletesAnything(
      store,
      deletes[index] as number,
      deletes[index + 1] as number,
      deletes[index + 2] as number,
    )
  let old = 0
  while (old < deletes.length && isNew(old)) old += 3
  if (old === deletes.length) return deletes
  const fresh = deletes.slice(0, old)
  for (let index = old + 3; index < deletes.length; index += 3) {
    if (isNew(index)) fresh.push(...deletes.slice(index, index + 3))
  }
  return fresh
}

/** Those of the runs that are new; null where one overlaps with what is there: it would have to be cut inside a struct. */
const newRuns = (store: Store, runs: readonly StructRun[]): readonly StructRun[] | null => {
  const isNew = ({ client, clock }: StructRun): boolean => clock === Y.getState(store, client)
  let fresh = 0
  for (const run of runs) {
    if (isNew(run)) fresh++
    else if (run.end > Y.getState(store, run.client)) return null
  }
  return fresh === runs.length ? runs : runs.filter(isNew)
}

/**
 * What an admitted update adds to a document that it has not been applied to yet; null when that is nothing. Clients that
 * reconnect send all that was ever deleted, and nobody needs to hear of that again.
 */
export const noveltyOf = (store: Store, update: Uint8Array, scanned: ScannedUpdate): Novelty | null => {
  const runs = newRuns(store, scanned.runs)
  const deletes = newDeletes(store, scanned.deletes)
  if (runs?.length === 0 && deletes.length === 0) return null
  return { update, isAll: runs === scanned.runs && deletes === scanned.deletes, runs, deletes }
}
