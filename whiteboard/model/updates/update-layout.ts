/**
 * Structs of one client that follow each other without a gap, and where they stand in the bytes of their update: column by
 * column, for there may be hundreds of thousands.
 */
export interface Section {
  readonly client: number
  readonly bytes: Uint8Array
  /** Where each struct's bytes begin, and behind the last one where they end. */
  readonly offsets: readonly number[]
  /** The clock of each struct, and behind the last one the clock that would follow. */
  readonly clocks: readonly number[]
  /** What structs build on of other clients, in the order of the structs that do. */
  readonly needs: readonly Need[]
}

/** A struct of a section, by its number, and a unit of another client that must be there before it. */
export interface Need {
  readonly struct: number
  readonly client: number
  readonly clock: number
}

export interface UpdateLayout {
  readonly sections: readonly Section[]
  /** The deletions, as they are encoded. */
  readonly deletions: Uint8Array
}

/** After how many structs the reading pauses. */
const STRIDE = 2000

const HAS_ORIGIN = 0x80
const HAS_RIGHT_ORIGIN = 0x40
const HAS_PARENT_KEY = 0x20
const CONTENT = 0x1f
const GARBAGE = 0
const SKIP = 10

class Walker {
  readonly bytes: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  byte(): number {
    const value = this.bytes[this.position++]
    if (value === undefined) throw new RangeError('The update ends early')
    return value
  }

  unsigned(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const next = this.byte()
      value += (next & 127) * factor
      if (next < 128) return value
      if (factor > Number.MAX_SAFE_INTEGER) throw new RangeError('A number of the update is too large')
    }
  }

  skip(length: number): void {
    this.position += length
    if (this.position > this.bytes.length) throw new RangeError('The update ends early')
  }

  /** Passes over a text or bytes. */
  skipText(): void {
    this.skip(this.unsigned())
  }

  /** Passes over a text; its length in UTF-16 units, which is how Yjs counts. */
  textLength(): number {
    const end = this.unsigned() + this.position
    let length = 0
    while (this.position < end) {
      const byte = this.byte()
      if ((byte & 0xc0) !== 0x80) length += byte >= 0xf0 ? 2 : 1
    }
    return length
  }

  /** Passes over a value in lib0's "any" encoding. */
  skipValue(): void {
    const type = this.byte()
    if (type === 125) while (this.byte() >= 128);
    else if (type === 124) this.skip(4)
    else if (type === 123 || type === 122) this.skip(8)
    else if (type === 119 || type === 116) this.skipText()
    else if (type === 118 || type === 117) this.skipValues(type === 118)
    else if (type < 116 || type > 127) throw new RangeError('The update holds an unknown value')
  }

  private skipValues(named: boolean): void {
    for (let left = this.unsigned(); left > 0; left--) {
      if (named) this.skipText()
      this.skipValue()
    }
  }

  /** Passes over a struct's content; how many clocks it takes. */
  skipContent(kind: number): number {
    switch (kind) {
      case 1: // deleted
        return this.unsigned()
      case 2: // JSON
        return this.repeat(() => this.skipText())
      case 3: // bytes
      case 5: // embedded
        this.skipText()
        return 1
      case 4: // text
        return this.textLength()
      case 6: // format
        this.skipText()
        this.skipText()
        return 1
      case 7: // shared type
        this.skipType()
        return 1
      case 8: // values
        return this.repeat(() => this.skipValue())
      case 9: // document
        this.skipText()
        this.skipValue()
        return 1
      default:
        throw new RangeError('The update holds an unknown struct')
    }
  }

  private skipType(): void {
    const type = this.unsigned()
    const isNamed = type === 3 || type === 5 // elements and hooks of XML
    if (isNamed) this.skipText()
  }

  private repeat(skip: () => void): number {
    const count = this.unsigned()
    for (let left = count; left > 0; left--) skip()
    return count
  }
}

/** Fills a section struct by struct. */
class SectionBuilder implements Section {
  readonly client: number
  readonly bytes: Uint8Array
  readonly offsets: number[] = []
  readonly clocks: number[]
  readonly needs: Need[] = []

  constructor(client: number, bytes: Uint8Array, clock: number) {
    this.client = client
    this.bytes = bytes
    this.clocks = [clock]
  }

  get clock(): number {
    return this.clocks[this.clocks.length - 1] ?? 0
  }

  get isEmpty(): boolean {
    return this.offsets.length === 0
  }

  /** Reads a struct that is none to be passed over. */
  add(walker: Walker, start: number, info: number): void {
    this.offsets.push(start)
    const kind = info & CONTENT
    if (kind !== GARBAGE) this.addParents(walker, info)
    const length = kind === GARBAGE ? walker.unsigned() : walker.skipContent(kind)
    this.clocks.push(this.clock + length)
  }

  end(offset: number): Section {
    this.offsets.push(offset)
    return this
  }

  private addParents(walker: Walker, info: number): void {
    if (info & HAS_ORIGIN) this.addNeed(walker)
    if (info & HAS_RIGHT_ORIGIN) this.addNeed(walker)
    if (info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) return
    const isRoot = walker.unsigned() === 1
    if (isRoot) walker.skipText()
    else this.addNeed(walker)
    if (info & HAS_PARENT_KEY) walker.skipText()
  }

  private addNeed(walker: Walker): void {
    const client = walker.unsigned()
    const clock = walker.unsigned()
    if (client !== this.client) this.needs.push({ struct: this.offsets.length - 1, client, clock })
  }
}

/**
 * Where in the bytes of an update (v1) its structs stand, and what they build on, without reading what they hold: with the
 * layout of Yjs' `readClientsStructRefs`. Pauses every few milliseconds.
 *
 * @throws RangeError when it is no update
 */
export function* layoutOf(update: Uint8Array): Generator<undefined, UpdateLayout> {
  const walker = new Walker(update)
  const sections: Section[] = []
  let read = 0
  for (let clients = walker.unsigned(); clients > 0; clients--) {
    let left = walker.unsigned()
    const client = walker.unsigned()
    let section = new SectionBuilder(client, update, walker.unsigned())
    for (; left > 0; left--) {
      const start = walker.position
      const info = walker.byte()
      if ((info & CONTENT) === SKIP) {
        if (!section.isEmpty) sections.push(section.end(start))
        section = new SectionBuilder(client, update, section.clock + walker.unsigned())
      } else {
        section.add(walker, start, info)
      }
      if (++read % STRIDE === 0) yield
    }
    if (!section.isEmpty) sections.push(section.end(walker.position))
  }
  return { sections, deletions: update.subarray(walker.position) }
}
