import * as decoding from 'lib0/decoding'
import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { knownStructs } from '../gate/known-structs.ts'
import { scanUpdate } from '../gate/update-scan.ts'
import { withDefaults } from '../limits.ts'
import { noveltyOf } from './novelty.ts'
import { Relay } from './relay.ts'

const limits = withDefaults({ relayPerReceiver: 1, relayLongest: 25, relayBytes: 10_000, relayAuthors: 3 })

/** The update in a WebSocket message. */
const updateIn = (message: Uint8Array): Uint8Array => {
  const headerLength = message[1] === 126 ? 4 : message[1] === 127 ? 10 : 2
  const decoder = decoding.createDecoder(message.subarray(headerLength))
  expect([decoding.readVarUint(decoder), decoding.readVarUint(decoder)]).toEqual([0, 2])
  return decoding.readVarUint8Array(decoder)
}

/** One who draws and looks on. */
class Person {
  readonly doc = new Y.Doc()
  readonly frames: Uint8Array[] = []
  readonly pass: (update: Uint8Array) => void

  constructor(client: number, pass: (update: Uint8Array, author: Person) => void) {
    this.doc.clientID = client
    this.pass = (update) => pass(update, this)
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server') this.pass(update)
    })
  }

  get elements(): Y.Map<unknown> {
    return this.doc.getMap('elements')
  }

  deliver(message: Uint8Array): void {
    this.frames.push(message)
    Y.applyUpdate(this.doc, updateIn(message), 'server')
  }

  /** The clients whose structs were in the last frame. */
  get lastClients(): number[] {
    const { structs } = Y.decodeUpdate(updateIn(this.frames.at(-1) as Uint8Array))
    return [...new Set(structs.map(({ id }) => id.client))].sort()
  }
}

let clock: ManualClock
let server: Y.Doc
let members: Set<Person>
let relay: Relay<Person>

const enter = (client: number): Person => {
  const person = new Person(client, (update, author) => {
    const scanned = scanUpdate(update, knownStructs(server), limits)
    const novelty = noveltyOf(server.store, update, scanned)
    Y.applyUpdate(server, update)
    if (novelty) relay.pass(author, { novelty, frame: null })
  })
  members.add(person)
  return person
}

beforeEach(() => {
  clock = createManualClock()
  server = new Y.Doc()
  members = new Set()
  relay = new Relay(members, clock, limits)
})

describe('passing on', () => {
  it('S10 passes on at once what comes after a rest', () => {
    const [ada, ben] = [enter(1), enter(2)]
    ada.elements.set('a', 1)
    expect(ben.elements.toJSON()).toEqual({ a: 1 })
    clock.advance(2)
    ben.elements.set('b', 1)
    expect(ada.elements.toJSON()).toEqual({ a: 1, b: 1 })
    expect([ada.frames.length, ben.frames.length]).toEqual([1, 1])
  })

  it('S13 joins what comes shortly after, and gives everybody one frame without their own part', () => {
    const [ada, ben, eve] = [enter(1), enter(2), enter(3)]
    ada.elements.set('a', 1)
    for (let step = 2; step < 6; step++) {
      ada.elements.set('a', step)
      ben.elements.set('b', step)
    }
    expect(eve.frames).toHaveLength(1)
    clock.advance(3)
    expect(eve.frames).toHaveLength(2)
    expect(eve.elements.toJSON()).toEqual({ a: 5, b: 5 })
    expect(eve.lastClients).toEqual([1, 2])
    expect([ada.lastClients, ben.lastClients]).toEqual([[2], [1]])
    expect([ada.frames.length, ben.frames.length]).toEqual([1, 2])
    expect(clock.waiting).toBe(0)
  })

  it('S13 says nothing to the only author', () => {
    const [ada, ben] = [enter(1), enter(2)]
    for (let step = 0; step < 5; step++) ada.elements.set('a', step)
    clock.advance(2)
    expect(ada.frames).toEqual([])
    expect(ben.elements.toJSON()).toEqual({ a: 4 })
  })

  it('S13 waits no longer than it may, however many there are', () => {
    const people = Array.from({ length: 100 }, (_, index) => enter(index + 1))
    people[0]?.elements.set('a', 1)
    people[0]?.elements.set('a', 2)
    clock.advance(24)
    expect(people[9]?.elements.get('a')).toBe(1)
    clock.advance(1)
    expect(people[9]?.elements.get('a')).toBe(2)
  })

  it('S13 does not wait when much has gathered', () => {
    const [ada, ben] = [enter(1), enter(2)]
    ada.elements.set('a', 1)
    ada.elements.set('b', 'x'.repeat(20_000))
    expect(ben.elements.has('b')).toBe(true)
  })

  it('S13 sends one frame to all, authors too, when very many have drawn', () => {
    const people = Array.from({ length: 5 }, (_, index) => enter(index + 1))
    for (const person of people) person.elements.set(`of ${person.doc.clientID}`, 1)
    clock.advance(5)
    for (const person of people) expect(person.elements.size).toBe(5)
    expect(people[1]?.frames.at(-1)).toBe(people[2]?.frames.at(-1))
  })

  it('S13 keeps apart what two send under one client id, and what cannot be cut', () => {
    const [ada, ben, eve] = [enter(1), enter(2), enter(3)]
    ada.elements.set('first', 1)
    ada.elements.set('a', 1)
    // Ben's copy of the same document goes on under the same id.
    const copy = new Y.Doc()
    copy.clientID = 1
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(ada.doc))
    copy.getMap('elements').set('b', 1)
    ben.pass(Y.encodeStateAsUpdate(copy))
    clock.advance(3)
    expect(eve.elements.toJSON()).toEqual({ first: 1, a: 1, b: 1 })
    expect(eve.doc.store.pendingStructs).toBeNull()
  })

  it('S14 says nothing of what everybody knows', () => {
    const [ada, ben] = [enter(1), enter(2)]
    ada.elements.set('a', 1)
    ada.elements.delete('a')
    clock.advance(10)
    const before = ben.frames.length
    ada.pass(Y.encodeStateAsUpdate(ada.doc))
    clock.advance(10)
    expect(ben.frames).toHaveLength(before)
  })

  it('S13 passes what came from elsewhere on to everybody', () => {
    const [ada, ben] = [enter(1), enter(2)]
    const far = new Y.Doc()
    far.getMap('elements').set('far', 1)
    const update = Y.encodeStateAsUpdate(far)
    const novelty = noveltyOf(server.store, update, scanUpdate(update, knownStructs(new Y.Doc()), limits))
    if (novelty) relay.pass(null, { novelty, frame: null })
    expect([ada.elements.size, ben.elements.size]).toEqual([1, 1])
  })
})
