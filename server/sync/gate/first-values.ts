import { UpdateRefusal } from './update-refusal.ts'

const SLOTS = 2 ** 16

/** FNV-1a (Fowler, Noll, Vo), folded to 16 bits. */
const slotOf = (bytes: Uint8Array, from: number, to: number): number => {
  let hash = 0x811c9dc5
  for (let index = from; index < to; index++) hash = Math.imul(hash ^ (bytes[index] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 16)) & (SLOTS - 1)
}

/**
 * Counts about how many values each key of an update has that do not know of any before them. Honest clients make one at
 * most of each key, before they hear of others. Yjs goes through all of a key's to place another, so that many take it
 * quadratic time, now and with each load of the board.
 */
export class FirstValues {
  private readonly counts = new Uint16Array(SLOTS)
  private readonly limit: number

  constructor(limit: number) {
    this.limit = limit
  }

  /** @param from where in the bytes map and key stand */
  add(bytes: Uint8Array, from: number, to: number): void {
    const slot = slotOf(bytes, from, to)
    const count = (this.counts[slot] ?? 0) + 1
    if (count > this.limit) throw new UpdateRefusal('too-large', 'too many first values of one key')
    this.counts[slot] = count
  }
}
