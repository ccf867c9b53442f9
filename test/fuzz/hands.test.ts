import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { asPeer } from '../support/as-peer.ts'
import { EditorDriver } from '../support/editor-driver.ts'
import { belowOf, RandomHand } from '../support/random-hand.ts'
import { seedsOf } from '../support/seeds.ts'
import { type Below, varietyOf } from '../support/variety.ts'

const STEPS_ALONE = 80
const STEPS_TOGETHER = 70

/** A board with elements of all types that nobody here has made, so that nobody can take them back. */
const furnished = (below: Below): Uint8Array => {
  const maker = new EditorDriver()
  maker.editor.create(varietyOf(24, below))
  return Y.encodeStateAsUpdate(maker.doc)
}

const personOn = (board: Uint8Array, clientId: number): EditorDriver => {
  const person = new EditorDriver({ snapping: true })
  person.doc.clientID = clientId
  Y.applyUpdate(person.doc, board, 'wire')
  return person
}

/** Fields of elements without those that are made of others when the board is read. */
const contentOf = ({ elements, board }: EditorDriver): string =>
  JSON.stringify([elements, board.settings], (_, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? `not finite: ${value}` : value,
  )

/** Says of two long texts only where they begin to differ. */
const expectSame = (actual: string, expected: string, what: string): void => {
  if (actual === expected) return
  let at = 0
  while (actual[at] === expected[at]) at++
  const around = (text: string): string => text.slice(Math.max(0, at - 200), at + 200)
  expect(around(actual), what).toBe(around(expected))
}

const readAnew = ({ doc }: EditorDriver): readonly Element[] => {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  return createBoardStore(copy, kinds).ordered
}

/** What holds whenever nothing is under way. */
const expectRest = (person: EditorDriver): void => {
  expect(person.presence?.draft ?? null).toBeNull()
  expect(person.scene.draft).toBeNull()
  expect(person.scene.marquee).toBeNull()
  expect(person.scene.hints).toBeNull()
  expect(person.selection.every((id) => person.board.get(id))).toBe(true)
  expect(contentOf(person)).not.toContain('not finite')
  expect(person.elements).toEqual(readAnew(person))
}

const repeat = (person: EditorDriver, command: 'undo' | 'redo'): void => {
  for (let step = 0; step < 2_000 && person.editor.can(command); step++) person.editor.run(command)
}

let failures: unknown[][] = []

beforeEach(() => {
  failures = []
  vi.spyOn(console, 'error').mockImplementation((...args) => {
    failures.push(args)
  })
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a person who does anything at all', () => {
  it.each(seedsOf(100))('M40, M48: can take all of it back, and do it again (FUZZ_SEED=%i)', (seed) => {
    const below = belowOf(seed)
    const person = personOn(furnished(below), seed)
    const start = contentOf(person)
    const hand = new RandomHand(person, below)
    for (let step = 0; step < STEPS_ALONE; step++) hand.act()
    hand.rest()
    expectRest(person)
    repeat(person, 'redo')
    const end = contentOf(person)
    repeat(person, 'undo')
    expectSame(contentOf(person), start, 'all undone, the board is as it was at the start')
    repeat(person, 'redo')
    expectSame(contentOf(person), end, 'all done again, the board is as it was at the end')
    expectRest(person)
    expect(failures).toEqual([])
  })
})

/** What has not reached each of several people yet, update by update. */
const meet = (people: readonly EditorDriver[]): ((to: EditorDriver, count: number) => void) => {
  const waiting = new Map(people.map((person) => [person, [] as Uint8Array[]]))
  for (const person of people) {
    person.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'wire') return
      for (const [other, updates] of waiting) if (other !== person) updates.push(update)
    })
  }
  return (to, count) => {
    for (const update of waiting.get(to)?.splice(0, count) ?? []) Y.applyUpdate(to.doc, update, 'wire')
  }
}

describe('three people who do anything at all, with delays', () => {
  it.each(seedsOf(200))('M60: end up with the same board (FUZZ_SEED=%i)', (seed) => {
    const below = belowOf(seed)
    const board = furnished(below)
    const people = [1, 2, 3].map((client) => personOn(board, client))
    const hands = people.map((person) => new RandomHand(person, below))
    const receive = meet(people)
    for (let step = 0; step < STEPS_TOGETHER; step++) {
      hands[below(3)]?.act()
      const person = people[below(3)]
      if (!person || below(2) === 0) continue
      receive(person, below(6))
      person.editor.setPeers(people.filter((other) => other !== person).map(asPeer))
    }
    for (const hand of hands) hand.rest()
    for (let round = 0; round < 2; round++) for (const person of people) receive(person, Infinity)
    const [first] = people.map(contentOf)
    for (const person of people) {
      expectSame(contentOf(person), first ?? '', 'all see the same board')
      expectRest(person)
    }
    expect(failures).toEqual([])
  })
})

describe('what one of three removes', () => {
  it.each(seedsOf(60))(
    'M47: comes back by nobody else’s undo or redo, whatever they have done (FUZZ_SEED=%i)',
    (seed) => {
      const below = belowOf(seed)
      const board = furnished(below)
      const people = [1, 2, 3].map((client) => personOn(board, client))
      const hands = people.map((person) => new RandomHand(person, below))
      const receive = meet(people)
      const receiveAll = (): void => {
        for (let round = 0; round < 2; round++) for (const person of people) receive(person, Infinity)
      }
      for (let step = 0; step < STEPS_TOGETHER; step++) {
        hands[below(3)]?.act()
        receiveAll()
      }
      for (const hand of hands) hand.rest()
      receiveAll()
      const [remover, ...others] = people
      const removed = (remover?.elements ?? []).filter(() => below(2) === 0).map(({ id }) => id)
      remover?.editor.remove(removed)
      receiveAll()
      for (const way of ['undo', 'redo', 'undo', 'redo'] as const) {
        for (const person of others) {
          repeat(person, way)
          receiveAll()
        }
        const back = people.flatMap(({ board: each }) => removed.filter((id) => each.get(id)))
        expect(back, way).toEqual([])
      }
      for (const person of people) expectRest(person)
      expect(failures).toEqual([])
    },
  )
})
