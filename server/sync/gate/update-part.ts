import * as encoding from 'lib0/encoding'
import type { Limits } from '../limits.ts'
import { isForeign, type Known } from './gate.ts'
import { type IntegrationOrder, integrationOrder } from './integration-order.ts'
import type { ScannedUpdate, StructRun } from './scanned-update.ts'
import { scanUpdate } from './update-scan.ts'

/** What of a run can be integrated: so many structs, up to there in the bytes. */
interface Share {
  readonly run: StructRun
  readonly structs: number
  readonly to: number
}

const shareOf = (run: StructRun, index: number, order: IntegrationOrder): Share | null => {
  const stuck = order.stuckAt(run.client)
  if (!stuck || stuck.run > index) return { run, structs: run.structs, to: run.to }
  return stuck.run === index && stuck.struct > 0 ? { run, structs: stuck.struct, to: stuck.at } : null
}

/** Of each client at most one: a second one with new structs would leave a gap behind the first. */
const sharesOf = (
  { runs }: ScannedUpdate,
  takes: (run: StructRun) => boolean,
  order: IntegrationOrder,
  known: Known,
): Share[] => {
  const shares = new Map<number, Share>()
  for (const [index, run] of runs.entries()) {
    if (!takes(run) || run.end <= known.clockOf(run.client) || shares.has(run.client)) continue
    const share = shareOf(run, index, order)
    if (share) shares.set(run.client, share)
  }
  return [...shares.values()]
}

/** The ranges of a list of clients, clocks and ends. */
function* rangesOf(list: readonly number[]): Generator<readonly [client: number, from: number, to: number]> {
  for (let index = 0; index < list.length; index += 3) {
    const [client = 0, from = 0, to = 0] = list.slice(index, index + 3)
    yield [client, from, to]
  }
}

/**
 * Whoever has these structs already, as they were, has to hear that they are deleted: what is new here need not be there.
 */
const goneIn = (
  shares: readonly Share[],
  { gone }: ScannedUpdate,
  order: IntegrationOrder,
  known: Known,
): Map<number, (readonly [clock: number, length: number])[]> => {
  const starts = new Map(
    shares.map(({ run }) => [run.client, Math.max(run.clock, known.clockOf(run.client))]),
  )
  const found = new Map<number, (readonly [clock: number, length: number])[]>()
  for (const [client, from, to] of rangesOf(gone)) {
    const clock = Math.max(from, starts.get(client) ?? to)
    const length = Math.min(to, order.reached(client)) - clock
    if (length <= 0) continue
    const ranges = found.get(client) ?? []
    found.set(client, ranges)
    ranges.push([clock, length])
  }
  return found
}

const encode = (
  update: Uint8Array,
  shares: readonly Share[],
  deletes: ReadonlyMap<number, readonly (readonly [clock: number, length: number])[]>,
): Uint8Array =>
  encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, shares.length)
    for (const { run, structs, to } of shares) {
      encoding.writeVarUint(encoder, structs)
      encoding.writeVarUint(encoder, run.client)
      encoding.writeVarUint(encoder, run.clock)
      encoding.writeUint8Array(encoder, update.subarray(run.from, to))
    }
    encoding.writeVarUint(encoder, deletes.size)
    for (const [client, ranges] of deletes) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const range of ranges) for (const number of range) encoding.writeVarUint(encoder, number)
    }
  })

/** Whose runs end early although some of what can be integrated of them is deleted by what it is. */
const brokenOff = (
  { runs, gone }: ScannedUpdate,
  takes: (run: StructRun) => boolean,
  order: IntegrationOrder,
  known: Known,
): Set<number> => {
  const broken = new Set<number>()
  for (const run of runs) if (takes(run) && order.stuckAt(run.client)) broken.add(run.client)
  const replaced = new Set<number>()
  for (const [client, from, to] of rangesOf(gone)) {
    const comes = Math.min(to, order.reached(client)) > Math.max(from, known.clockOf(client))
    if (comes && broken.has(client)) replaced.add(client)
  }
  return replaced
}

/** How often clients may be left out anew: honest updates need one or two rounds. */
const ROUNDS = 8

/**
 * What of an update the gate would admit when it does not admit all: without new structs under other people's ids, what
 * builds on those or on what is unknown, and without deletions of what is in use: who wrote a field anew deletes what was
 * there, and what takes its place may be among what is left out. Null when nothing is left.
 *
 * An honest client's answer to "what have you got" may hold what others wrote and this server lost, or has not got yet.
 *
 * @param isPatient whether to take nothing of a client whose structs end early and hold replaced ones, since what replaced
 * them may still come
 */
export const admissiblePart = (
  update: Uint8Array,
  known: Known,
  author: string,
  limits: Limits,
  isPatient: boolean,
): Uint8Array | null => {
  const scanned = scanUpdate(update, known, limits)
  const left = new Set<number>()
  for (const run of scanned.runs) if (isForeign(run, known, author)) left.add(run.client)
  const takes = ({ client }: StructRun): boolean => !left.has(client)
  for (let round = 0; round < ROUNDS; round++) {
    const order = integrationOrder(scanned, takes, known.clockOf, limits.updateLooks)
    const broken = isPatient ? brokenOff(scanned, takes, order, known) : new Set<number>()
    if (broken.size === 0) {
      const shares = sharesOf(scanned, takes, order, known)
      return shares.length > 0 ? encode(update, shares, goneIn(shares, scanned, order, known)) : null
    }
    for (const client of broken) left.add(client)
  }
  return null
}
