import type { KnownStructs } from './scanned-update.ts'
import { addRange } from './unit-ranges.ts'
import { UpdateRefusal } from './update-refusal.ts'

/** An item of an update, and the unit beside which it is to stand. */
export interface Follower {
  readonly client: number
  readonly clock: number
  /** Exclusive. */
  readonly end: number
  readonly besideClient: number
  readonly besideUnit: number
  /** What it may be beside a key's value: one itself; several, one after the other, that were replaced; or nothing. */
  readonly as: 'value' | 'replaced' | 'none'
}

const ROUNDS = 10

const mixed = (): UpdateRefusal =>
  new UpdateRefusal('malformed', 'what belongs in a list stands beside the value of a key')

/** Whether a unit is in one of the ranges: clock, end, clock, end... in order. */
const isWithin = (ranges: readonly number[], unit: number): boolean => {
  let low = 0
  let high = ranges.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ranges[2 * middle + 1] ?? 0) > unit) high = middle
    else low = middle + 1
  }
  return (ranges[2 * low] ?? Number.POSITIVE_INFINITY) <= unit
}

/** Of each client: clock, end, clock, end... in order. */
type Ranges = ReadonlyMap<number, readonly number[]>

/** @param values client, clock, end, and so on, in the order of each client's clocks */
const byClient = (values: readonly number[]): Ranges => {
  const ranges = new Map<number, number[]>()
  for (let index = 0; index < values.length; index += 3) {
    const [client = 0, clock = 0, end = 0] = values.slice(index, index + 3)
    const known = ranges.get(client)
    if (known) known.push(clock, end)
    else ranges.set(client, [clock, end])
  }
  return ranges
}

/** Items, of which those count that were added. They are never taken apart: a few bytes may say that they are trillions of units. */
class DerivedValues {
  /** Of each client, in the order of their clocks. */
  private readonly items = new Map<number, Follower[]>()
  private readonly added = new Set<Follower>()

  constructor(items: readonly Follower[]) {
    for (const item of [...items].sort((a, b) => a.clock - b.clock)) {
      const known = this.items.get(item.client)
      if (known) known.push(item)
      else this.items.set(item.client, [item])
    }
  }

  add(item: Follower): void {
    this.added.add(item)
  }

  has(client: number, unit: number): boolean {
    const items = this.items.get(client) ?? []
    let low = 0
    let high = items.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((items[middle]?.end ?? 0) > unit) high = middle
      else low = middle + 1
    }
    const item = items[low]
    return item !== undefined && item.clock <= unit && this.added.has(item)
  }
}

const isValue = (client: number, unit: number, values: Ranges, derived: DerivedValues): boolean => {
  const ranges = values.get(client)
  return (ranges !== undefined && isWithin(ranges, unit)) || derived.has(client, unit)
}

/**
 * Sees to it that the values of a map's key are single units. An item may also get there by standing beside one, which its
 * own bytes need not say. Yjs takes several units there for one value, leaves some behind when it is replaced, and throws
 * when those are collected as garbage. It joins replaced ones itself where they are kept to be taken back, so several that
 * are deleted pass.
 */
export class KeyCheck {
  /** Several units that are values of a key: client, clock, end, and so on. All of them have to be deleted. */
  readonly replaced: number[] = []
  private readonly known: KnownStructs
  /** What is the value of a key: client, clock, end, client, clock, end... */
  private readonly values: number[] = []
  /** Single units, or what is deleted, beside others of the update: values if those are. */
  private readonly single: Follower[] = []
  /** What cannot be a single value. */
  private readonly listed: Follower[] = []

  constructor(known: KnownStructs) {
    this.known = known
  }

  /** To be called in the order of the structs. */
  value(client: number, clock: number, end: number): void {
    addRange(this.values, client, clock, end)
  }

  /** To be called in the order of the structs. */
  follows(item: Follower): void {
    const { client, clock, end, besideClient, besideUnit, as } = item
    if (besideUnit >= this.known.clockOf(besideClient)) {
      if (as === 'value') this.single.push(item)
      else this.listed.push(item)
    } else if (this.known.isKeyed(besideClient, besideUnit)) {
      this.allow(item)
      this.value(client, clock, end)
    }
  }

  finish(): void {
    if (this.listed.length === 0) return
    const values = byClient(this.values)
    const derived = this.derive(values)
    for (const item of this.listed) {
      if (isValue(item.besideClient, item.besideUnit, values, derived)) this.allow(item)
    }
  }

  /** It stands beside a value. */
  private allow({ client, clock, end, as }: Follower): void {
    if (as === 'none') throw mixed()
    if (as === 'replaced') this.replaced.push(client, clock, end)
  }

  /** The items that are values since what they stand beside is. */
  private derive(values: Ranges): DerivedValues {
    let left = [...this.single, ...this.listed.filter((item) => item.as === 'replaced')]
    const derived = new DerivedValues(left)
    for (let round = 0; round < ROUNDS; round++) {
      const rest: Follower[] = []
      for (const item of left) {
        if (isValue(item.besideClient, item.besideUnit, values, derived)) derived.add(item)
        else rest.push(item)
      }
      if (rest.length === left.length) return derived
      left = rest
    }
    throw new UpdateRefusal('too-large', 'items are too entangled')
  }
}
