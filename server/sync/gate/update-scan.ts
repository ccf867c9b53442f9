import type { Limits } from '../limits.ts'
import { readContent } from './content.ts'
import { FirstValues } from './first-values.ts'
import { Nesting } from './nesting.ts'
import { Placing } from './placing.ts'
import type { KnownStructs, Need, Parent, ScannedUpdate, StructRun, Unit } from './scanned-update.ts'
import {
  ANY,
  CONTENT,
  DELETED,
  GARBAGE,
  HAS_ORIGIN,
  HAS_PARENT_KEY,
  HAS_RIGHT_ORIGIN,
  SHARED_TYPE,
  SKIP,
} from './struct-bytes.ts'
import { addRange } from './unit-ranges.ts'
import { UpdateReader } from './update-reader.ts'
import { UpdateRefusal } from './update-refusal.ts'

/** Of updates with fewer structs it is not counted what these cut: it costs what it costs once. */
const FEW_STRUCTS = 64

/** So many bytes at least are a value of a key with the map that it is in. */
const SHORTEST_VALUE = 5

/** A unit that will never be. */
const NEVER = Number.MAX_SAFE_INTEGER

const malformed = (detail: string): UpdateRefusal => new UpdateRefusal('malformed', detail)

const always = (): boolean => true

/** Tells of each of so many client ids whether it is the first time that it is asked about; most updates have but one. */
const eachOnce = (count: number): ((client: number) => boolean) => {
  if (count <= 1) return always
  const clients = new Set<number>()
  return (client) => clients.size < clients.add(client).size
}

class Scan implements ScannedUpdate {
  readonly runs: StructRun[] = []
  readonly deletes: number[] = []
  readonly gone: number[] = []
  readonly needs: Need[] = []
  private readonly reader: UpdateReader
  private readonly known: KnownStructs
  private readonly limits: Limits
  /** Whose structs are being read, and how far the clocks of that client reach so far. */
  private client = 0
  private reached = 0
  /** The struct that is being read: its clock, where it begins, and its number in the run. */
  private clock = 0
  private at = 0
  private struct = 0
  private overlapsLeft: number
  private readonly placing: Placing
  /** Null while nothing new is right under a root, nor any new shared type. */
  private nesting: Nesting | null = null
  /** Null where the update is too short to hold too many. */
  private readonly firsts: FirstValues | null
  /** About how many values more Yjs may copy to cut what is there. */
  private cutsLeft: number
  private isLong = false
  /** The longest piece of a list in the update itself. */
  private longestList = 1

  constructor(update: Uint8Array, known: KnownStructs, limits: Limits) {
    this.reader = new UpdateReader(update)
    this.known = known
    this.placing = new Placing(this.reader, known, this.gone)
    const most = update.length / SHORTEST_VALUE
    this.firsts = most > limits.firstValues ? new FirstValues(limits.firstValues) : null
    this.limits = limits
    this.cutsLeft = limits.updateCuts
    this.overlapsLeft = limits.updateOverlaps
  }

  run(): ScannedUpdate {
    this.readSections()
    this.readDeletes()
    if (!this.reader.isAtEnd) throw malformed('bytes after the update')
    this.placing.finish(this.deletes)
    this.nesting?.finish(this.runs)
    return this
  }

  private readSections(): void {
    const { reader, limits } = this
    const bytesAllow = limits.updateStructsAlways + Math.floor(reader.bytes.length / limits.updateStructBytes)
    let left = Math.min(limits.updateStructs, bytesAllow)
    const count = reader.unsigned()
    const isOnce = eachOnce(count)
    for (let section = 0; section < count; section++) {
      const structs = reader.unsigned()
      left -= structs
      if (left < 0) throw new UpdateRefusal('too-large', 'too many structs')
      this.isLong ||= structs > FEW_STRUCTS || section > FEW_STRUCTS
      this.client = reader.unsigned()
      if (!isOnce(this.client)) throw malformed('client appears twice')
      this.clock = reader.unsigned()
      this.readSection(structs)
    }
  }

  private readSection(structs: number): void {
    const { client, reader } = this
    let { clock } = this
    this.reached = this.known.clockOf(client)
    this.placing.begin(client, clock, this.reached)
    let from = reader.position
    this.struct = 0
    for (let left = structs; left > 0; left--) {
      this.at = reader.position
      const info = reader.byte()
      if (info !== SKIP) this.readStruct(info)
      else {
        this.endRun(clock, from, this.at)
        this.clock += this.length()
        clock = this.clock
        from = reader.position
      }
    }
    this.endRun(clock, from, reader.position)
  }

  private endRun(clock: number, from: number, to: number): void {
    if (this.struct === 0) return
    this.runs.push({ client: this.client, clock, end: this.clock, structs: this.struct, from, to })
    this.struct = 0
  }

  private readStruct(info: number): void {
    if (this.clock > this.reached) this.need(this.client, this.clock - 1)
    const end = this.clock + this.structLength(info)
    if ((info & CONTENT) === GARBAGE || (info & CONTENT) === DELETED) {
      addRange(this.gone, this.client, this.clock, end)
    }
    if (this.clock < this.reached && this.reached < end) this.readOverlap(info)
    this.clock = end
    this.reached = Math.max(this.reached, end)
    this.struct++
  }

  /** Yjs continues an item that the document has the beginning of, and cannot where that is garbage. */
  private readOverlap(info: number): void {
    const isItem = (info & CONTENT) !== GARBAGE
    if (isItem && this.known.endsInGarbage(this.client)) this.need(this.client, NEVER)
  }

  /** The length of a struct in clocks. */
  private structLength(info: number): number {
    const kind = info & CONTENT
    if (kind === GARBAGE) return this.length()
    const from = this.reader.position
    if (info & HAS_ORIGIN) this.cut(this.dependency(), 1)
    if (info & HAS_RIGHT_ORIGIN) this.cut(this.dependency(), 0)
    const isBeside = (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) !== 0
    const isUnderRoot = !isBeside && this.parent((info & HAS_PARENT_KEY) !== 0)
    const length = readContent(this.reader, kind, this.limits.contentDepth)
    if (isUnderRoot || kind === SHARED_TYPE) this.nest(isUnderRoot)
    if (kind === ANY) this.longestList = Math.max(this.longestList, length)
    if (length === 0) throw malformed('empty struct')
    this.placing.place(info, this.clock, length, from)
    return length
  }

  private nest(isUnderRoot: boolean): void {
    const { client, clock, known, limits, reader } = this
    if (clock < this.reached) return
    this.nesting ??= new Nesting(reader.bytes, known, limits.contentDepth)
    if (isUnderRoot) this.nesting.underRoot(client, clock)
    else this.nesting.add(client, clock, this.at)
  }

  private length(): number {
    const length = this.reader.unsigned()
    if (length === 0) throw malformed('empty struct')
    return length
  }

  /** Yjs cuts what a struct is to stand beside, behind or before the unit. Pieces of lists it copies each time. */
  private cut({ client, unit }: Unit, after: number): void {
    if (!this.isLong) return
    if (unit < this.known.clockOf(client)) this.spend(this.known.cutCost(client, unit + after))
    else if (this.longestList > 1) this.spend(this.longestList)
  }

  private spend(cost: number): void {
    this.cutsLeft -= cost
    if (this.cutsLeft < 0) throw new UpdateRefusal('too-large', 'it cuts too much into too many pieces')
  }

  private dependency(): Unit {
    const client = this.reader.unsigned()
    const unit = this.reader.unsigned()
    if (client === this.client) {
      if (unit >= this.clock) throw malformed('struct builds on its own future')
    } else if (unit >= this.known.clockOf(client)) this.need(client, unit)
    return { client, unit }
  }

  private need(client: number, unit: number): void {
    const { struct, at, client: dependent, reached } = this
    this.needs.push({ run: this.runs.length, struct, at, dependent, reached, client, unit })
  }

  /** Whether it is a root. Boards have two, `elements` and `meta`, both maps, and no others. */
  private parent(hasKey: boolean): boolean {
    const { reader } = this
    const from = reader.position
    const isRoot = reader.unsigned() === 1
    let parent: Parent | null = null
    if (!isRoot) parent = this.parentUnit()
    else {
      parent = reader.readText()
      if ((parent !== 'elements' && parent !== 'meta') || !hasKey)
        throw malformed('root is not part of a board')
    }
    if (!hasKey) return isRoot
    const key = reader.position
    reader.text()
    if (this.clock < this.reached) return isRoot
    this.firsts?.add(reader.bytes, from, reader.position)
    if (parent === null) return isRoot
    reader.position = key
    if (this.known.hasFirstValues(parent, reader.readText(), this.limits.firstValues)) {
      throw new UpdateRefusal('too-large', 'too many first values of one key')
    }
    return isRoot
  }

  /** Null when the document does not have it. */
  private parentUnit(): Parent | null {
    const { reader } = this
    const from = reader.position
    this.dependency()
    const end = reader.position
    reader.position = from
    const client = reader.unsigned()
    const unit = reader.unsigned()
    reader.position = end
    return unit < this.known.clockOf(client) ? { client, unit } : null
  }

  private readDeletes(): void {
    const { reader } = this
    let left = this.limits.updateDeletes
    const count = reader.unsigned()
    const isOnce = eachOnce(count)
    for (let section = 0; section < count; section++) {
      const client = reader.unsigned()
      const ranges = reader.unsigned()
      left -= ranges
      if (left < 0) throw new UpdateRefusal('too-large', 'too many delete ranges')
      if (!isOnce(client)) throw malformed('client appears twice')
      this.readDeleteRanges(client, ranges)
    }
  }

  /** Yjs goes through all structs of each range: many that lie over each other take it endless time. */
  private readDeleteRanges(client: number, count: number): void {
    let reached = 0
    for (let range = 0; range < count; range++) {
      const clock = this.reader.unsigned()
      const length = this.reader.unsigned()
      if (length === 0) throw malformed('empty delete range')
      if (clock < reached && --this.overlapsLeft < 0) {
        throw new UpdateRefusal('too-large', 'too many delete ranges out of order')
      }
      reached = Math.max(reached, clock + length)
      this.spend(this.known.cutCost(client, clock) + this.known.cutCost(client, clock + length))
      this.deletes.push(client, clock, clock + length)
    }
  }
}

/**
 * Reads a Yjs v1 update to its last byte without building Yjs structs, with the layout of Yjs' `readClientsStructRefs` and
 * `readDeleteSet` (https://github.com/yjs/yjs/blob/v13.6.33/src/utils/encoding.js). v2 is never read from the network: its
 * run-length encodings let a few bytes claim unbounded work.
 * @throws UpdateRefusal, or what a decoder of text or JSON throws
 */
export const scanUpdate = (update: Uint8Array, known: KnownStructs, limits: Limits): ScannedUpdate =>
  new Scan(update, known, limits).run()
