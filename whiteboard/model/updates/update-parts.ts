import * as encoding from 'lib0/encoding'
import type { Need, Section } from './update-layout.ts'

/** Whether the receiver has a unit already, from elsewhere than the sections to be divided. */
export type Has = (client: number, clock: number) => boolean

/** How large a part may become before it ends; looked at anew for each struct. One struct is never divided. */
export interface PartLimit {
  readonly structs: number
  readonly bytes: number
}

/** One client's sections in the order of their clocks, and how far they were taken. */
class Lane {
  readonly client: number
  private readonly sections: readonly Section[]
  /** The clock up to which all is taken. */
  reached = 0
  /** Whether it is being taken from, or waits for another lane. */
  isInTurn = false
  private section = 0
  private struct = 0
  /** The next of the current section's needs to look at. */
  private need = 0

  constructor(client: number, sections: readonly Section[]) {
    this.client = client
    this.sections = sections
  }

  /** The next struct; null when none is left. */
  get next(): Struct | null {
    const section = this.sections[this.section]
    return section ? new Struct(section, this.struct) : null
  }

  /** The next struct is taken, or there already. */
  pass(struct: Struct): void {
    this.reached = Math.max(this.reached, struct.end)
    this.struct++
    if (!struct.isLast) return
    this.section++
    this.struct = 0
    this.need = 0
  }

  /** What the next struct builds on and is not there. */
  missing(isThere: Has): Need | null {
    const needs = this.sections[this.section]?.needs ?? []
    for (let need = needs[this.need]; need && need.struct <= this.struct; need = needs[this.need]) {
      if (need.struct === this.struct && !isThere(need.client, need.clock)) return need
      this.need++
    }
    return null
  }
}

/** A struct of a section. */
class Struct {
  readonly section: Section
  private readonly index: number

  constructor(section: Section, index: number) {
    this.section = section
    this.index = index
  }

  get clock(): number {
    return this.section.clocks[this.index] ?? 0
  }

  /** The clock that follows. */
  get end(): number {
    return this.section.clocks[this.index + 1] ?? 0
  }

  /** Where its bytes begin, and where they end. */
  get range(): readonly [number, number] {
    const { offsets } = this.section
    return [offsets[this.index] ?? 0, offsets[this.index + 1] ?? 0]
  }

  get isLast(): boolean {
    return this.index + 2 >= this.section.offsets.length
  }
}

/** Structs of one client within a part: runs of bytes, clocks without a gap. */
interface Share {
  readonly clock: number
  end: number
  structs: number
  readonly runs: { readonly bytes: Uint8Array; readonly start: number; end: number }[]
}

/** Structs that may be applied together, as many of a few clients as follow each other. */
export class UpdatePart {
  structs = 0
  bytes = 0
  private readonly shares = new Map<number, Share>()

  /** Whether a struct with this clock may follow those that are here of its client. */
  takes(client: number, clock: number): boolean {
    const share = this.shares.get(client)
    return !share || share.end === clock
  }

  add({ section, clock, end: next, range: [start, end] }: Struct): void {
    const { client, bytes } = section
    const share = this.shares.get(client) ?? { clock, end: clock, structs: 0, runs: [] }
    this.shares.set(client, share)
    const last = share.runs.at(-1)
    if (last?.bytes === bytes && last.end === start) last.end = end
    else share.runs.push({ bytes, start, end })
    share.end = next
    share.structs++
    this.structs++
    this.bytes += end - start
  }

  /** As an update (v1) without deletions. */
  encode(): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, this.shares.size)
      for (const [client, { clock, structs, runs }] of this.shares) {
        encoding.writeVarUint(encoder, structs)
        encoding.writeVarUint(encoder, client)
        encoding.writeVarUint(encoder, clock)
        for (const { bytes, start, end } of runs) {
          encoding.writeUint8Array(encoder, bytes.subarray(start, end))
        }
      }
      encoding.writeVarUint(encoder, 0)
    })
  }
}

export const byClient = (sections: readonly Section[]): Map<number, Section[]> => {
  const groups = new Map<number, Section[]>()
  for (const section of sections) {
    const group = groups.get(section.client)
    if (group) group.push(section)
    else groups.set(section.client, [section])
  }
  return groups
}

const firstClock = ({ clocks }: Section): number => clocks[0] ?? 0

const lanesOf = (sections: readonly Section[]): Map<number, Lane> => {
  const lanes = new Map<number, Lane>()
  for (const [client, group] of byClient(sections)) {
    lanes.set(
      client,
      new Lane(
        client,
        group.sort((a, b) => firstClock(a) - firstClock(b)),
      ),
    )
  }
  return lanes
}

/** A lane being taken from, or waiting for the one above it; done with when it has come past `until`. */
interface Turn {
  readonly lane: Lane
  readonly until: number
}

const begin = (turns: Turn[], lane: Lane, until: number): void => {
  lane.isInTurn = true
  turns.push({ lane, until })
}

class Division {
  private readonly lanes: ReadonlyMap<number, Lane>
  private readonly has: Has

  constructor(sections: readonly Section[], has: Has) {
    this.lanes = lanesOf(sections)
    this.has = has
  }

  /** The structs in an order in which each comes after what it builds on; false at the end when some were left. */
  *structs(): Generator<Struct, boolean> {
    for (const lane of this.lanes.values()) {
      const turns: Turn[] = []
      begin(turns, lane, Number.POSITIVE_INFINITY)
      while (turns.length > 0) {
        const taken = this.step(turns)
        if (taken === 'stuck') return false
        if (taken) yield taken
      }
    }
    return true
  }

  /** Takes the next struct in the topmost turn, or ends that, or gives the turn to the lane that it waits for. */
  private step(turns: Turn[]): Struct | 'stuck' | null {
    const turn = turns.at(-1)
    const struct = turn?.lane.next
    if (!turn || !struct || turn.lane.reached > turn.until) {
      turns.pop()
      if (turn) turn.lane.isInTurn = false
      return null
    }
    const { lane } = turn
    if (struct.end <= lane.reached || this.has(lane.client, struct.end - 1)) {
      lane.pass(struct)
      return null
    }
    const isGap = struct.clock > lane.reached && !this.has(lane.client, struct.clock - 1)
    if (isGap) return 'stuck'
    const need = lane.missing(this.isThere)
    if (!need) {
      lane.pass(struct)
      return struct
    }
    const other = this.lanes.get(need.client)
    if (!other?.next || other.isInTurn) return 'stuck'
    begin(turns, other, need.clock)
    return null
  }

  private readonly isThere: Has = (client, clock) =>
    clock < (this.lanes.get(client)?.reached ?? 0) || this.has(client, clock)
}

/**
 * Divides the structs of updates into updates (without deletions) that may be applied one after the other, each building
 * only on those before it and on what the receiver has; what it has is left out. The answer is false when something was
 * left because what it builds on is nowhere: then the parts so far are good, but not all.
 */
export function* partsOf(
  sections: readonly Section[],
  has: Has,
  limit: PartLimit,
): Generator<UpdatePart, boolean> {
  let part = new UpdatePart()
  const structs = new Division(sections, has).structs()
  let next = structs.next()
  for (; !next.done; next = structs.next()) {
    const struct = next.value
    const isFull = part.structs >= limit.structs || part.bytes >= limit.bytes
    if (isFull || !part.takes(struct.section.client, struct.clock)) {
      yield part
      part = new UpdatePart()
    }
    part.add(struct)
  }
  if (part.structs > 0) yield part
  return next.value
}
