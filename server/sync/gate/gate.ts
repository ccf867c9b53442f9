import type { Limits } from '../limits.ts'
import { integrationOrder } from './integration-order.ts'
import type { ClockOf, KnownStructs, ScannedUpdate, StructRun } from './scanned-update.ts'
import { UpdateRefusal } from './update-refusal.ts'
import { scanUpdate } from './update-scan.ts'

/** What the gate asks about a document. */
export interface Known extends KnownStructs {
  /** Whose a client id is, by person; undefined while it is nobody's. */
  ownerOf(client: number): string | undefined
}

/** An update that applies completely. */
export interface Admitted {
  readonly type: 'admitted'
  readonly update: ScannedUpdate
  /** The client ids that are the author's from now on: those with new structs that had no owner. */
  readonly claims: readonly number[]
}

export type GateVerdict =
  | Admitted
  /** It builds on structs that are unknown here: applying it would leave Yjs with pending parts. */
  | { readonly type: 'gap' }
  /** It deletes units that do not exist yet, so they would be gone as soon as somebody makes them. */
  | { readonly type: 'early-delete' }
  /** It holds new structs under a client id that is another person's. */
  | { readonly type: 'foreign' }
  | { readonly type: 'malformed' | 'too-large'; readonly detail: string }

/** Why an update was not admitted as a whole, though its bytes are sound. */
export type Incomplete = Extract<GateVerdict['type'], 'gap' | 'early-delete' | 'foreign'>

const none: readonly number[] = []

const isNew = ({ client, end }: StructRun, known: Known): boolean => end > known.clockOf(client)

/** Whether it has new structs under an id of somebody else. */
export const isForeign = (run: StructRun, known: Known, author: string): boolean => {
  const owner = known.ownerOf(run.client)
  return owner !== undefined && owner !== author && isNew(run, known)
}

const claimsOf = ({ runs }: ScannedUpdate, known: Known, limits: Limits): readonly number[] => {
  let claims: number[] | null = null
  for (const run of runs) {
    if (known.ownerOf(run.client) !== undefined || !isNew(run, known)) continue
    if (claims === null) claims = [run.client]
    else if (claims[claims.length - 1] !== run.client) claims.push(run.client)
  }
  if (claims && claims.length > limits.updateClients) {
    throw new UpdateRefusal('too-large', 'too many new client ids')
  }
  return claims ?? none
}

const countNewClocks = ({ runs }: ScannedUpdate, known: Known): number => {
  let count = 0
  for (const { client, clock, end } of runs)
    count += Math.max(0, end - Math.max(clock, known.clockOf(client)))
  return count
}

const deletesBeyond = ({ deletes }: ScannedUpdate, reached: ClockOf): boolean => {
  for (let index = 0; index < deletes.length; index += 3) {
    if ((deletes[index + 2] ?? 0) > reached(deletes[index] ?? 0)) return true
  }
  return false
}

const everyRun = (): boolean => true

const judge = (update: ScannedUpdate, known: Known, author: string, limits: Limits): GateVerdict => {
  if (countNewClocks(update, known) > limits.updateClocks) {
    return { type: 'too-large', detail: 'too many new clocks' }
  }
  if (update.runs.some((run) => isForeign(run, known, author))) return { type: 'foreign' }
  // Most updates build on nothing but what the document has, and delete nothing that they bring themselves.
  if (update.needs.length > 0 || deletesBeyond(update, known.clockOf)) {
    const order = integrationOrder(update, everyRun, known.clockOf, limits.updateLooks)
    if (!order.isComplete) return { type: 'gap' }
    if (deletesBeyond(update, (client) => order.reached(client))) return { type: 'early-delete' }
  }
  return { type: 'admitted', update, claims: claimsOf(update, known, limits) }
}

/**
 * Decides on an update before Yjs sees it. An admitted one applies completely: afterwards Yjs holds no pending structs and
 * no pending deletes, so nobody can delete or claim what another person has not typed yet.
 *
 * @param author whose update it is, by person
 */
export const examineUpdate = (
  update: Uint8Array,
  known: Known,
  author: string,
  limits: Limits,
): GateVerdict => {
  try {
    return judge(scanUpdate(update, known, limits), known, author, limits)
  } catch (error) {
    if (error instanceof UpdateRefusal) return { type: error.reason, detail: error.message }
    return { type: 'malformed', detail: error instanceof Error ? error.message : 'unreadable' }
  }
}
