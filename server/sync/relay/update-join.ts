import type { StructRun } from '../gate/scanned-update.ts'

/** What an update adds to a document that it is applied to. */
export interface Novelty {
  /** The update that it is a part of, or all of. */
  readonly update: Uint8Array
  readonly isAll: boolean
  /** What it inserts; null when that overlaps with what was there before, and nothing less than the whole update will do. */
  readonly runs: readonly StructRun[] | null
  /** What it deletes: client, clock, end, client, clock, end... */
  readonly deletes: readonly number[]
}

interface JoinedRun {
  readonly clock: number
  end: number
  structs: number
  /** Where its pieces lie in the arena: from, to, from, to... */
  readonly pieces: number[]
  bytes: number
}

const FIRST_ARENA = 256
/** A number takes up to eight bytes, and a run has three before its structs. */
const LONGEST_NUMBER = 8

/** Writes into bytes that are known to suffice. */
class Writer {
  readonly bytes: Uint8Array
  position: number

  constructor(bytes: Uint8Array, position: number) {
    this.bytes = bytes
    this.position = position
  }

  unsigned(value: number): void {
    let rest = value
    while (rest > 127) {
      this.bytes[this.position++] = 128 | (rest % 128)
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.position++] = rest
  }

  copy(source: Uint8Array, from: number, to: number): void {
    // Setting a view up costs more than copying a few bytes one by one.
    if (to - from > 64) {
      this.bytes.set(source.subarray(from, to), this.position)
      this.position += to - from
    } else {
      for (let index = from; index < to; index++) this.bytes[this.position++] = source[index] as number
    }
  }
}

/**
 * Several updates (Yjs v1) as one, joined without decoding what they hold: v1 writes each struct without regard to those
 * before it, so structs of one client that continue each other are put together byte by byte, and deletions are ranges.
 * Takes only what is new to the document, in the order in which it came in, and keeps no view of the bytes it is given.
 */
export class UpdateJoin {
  private readonly runs = new Map<number, JoinedRun>()
  /** Of each client: from, to, from, to... */
  private readonly deletes = new Map<number, number[]>()
  private arena = new Uint8Array(FIRST_ARENA)
  private used = 0
  private ranges = 0

  get isEmpty(): boolean {
    return this.runs.size === 0 && this.deletes.size === 0
  }

  /** About how many bytes it comes to, and no fewer. */
  get size(): number {
    return this.used + LONGEST_NUMBER * (2 + 3 * this.runs.size + 2 * this.deletes.size + 2 * this.ranges)
  }

  /** Whether it has structs of this client. */
  has(client: number): boolean {
    return this.runs.has(client)
  }

  /** The first clock that it has of each client. */
  firsts(): { readonly client: number; readonly clock: number }[] {
    return [...this.runs].map(([client, { clock }]) => ({ client, clock }))
  }

  /** Whether the structs of each client continue those that are there already. */
  fits({ runs }: Novelty): boolean {
    if (runs === null) return false
    for (const { client, clock } of runs) {
      const known = this.runs.get(client)
      if (known && known.end !== clock) return false
    }
    return true
  }

  /** Takes in what fits. */
  add({ update, runs, deletes }: Novelty): void {
    for (const run of runs ?? []) this.addStructs(run, update)
    for (let index = 0; index < deletes.length; index += 3) {
      this.addDelete(deletes[index] as number, deletes[index + 1] as number, deletes[index + 2] as number)
    }
  }

  private addStructs(run: StructRun, update: Uint8Array): void {
    const known = this.runs.get(run.client)
    const from = this.used
    this.keep(update, run.from, run.to)
    if (!known) {
      const { clock, end, structs } = run
      this.runs.set(run.client, { clock, end, structs, pieces: [from, this.used], bytes: run.to - run.from })
      return
    }
    known.end = run.end
    known.structs += run.structs
    known.bytes += run.to - run.from
    const { pieces } = known
    if (pieces[pieces.length - 1] === from) pieces[pieces.length - 1] = this.used
    else pieces.push(from, this.used)
  }

  private addDelete(client: number, clock: number, end: number): void {
    const ranges = this.deletes.get(client)
    if (!ranges) {
      this.deletes.set(client, [clock, end])
      this.ranges++
    } else if (ranges[ranges.length - 1] === clock) {
      ranges[ranges.length - 1] = end
    } else {
      ranges.push(clock, end)
      this.ranges++
    }
  }

  /** How many clients it has structs of. */
  get clients(): number {
    return this.runs.size
  }

  writeStructs(writer: Writer): void {
    for (const [client, { clock, structs, pieces }] of this.runs) {
      writer.unsigned(structs)
      writer.unsigned(client)
      writer.unsigned(clock)
      for (let index = 0; index < pieces.length; index += 2) {
        writer.copy(this.arena, pieces[index] as number, pieces[index + 1] as number)
      }
    }
  }

  get deletions(): ReadonlyMap<number, readonly number[]> {
    return this.deletes
  }

  private keep(bytes: Uint8Array, from: number, to: number): void {
    const needed = this.used + to - from
    if (needed > this.arena.length) {
      const larger = new Uint8Array(Math.max(2 * this.arena.length, needed))
      larger.set(this.arena.subarray(0, this.used))
      this.arena = larger
    }
    const writer = new Writer(this.arena, this.used)
    writer.copy(bytes, from, to)
    this.used = needed
  }
}

const allDeletions = (joins: readonly UpdateJoin[]): ReadonlyMap<number, readonly number[]> => {
  const [only] = joins
  if (only && joins.length === 1) return only.deletions
  const all = new Map<number, readonly number[]>()
  for (const { deletions } of joins) {
    for (const [client, ranges] of deletions) {
      const known = all.get(client)
      all.set(client, known ? known.concat(ranges) : ranges)
    }
  }
  return all
}

/**
 * Yjs relies on deletions being in the order of their clocks, and none lying over another, where it has to keep them until
 * their structs come; it misplaces them otherwise.
 */
const ordered = (ranges: readonly number[]): readonly number[] => {
  for (let index = 2; index < ranges.length; index += 2) {
    if ((ranges[index] as number) < (ranges[index - 1] as number)) return apart(ranges)
  }
  return ranges
}

const apart = (ranges: readonly number[]): readonly number[] => {
  const pairs = Array.from({ length: ranges.length / 2 }, (_, index) =>
    ranges.slice(2 * index, 2 * index + 2),
  ).sort(([a = 0], [b = 0]) => a - b)
  const merged: number[] = []
  for (const [clock = 0, end = 0] of pairs) {
    const reached = merged.at(-1)
    if (reached === undefined || clock > reached) merged.push(clock, end)
    else merged[merged.length - 1] = Math.max(reached, end)
  }
  return merged
}

/**
 * The joins as one update; no two of them may have structs of the same client. `room` bytes are left free before it.
 */
export const encodeJoins = (joins: readonly UpdateJoin[], room = 0): Uint8Array => {
  const bound = joins.reduce((sum, { size }) => sum + size, room)
  // Not from the pool, of which it would keep more than its own bytes.
  const writer = new Writer(new Uint8Array(Buffer.allocUnsafeSlow(bound).buffer), room)
  writer.unsigned(joins.reduce((sum, { clients }) => sum + clients, 0))
  for (const join of joins) join.writeStructs(writer)
  const deletions = allDeletions(joins)
  writer.unsigned(deletions.size)
  for (const [client, unordered] of deletions) {
    const ranges = ordered(unordered)
    writer.unsigned(client)
    writer.unsigned(ranges.length / 2)
    for (let index = 0; index < ranges.length; index += 2) {
      const clock = ranges[index] as number
      writer.unsigned(clock)
      writer.unsigned((ranges[index + 1] as number) - clock)
    }
  }
  return writer.bytes.subarray(0, writer.position)
}
