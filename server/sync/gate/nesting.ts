import { readContent } from './content.ts'
import type { KnownStructs, StructRun, Unit } from './scanned-update.ts'
import { CONTENT, GARBAGE, HAS_ORIGIN, HAS_PARENT_KEY, HAS_RIGHT_ORIGIN, readUnit } from './struct-bytes.ts'
import { UpdateReader } from './update-reader.ts'
import { UpdateRefusal } from './update-refusal.ts'

/** What an item says of where it goes: into a shared type, or beside a unit, wherever that is. Null for a root. */
interface Anchor extends Unit {
  readonly isBeside: boolean
}

/** Reads all of an item but its content; the reader stands behind the item's first byte. */
const readAnchor = (reader: UpdateReader, info: number): Anchor | null => {
  const origin = info & HAS_ORIGIN ? readUnit(reader) : null
  const beside = info & HAS_RIGHT_ORIGIN ? (origin ?? readUnit(reader)) : origin
  if (origin && info & HAS_RIGHT_ORIGIN) readUnit(reader)
  if (beside) return { ...beside, isBeside: true }
  const isRoot = reader.unsigned() === 1
  const parent = isRoot ? null : readUnit(reader)
  if (isRoot) reader.skipBytes()
  if (info & HAS_PARENT_KEY) reader.skipBytes()
  return parent && { ...parent, isBeside: false }
}

/** Where each struct of an update begins, by client: clock, position, clock, position... in the order of the clocks. */
type Beginnings = ReadonlyMap<number, readonly number[]>

const beginningsOf = (bytes: Uint8Array, runs: readonly StructRun[], depth: number): Beginnings => {
  const reader = new UpdateReader(bytes)
  const beginnings = new Map<number, number[]>()
  for (const { client, clock: first, structs, from } of runs) {
    const list = beginnings.get(client) ?? []
    beginnings.set(client, list)
    reader.position = from
    let clock = first
    for (let left = structs; left > 0; left--) {
      list.push(clock, reader.position)
      const info = reader.byte()
      const kind = info & CONTENT
      if (kind !== GARBAGE) readAnchor(reader, info)
      clock += kind === GARBAGE ? reader.unsigned() : readContent(reader, kind, depth)
    }
  }
  return beginnings
}

/** How many entries of a list, every `step`th of which counts, are not above a number; those rise. */
const countUpTo = (list: readonly number[], step: number, most: number): number => {
  let low = 0
  let high = list.length / step
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[step * middle] ?? 0) <= most) low = middle + 1
    else high = middle
  }
  return low
}

/** In how many shared types, one in the other, units lie. */
type Depths = Map<number, Map<number, number>>

/** In how many something lies that goes to this place, where the unit that it names lies in so many. */
const inside = ({ isBeside }: Anchor, depth: number): number => (isBeside ? depth : depth + 1)

const unitsOf = (depths: Depths, client: number): Map<number, number> => {
  const known = depths.get(client)
  if (known) return known
  const units = new Map<number, number>()
  depths.set(client, units)
  return units
}

/**
 * Sees to it that shared types are not nested too deeply. Yjs deletes and collects them by calling itself for each level, so
 * that removing some ten thousand would end in an error half-way, for the server and for everybody who has them.
 */
export class Nesting {
  private readonly reader: UpdateReader
  private readonly known: KnownStructs
  private readonly most: number
  /** Where the new types of the update are that are not right under a root: position by client and clock. */
  private readonly types = new Map<number, Map<number, number>>()
  /** The clocks of what is right under a root and says so, by client. */
  private readonly underRoots = new Map<number, number[]>()
  private rooted: { readonly client: number; readonly clocks: number[] } | null = null
  private readonly depths: Depths = new Map()
  private beginnings: Beginnings | null = null
  private runs: readonly StructRun[] = []

  /** @param most how many levels there may be */
  constructor(bytes: Uint8Array, known: KnownStructs, most: number) {
    this.reader = new UpdateReader(bytes)
    this.known = known
    this.most = most
  }

  /** Something is right under a root. To be called in the order of the structs. */
  underRoot(client: number, clock: number): void {
    if (this.rooted?.client !== client) {
      this.rooted = { client, clocks: [] }
      this.underRoots.set(client, this.rooted.clocks)
    }
    this.rooted.clocks.push(clock)
  }

  /** A new shared type that is not right under a root, and whose struct begins at `position`. */
  add(client: number, clock: number, position: number): void {
    unitsOf(this.types, client).set(clock, position)
  }

  /** @throws UpdateRefusal */
  finish(runs: readonly StructRun[]): void {
    this.runs = runs
    for (const units of this.types.values()) {
      for (const position of units.values()) this.check(this.anchorAt(position))
    }
  }

  /** Follows where a type goes up to a root, or to what is known; then all on the way is known. */
  private check(anchor: Anchor | null): void {
    const way: Anchor[] = []
    let next = anchor
    let found: number | null = null
    while (next) {
      found = this.depthOf(next)
      if (found !== null) break
      // Whoever goes round in a circle is refused elsewhere.
      unitsOf(this.depths, next.client).set(next.unit, 0)
      way.push(next)
      next = this.anchorOf(next)
    }
    let depth = next && found !== null ? inside(next, found) : 0
    for (const each of way.reverse()) {
      unitsOf(this.depths, each.client).set(each.unit, depth)
      depth = inside(each, depth)
    }
    if (depth >= this.most) throw new UpdateRefusal('malformed', 'shared types are nested too deeply')
  }

  private depthOf({ client, unit }: Unit): number | null {
    if (unit < this.known.clockOf(client)) return this.known.nestingOf(client, unit, this.most)
    return this.depths.get(client)?.get(unit) ?? null
  }

  /** Where a unit of the update goes. */
  private anchorOf({ client, unit, isBeside }: Anchor): Anchor | null {
    const position = this.types.get(client)?.get(unit)
    if (position !== undefined) return this.anchorAt(position)
    // A type that was not noted is right under a root. Where anything else goes is seldom asked for.
    if (!isBeside || this.isUnderRoot(client, unit)) return null
    this.beginnings ??= beginningsOf(this.reader.bytes, this.runs, this.most)
    const list = this.beginnings.get(client)
    return list ? this.anchorAt(list[2 * countUpTo(list, 2, unit) - 1] ?? 0) : null
  }

  private isUnderRoot(client: number, unit: number): boolean {
    const clocks = this.underRoots.get(client) ?? []
    return clocks[countUpTo(clocks, 1, unit) - 1] === unit
  }

  private anchorAt(position: number): Anchor | null {
    const { reader } = this
    reader.position = position
    const info = reader.byte()
    return (info & CONTENT) === GARBAGE ? null : readAnchor(reader, info)
  }
}
