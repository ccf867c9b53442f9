import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { createRandom } from '../../test/support/random.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import { seedsOf } from '../../test/support/seeds.ts'
import type { BoardStore, History } from './board.ts'
import { createBoardStore } from './board-store.ts'
import type { Element, ElementId } from './element.ts'
import { createHistory } from './history.ts'
import { insertionPlan } from './order.ts'
import { duplicatePlan } from './plans/duplicate.ts'
import { groupPlan, ungroupPlan } from './plans/group.ts'
import { translatePlan } from './plans/translate.ts'
import { bringForwardPlan, sendToBackPlan } from './plans/z-order.ts'

interface Person {
  readonly store: BoardStore
  readonly history: History
  /** Updates of others that have not arrived yet, in the order in which they were sent by each. */
  readonly waiting: Uint8Array[]
}

const STEPS = 200

const meet = (count: number): Person[] => {
  const people = Array.from({ length: count }, (_, index): Person => {
    const doc = new Y.Doc()
    doc.clientID = index + 1
    const store = createBoardStore(doc, testKinds)
    store.subscribe(() => {})
    return { store, history: createHistory(store), waiting: [] }
  })
  for (const person of people) {
    person.store.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'wire') return
      for (const other of people) if (other !== person) other.waiting.push(update)
    })
  }
  return people
}

const receive = (person: Person, count: number): void => {
  for (const update of person.waiting.splice(0, count)) Y.applyUpdate(person.store.doc, update, 'wire')
}

type Act = (person: Person, random: () => number, step: number) => void

const some = (store: BoardStore, random: () => number): Element[] =>
  store.ordered.filter(() => random() < 0.2).slice(0, 5)

const apply = (store: BoardStore, patches: ReadonlyMap<ElementId, Readonly<Record<string, unknown>>>): void =>
  store.transact('user', (edit) => {
    for (const [id, patch] of patches) edit.update(id, patch)
  })

const acts: readonly Act[] = [
  ({ store }, random, step) => {
    const index = Math.floor(random() * (store.size + 1))
    const { keys, patches } = insertionPlan(store.ordered, index, 2)
    const made = generateScene({ count: 2, seed: step, labelled: 0.5 })
    store.transact('user', (edit) => {
      for (const [id, patch] of patches) edit.update(id, patch)
      made.forEach((element, at) => {
        const id = `${store.doc.clientID}-${step}-${at}` as ElementId
        edit.create({ ...element, id, order: keys[at] ?? element.order })
      })
    })
  },
  ({ store }, random) => apply(store, translatePlan(some(store, random), [random() * 100, 5])),
  ({ store }, random, step) =>
    apply(
      store,
      new Map(some(store, random).map(({ id }) => [id, { strokeWidth: step % 9, locked: random() < 0.5 }])),
    ),
  ({ store }, random) => apply(store, groupPlan(some(store, random))),
  ({ store }, random) => apply(store, ungroupPlan(some(store, random))),
  ({ store }, random) =>
    apply(store, bringForwardPlan(store.ordered, new Set(some(store, random).map(({ id }) => id)))),
  ({ store }, random) =>
    apply(store, sendToBackPlan(store.ordered, new Set(some(store, random).map(({ id }) => id)))),
  ({ store }, random) =>
    store.transact('user', (edit) => {
      for (const { id } of some(store, random).slice(0, 2)) edit.remove(id)
    }),
  ({ store }, random) =>
    store.transact('user', (edit) => {
      for (const copy of duplicatePlan(some(store, random).slice(0, 2), store.ordered, [10, 10]))
        edit.create(copy)
    }),
  ({ store }, random, step) => {
    const [element] = some(store, random)
    if (!element) return
    store.transact('user', () => {
      const text = store.text(element.id)
      text.insert(Math.floor(random() * text.length), `${step} `)
      if (text.length > 8) text.delete(Math.floor(random() * 4), 3)
    })
  },
  ({ history }) => history.undo(),
  ({ history }) => history.redo(),
]

/** The board as a fresh copy of the document shows it, which nothing incremental can have gone wrong in. */
const readAnew = ({ store }: Person): readonly Element[] => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(store.doc))
  return createBoardStore(doc, testKinds).ordered
}

describe('convergence', () => {
  it.each(seedsOf(12))(
    'M60: three people with partitions end up with the same board (FUZZ_SEED=%i)',
    (seed) => {
      const random = createRandom(seed)
      const people = meet(3)
      const pick = () => people[Math.floor(random() * people.length)] as Person
      for (let step = 0; step < STEPS; step++) {
        acts[Math.floor(random() * acts.length)]?.(pick(), random, step)
        if (random() < 0.6) receive(pick(), Math.floor(random() * 8))
      }
      for (let round = 0; round < 2; round++) for (const person of people) receive(person, Infinity)
      const [first] = people.map(readAnew)
      for (const person of people) {
        expect(person.store.ordered).toEqual(first)
        expect(person.store.query({ minX: -1e7, minY: -1e7, maxX: 1e7, maxY: 1e7 })).toEqual(first)
        expect(new Set(person.store.ordered.map(({ id }) => id)).size).toBe(person.store.size)
      }
    },
  )
})
