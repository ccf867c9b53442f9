import * as decoding from 'lib0/decoding'
import { beforeEach, describe, expect, it } from 'vitest'
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { withDefaults } from '../limits.ts'
import { type PresenceChange, PresenceRelay } from './presence-relay.ts'

const limits = withDefaults({ presencePerReceiver: 1, presenceLongest: 20, presenceShown: 3 })

type Entries = Record<number, [clock: number, state: unknown]>

const read = (message: Uint8Array): Entries => {
  const decoder = decoding.createDecoder(message.subarray(message[1] === 126 ? 4 : 2))
  expect(decoding.readVarUint(decoder)).toBe(1)
  const body = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  expect(decoding.hasContent(decoder)).toBe(false)
  const entries: Entries = {}
  for (let left = decoding.readVarUint(body); left > 0; left--) {
    const client = decoding.readVarUint(body)
    entries[client] = [decoding.readVarUint(body), JSON.parse(decoding.readVarString(body))]
  }
  expect(decoding.hasContent(body)).toBe(false)
  return entries
}

class Onlooker {
  readonly seen: Entries[] = []
  show(message: Uint8Array): void {
    this.seen.push(read(message))
  }
}

let clock: ManualClock
let people: Onlooker[]
let told: PresenceChange<Onlooker>[]
let relay: PresenceRelay<Onlooker, Onlooker>

const open = (count: number): void => {
  people = Array.from({ length: count }, () => new Onlooker())
  told = []
  clock = createManualClock()
  relay = new PresenceRelay(new Set(people), clock, limits, (changes) => told.push(...changes))
}

const move = (index: number, to: number): void =>
  relay.pass(people[index] as Onlooker, { client: 100 + index, clock: to, state: `{"at":${to}}` })

const seenBy = (index: number): Entries[] => people[index]?.seen ?? []

beforeEach(() => open(3))

describe('S45 presence', () => {
  it('is shown at once after a rest, to the others', () => {
    move(0, 1)
    expect([seenBy(0), seenBy(1), seenBy(2)]).toEqual([
      [],
      [{ 100: [1, { at: 1 }] }],
      [{ 100: [1, { at: 1 }] }],
    ])
    clock.advance(3)
    move(1, 1)
    expect(seenBy(0)).toEqual([{ 101: [1, { at: 1 }] }])
    expect(clock.waiting).toBe(0)
  })

  it("goes out as one frame with the newest of each, without one's own", () => {
    move(0, 1)
    for (const at of [2, 3, 4]) for (const index of [0, 1, 2]) move(index, at)
    expect(seenBy(1)).toHaveLength(1)
    clock.advance(3)
    const newest = { 100: [4, { at: 4 }], 101: [4, { at: 4 }], 102: [4, { at: 4 }] } as Entries
    for (const index of [0, 1, 2]) {
      const { [100 + index]: own, ...others } = newest
      expect(own).toBeDefined()
      expect(seenBy(index).at(-1)).toEqual(others)
    }
    expect(told).toHaveLength(4)
  })

  it('waits no longer than it may', () => {
    open(50)
    move(0, 1)
    move(0, 2)
    clock.advance(19)
    expect(seenBy(1)).toHaveLength(1)
    clock.advance(1)
    expect(seenBy(1)).toHaveLength(2)
  })
})

describe('S46 LD2 very many', () => {
  it('are shown in turn, and who is gone at once', () => {
    open(8)
    move(7, 1)
    for (let index = 0; index < 7; index++) move(index, 1)
    relay.pass(people[6] as Onlooker, { client: 106, clock: 2, state: 'null' })
    clock.advance(8)
    expect(Object.keys(seenBy(7).at(-1) ?? {})).toEqual(['100', '101', '102', '106'])
    // Who was shown waits until the others were, however much they move.
    move(0, 2)
    clock.advance(8)
    expect(Object.keys(seenBy(7).at(-1) ?? {})).toEqual(['103', '104', '105'])
    clock.advance(8)
    expect(seenBy(7).at(-1)).toEqual({ 100: [2, { at: 2 }] })
    expect(clock.waiting).toBe(0)
  })
})
