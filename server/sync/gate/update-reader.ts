import { UpdateRefusal } from './update-refusal.ts'

const early = (): UpdateRefusal => new UpdateRefusal('malformed', 'ends early')

/** As strict as lib0's, which Yjs reads with: what passes here must not throw there. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Walks bytes in lib0's encoding without building what they stand for. Accepts nothing that lib0 would not read.
 * @throws UpdateRefusal, or TypeError on bytes that are no text
 */
export class UpdateReader {
  readonly bytes: Uint8Array
  position = 0

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  get isAtEnd(): boolean {
    return this.position === this.bytes.length
  }

  byte(): number {
    const value = this.bytes[this.position]
    if (value === undefined) throw early()
    this.position++
    return value
  }

  unsigned(): number {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const next = this.byte()
      value += (next & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new UpdateRefusal('malformed', 'number is too large')
      if (next < 128) return value
    }
  }

  skip(length: number): void {
    if (length > this.bytes.length - this.position) throw early()
    this.position += length
  }

  /** Passes over bytes that say first how many they are. */
  skipBytes(): void {
    this.skip(this.unsigned())
  }

  /** Passes over a text; its length in UTF-16 units, which is how Yjs counts. */
  text(): number {
    const length = this.unsigned()
    const from = this.position
    this.skip(length)
    for (let index = from; index < this.position; index++) {
      if ((this.bytes[index] ?? 0) > 127) return utf8.decode(this.bytes.subarray(from, this.position)).length
    }
    return length
  }

  readText(): string {
    const from = this.position
    this.skipBytes()
    const end = this.position
    this.position = from
    const length = this.unsigned()
    this.position = end
    return utf8.decode(this.bytes.subarray(end - length, end))
  }

  /** Passes over one value of lib0's "any" encoding, which may nest `depth` levels deep. */
  value(depth: number): void {
    if (depth < 0) throw new UpdateRefusal('malformed', 'value is nested too deeply')
    const type = this.byte()
    if (type === 125) this.signed()
    else if (type === 124) this.skip(4)
    else if (type === 123 || type === 122) this.skip(8)
    else if (type === 119) this.text()
    else if (type === 116) this.skipBytes()
    else if (type === 118 || type === 117) this.values(type === 118, depth - 1)
    else if (type < 116 || type > 127) throw new UpdateRefusal('malformed', 'unknown kind of value')
  }

  private values(named: boolean, depth: number): void {
    for (let left = this.unsigned(); left > 0; left--) {
      if (named) this.text()
      this.value(depth)
    }
  }

  /** A number with a sign has one bit less in its first byte. */
  private signed(): void {
    let next = this.byte()
    let value = next & 63
    for (let factor = 64; next > 127; factor *= 128) {
      next = this.byte()
      value += (next & 127) * factor
      if (value > Number.MAX_SAFE_INTEGER) throw new UpdateRefusal('malformed', 'number is too large')
    }
  }
}
