import { beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createManualClock, type ManualClock } from '../../../test/support/manual-clock.ts'
import { knownStructs } from '../gate/known-structs.ts'
import { scanUpdate } from '../gate/update-scan.ts'
import { withDefaults } from '../limits.ts'
import { decodeFrame } from '../wire.ts'
import { Answers } from './answers.ts'
import { EncodedState } from './encoded-state.ts'
import { noveltyOf } from './novelty.ts'

const limits = withDefaults({ stateWorth: 100, stateKept: 1000, answerEvery: 1000 })
const nothing = Uint8Array.of(0)

let clock: ManualClock
let doc: Y.Doc
let encoded: EncodedState
let encodings: number
let lacking: number
/** A large document is encoded in turns: these end the encodings that are under way. */
let isLarge: boolean
let finishEncoding: (() => void)[]

const open = (state: Uint8Array | null): void => {
  encodings = 0
  const missingFrom = (stateVector?: Uint8Array): Uint8Array => {
    encodings++
    return Y.encodeStateAsUpdate(doc, stateVector)
  }
  const encode = (): Promise<Uint8Array> => {
    encodings++
    const begun = Y.encodeStateAsUpdate(doc)
    return new Promise((resolve) => finishEncoding.push(() => resolve(begun)))
  }
  encoded = new EncodedState({ missingFrom, lacking: () => lacking, encode, isLarge }, clock, limits, state)
}

/** Somebody draws. */
const draw = (key: string, value: unknown): void => {
  const hand = new Y.Doc()
  Y.applyUpdate(hand, Y.encodeStateAsUpdate(doc))
  const before = Y.encodeStateVector(hand)
  hand.getMap('elements').set(key, value)
  const update = Y.encodeStateAsUpdate(hand, before)
  const novelty = noveltyOf(doc.store, update, scanUpdate(update, knownStructs(doc), limits))
  Y.applyUpdate(doc, update)
  if (novelty) encoded.grown(novelty)
}

/** What somebody has who got the answer, and the kinds of its frames. */
const ask = (stateVector: Uint8Array = nothing, mine = new Y.Doc()) => {
  const kinds = encoded.answer(stateVector).map((message) => {
    const frame = decodeFrame(message.subarray(message[1] === 126 ? 4 : message[1] === 127 ? 10 : 2))
    if (frame.type !== 'update') throw new Error('An answer holds updates')
    Y.applyUpdate(mine, frame.update)
    return frame.isStep2 ? 'step2' : 'update'
  })
  return { kinds, elements: mine.getMap('elements').toJSON() }
}

beforeEach(() => {
  clock = createManualClock()
  lacking = 0
  isLarge = false
  finishEncoding = []
  doc = new Y.Doc()
  doc.getMap('elements').set('large', 'x'.repeat(1000))
})

describe('S15 newcomers', () => {
  it('get the stored snapshot as it is', () => {
    open(Y.encodeStateAsUpdate(doc))
    expect(ask()).toEqual({ kinds: ['step2'], elements: doc.getMap('elements').toJSON() })
    expect(encodings).toBe(0)
    expect(encoded.answer(nothing)[0]).toBe(encoded.answer(nothing)[0])
  })

  it('get it with what was drawn since, the step 2 last', () => {
    open(Y.encodeStateAsUpdate(doc))
    for (const value of [1, 2, 3]) draw('a', value)
    expect(ask()).toEqual({ kinds: ['update', 'step2'], elements: doc.getMap('elements').toJSON() })
    draw('b', 1)
    expect(ask().elements).toEqual(doc.getMap('elements').toJSON())
    expect(encodings).toBe(0)
  })

  it('get the document encoded anew once the rest has grown large', () => {
    open(Y.encodeStateAsUpdate(doc))
    draw('large', 'y'.repeat(2000))
    expect(ask()).toEqual({ kinds: ['step2'], elements: doc.getMap('elements').toJSON() })
    expect(encodings).toBe(1)
  })

  it('cost no memory any more when none came for a while', () => {
    open(Y.encodeStateAsUpdate(doc))
    clock.advance(600)
    ask()
    clock.advance(600)
    ask()
    expect(encodings).toBe(0)
    clock.advance(1000)
    expect(clock.waiting).toBe(0)
    ask()
    expect(encodings).toBe(1)
  })

  it('who have the same already get the same answer, until something is drawn', () => {
    open(null)
    const mine = new Y.Doc()
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(doc))
    draw('a', 1)
    const stateVector = Y.encodeStateVector(mine)
    ask(stateVector)
    expect(ask(stateVector, mine).elements).toEqual(doc.getMap('elements').toJSON())
    expect(encodings).toBe(1)
    draw('b', 1)
    expect(ask(stateVector, mine).elements).toEqual(doc.getMap('elements').toJSON())
    expect(encodings).toBe(2)
  })
})

describe('S68 newcomers to a large document', () => {
  beforeEach(() => {
    isLarge = true
  })

  it('wait for one encoding, made in turns, and get what was drawn meanwhile too', async () => {
    open(null)
    const waiting = [encoded.prepare(nothing), encoded.prepare(nothing)]
    draw('a', 1)
    draw('a', 2)
    finishEncoding[0]?.()
    await Promise.all(waiting)
    expect(encoded.prepare(nothing)).toBeNull()
    expect(ask()).toEqual({ kinds: ['update', 'step2'], elements: doc.getMap('elements').toJSON() })
    expect(encodings).toBe(1)
  })

  it('are told at once what is at hand, as are those who lack little', () => {
    open(null)
    expect(encoded.prepare(Y.encodeStateVector(doc))).toBeNull()
    open(Y.encodeStateAsUpdate(doc))
    expect(encoded.prepare(nothing)).toBeNull()
    expect(encodings).toBe(0)
  })

  it('get all of it when it changed meanwhile in a way that cannot be added', async () => {
    open(null)
    const ready = encoded.prepare(nothing)
    doc.getMap('elements').set('elsewhere', 1)
    encoded.forget()
    finishEncoding[0]?.()
    await ready
    expect(ask().elements).toEqual(doc.getMap('elements').toJSON())
    expect(encodings).toBe(2)
  })
})

it('S15 SY15 whoever claims to have little is answered with what newcomers get, which is at hand', () => {
  open(Y.encodeStateAsUpdate(doc))
  lacking = 0.5
  const mine = new Y.Doc()
  for (let clock = 1; clock < 10; clock++) {
    const claim = Y.encodeStateVector(new Map([[doc.clientID + clock, 1]]))
    expect(ask(claim, mine)).toEqual({ kinds: ['step2'], elements: doc.getMap('elements').toJSON() })
  }
  expect(encodings).toBe(0)
})

describe('S15 SY15 who asks again and again', () => {
  it('is answered at once, then once a second, by what they asked last', () => {
    const answered: [string, number][] = []
    const answers = new Answers<string>(clock, limits, (name, [first = 0]) => answered.push([name, first]))
    for (let count = 1; count <= 100; count++) answers.ask('eve', Uint8Array.of(count))
    answers.ask('ada', Uint8Array.of(1))
    expect(answered).toEqual([
      ['eve', 1],
      ['ada', 1],
    ])
    clock.advance(1000)
    expect(answered.slice(2)).toEqual([['eve', 100]])
    answers.ask('eve', Uint8Array.of(101))
    answers.ask('ada', Uint8Array.of(2))
    expect(answered.slice(3)).toEqual([['ada', 2]])
    answers.remove('eve')
    clock.advance(5000)
    expect(answered).toHaveLength(4)
    expect(clock.waiting).toBe(0)
  })

  it('is not answered while answers to others take all the time', () => {
    const answered: [string, number][] = []
    const answers = new Answers<string>(clock, limits, (name) => {
      clock.advance(100)
      answered.push([name, clock.now()])
    })
    const from = clock.now()
    for (const name of ['a', 'b', 'c']) answers.ask(name, nothing)
    answers.remove('b')
    expect(answered).toEqual([['a', from + 100]])
    clock.advance(100)
    expect(answered.slice(1)).toEqual([['c', from + 300]])
    clock.advance(2000)
    expect(answered).toHaveLength(2)
    expect(clock.waiting).toBe(0)
  })
})
