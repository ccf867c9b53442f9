import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { createRandom } from '../../test/support/random.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import type { BoardStore, TextDelta } from './board.ts'
import { createBoardStore } from './board-store.ts'
import type { ElementId } from './element.ts'
import { createHistory } from './history.ts'

const A = 'a' as ElementId

/** `FUZZ_SEED=n` repeats one run. */
const seeds = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, 2, 3, 4, ...Array.from({ length: 6 }, () => Math.floor(Math.random() * 1e9))]

const person = (clientID: number): BoardStore => {
  const doc = new Y.Doc()
  doc.clientID = clientID
  return createBoardStore(doc, testKinds)
}

const exchange = (...stores: readonly BoardStore[]): void => {
  for (const from of stores) {
    for (const to of stores)
      Y.applyUpdate(to.doc, Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)))
  }
}

/** So many people with one empty label, under client ids in this order. */
const atOneLabel = (...clientIds: readonly number[]): BoardStore[] => {
  const stores = clientIds.map(person)
  const [element] = generateScene({ count: 1 })
  stores[0]?.transact('user', (edit) => element && edit.create({ ...element, id: A, text: '' }))
  exchange(...stores)
  return stores
}

const insert = (store: BoardStore | undefined, index: number, letters: string): void =>
  store?.transact('user', () => store.text(A).insert(index, letters))

const remove = (store: BoardStore | undefined, index: number, length: number): void =>
  store?.transact('user', () => store.text(A).delete(index, length))

const textKeys = (store: BoardStore): string[] =>
  [...(store.doc.getMap<Y.Map<unknown>>('elements').get(A)?.keys() ?? [])].filter((key) =>
    key.startsWith('text/'),
  )

/** What everybody shows, which has to be the same. */
const shown = (...stores: readonly BoardStore[]): string => {
  const texts = new Set(stores.flatMap((store) => [store.get(A)?.text, store.text(A).toString()]))
  expect([...texts]).toHaveLength(1)
  return [...texts][0] ?? ''
}

const applied = (text: string, delta: TextDelta): string => {
  let result = ''
  let at = 0
  for (const part of delta) {
    result += text.slice(at, at + (part.retain ?? 0)) + (part.insert ?? '')
    at += (part.retain ?? 0) + (part.delete ?? 0)
  }
  return result + text.slice(at)
}

describe('two people who begin in one empty label at once', () => {
  const begun = (): [BoardStore, BoardStore] => {
    const [one, two] = atOneLabel(10, 9) as [BoardStore, BoardStore]
    insert(one, 0, 'left')
    insert(two, 0, 'right')
    exchange(one, two)
    return [one, two]
  }

  it('M4: keep all their letters, one after the other by key as a string', () => {
    const [one, two] = begun()
    expect(shown(one, two)).toBe('leftright')
    expect(textKeys(one).sort()).toEqual(['text/10', 'text/9'])
  })

  it('M4: keep them after a reload, and type on where they were', () => {
    const [one, two] = begun()
    const again = person(77)
    Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(one.doc))
    expect(shown(one, two, again)).toBe('leftright')
    insert(again, 9, '!')
    exchange(one, two, again)
    expect(shown(one, two, again)).toBe('leftright!')
    expect(textKeys(again)).toHaveLength(2)
  })

  it('M4: type on at both ends, in the middle and where the texts meet, without making a third', () => {
    const [one, two] = begun()
    insert(one, 0, '<')
    insert(two, 9, '>')
    exchange(one, two)
    insert(one, 5, '+')
    insert(two, 7, '-')
    exchange(one, two)
    expect(shown(one, two)).toBe('<left+ri-ght>')
    expect(textKeys(two)).toHaveLength(2)
  })

  it('M4: each delete across the place where the texts meet', () => {
    const [one, two] = begun()
    remove(one, 2, 4)
    insert(two, 9, '!')
    exchange(one, two)
    expect(shown(one, two)).toBe('leght!')
    remove(two, 0, 100)
    exchange(one, two)
    expect(shown(one, two)).toBe('')
    insert(one, 0, 'new')
    exchange(one, two)
    expect(shown(one, two)).toBe('new')
    expect(textKeys(one)).toHaveLength(2)
  })

  it('M6: a patch of the whole text changes only letters that differ, in both texts', () => {
    const [one, two] = begun()
    one.transact('user', (edit) => edit.update(A, { text: 'lefty bright' }))
    insert(two, 9, '!')
    exchange(one, two)
    expect(shown(one, two)).toBe('lefty bright!')
  })
})

describe('a shared text', () => {
  it('M4: takes letters into a text that is there, if nobody has left a letter in it', () => {
    const [one, two] = atOneLabel(1, 2) as [BoardStore, BoardStore]
    insert(one, 0, 'gone')
    remove(one, 0, 4)
    exchange(one, two)
    insert(one, 0, 'a')
    insert(two, 0, 'b')
    exchange(one, two)
    expect(shown(one, two)).toHaveLength(2)
    expect(textKeys(two)).toEqual(['text/1'])
  })

  it('M7: is empty and takes nothing where no element is, and stays valid when one comes', () => {
    const store = person(1)
    const text = store.text(A)
    store.transact('user', () => text.insert(0, 'x'))
    expect([text.length, text.toString(), store.size]).toEqual([0, '', 0])
    const [element] = generateScene({ count: 1 })
    store.transact('user', (edit) => element && edit.create({ ...element, id: A, text: 'ab' }))
    store.transact('user', () => text.insert(99, 'c'))
    store.transact('user', () => text.insert(-5, '_'))
    expect(text.toString()).toBe('_abc')
  })

  it('M11: tells changes of both texts as changes of the whole, and of the element', () => {
    const [one, two] = atOneLabel(1, 2) as [BoardStore, BoardStore]
    const deltas: TextDelta[] = []
    const updated: ElementId[] = []
    two.subscribe((changes) => updated.push(...changes.updated))
    const end = two.text(A).observe((delta) => deltas.push(delta))
    insert(one, 0, 'left')
    insert(two, 0, 'right')
    exchange(one, two)
    insert(one, 9, '!')
    one.transact('user', (edit) => edit.update(A, { locked: true }))
    exchange(one, two)
    end()
    remove(two, 0, 1)
    expect(deltas).toEqual([
      [{ insert: 'right' }],
      [{ insert: 'left' }, { retain: 5 }],
      [{ retain: 4 }, { retain: 5 }, { insert: '!' }],
    ])
    expect(updated).toEqual([A, A, A, A])
  })

  it('M46: places stay behind their letters through edits of others, in whichever text these are', () => {
    const [one, two] = atOneLabel(1, 2) as [BoardStore, BoardStore]
    insert(one, 0, 'left')
    insert(two, 0, 'right')
    const text = two.text(A)
    const places = [0, 2, 5].map((index) => text.positionAt(index))
    const now = () => places.map((place) => text.indexOf(place))
    exchange(one, two)
    expect(now()).toEqual([0, 6, 9])
    insert(one, 6, 'XY')
    remove(one, 0, 1)
    exchange(one, two)
    expect(shown(one, two)).toBe('eftriXYght')
    expect(now()).toEqual([0, 5, 10])
    remove(one, 4, 3)
    exchange(one, two)
    expect(shown(one, two)).toBe('eftrght')
    expect(now()).toEqual([0, 4, 7])
    one.transact('user', (edit) => edit.remove(A))
    exchange(one, two)
    expect(now()).toEqual([0, null, null])
  })
})

interface Typist {
  readonly store: BoardStore
  readonly waiting: Uint8Array[]
  /** What the told changes add up to. */
  mirror: string
}

const typists = (count: number, seed: number): Typist[] => {
  // Client ids of different lengths, so that the order of keys is not that of numbers.
  const stores = atOneLabel(...Array.from({ length: count }, (_, index) => (seed % 90) + 9 ** (index + 1)))
  const people = stores.map((store): Typist => ({ store, waiting: [], mirror: '' }))
  for (const one of people) {
    one.store.text(A).observe((delta) => {
      one.mirror = applied(one.mirror, delta)
    })
    one.store.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'wire') return
      for (const other of people) if (other !== one) other.waiting.push(update)
    })
  }
  return people
}

/** Applies what came, and looks whether a place is still behind its letter. */
const receive = ({ store, waiting }: Typist, count: number, random: () => number): void => {
  const text = store.text(A)
  const index = Math.floor(random() * (text.length + 1))
  const letter = text.toString().charAt(index - 1)
  const place = text.positionAt(index)
  for (const update of waiting.splice(0, count)) Y.applyUpdate(store.doc, update, 'wire')
  const now = text.indexOf(place) ?? -1
  if (index === 0) expect(now).toBe(0)
  else if (text.toString().includes(letter)) expect(text.toString().charAt(now - 1)).toBe(letter)
  else expect(now).toBeGreaterThanOrEqual(0)
}

describe('three people in one label, with partitions', () => {
  it.each(seeds)('M60: lose no letter that nobody deleted, and all read the same (FUZZ_SEED=%i)', (seed) => {
    const random = createRandom(seed)
    const people = typists(3, seed)
    const pick = () => people[Math.floor(random() * people.length)] as Typist
    const kept = new Set<string>()
    for (let step = 0; step < 250; step++) {
      const { store } = pick()
      const text = store.text(A)
      const at = Math.floor(random() * (text.length + 1))
      if (random() < 0.6) {
        const letters = String.fromCharCode(0x4e00 + step * 2, 0x4e01 + step * 2)
        insert(store, at, letters)
        for (const letter of letters) kept.add(letter)
      } else {
        const length = Math.floor(random() * (random() < 0.1 ? text.length : 4))
        for (const letter of text.toString().slice(at, at + length)) kept.delete(letter)
        remove(store, at, length)
      }
      if (random() < 0.5) receive(pick(), Math.floor(random() * 8), random)
      for (const one of people) expect(one.mirror).toBe(one.store.text(A).toString())
    }
    for (const one of people) receive(one, Infinity, random)
    const text = shown(...people.map(({ store }) => store))
    expect([...text].sort()).toEqual([...kept].sort())
    for (const one of people) expect(one.mirror).toBe(text)
  })

  it.each(seeds)(
    'M45, M60: undo and redo take no letter of others and leave all the same (FUZZ_SEED=%i)',
    (seed) => {
      const random = createRandom(seed)
      const people = typists(3, seed)
      const histories = people.map(({ store }) => createHistory(store))
      for (let step = 0; step < 250; step++) {
        const who = Math.floor(random() * people.length)
        const { store } = people[who] as Typist
        const text = store.text(A)
        const at = Math.floor(random() * (text.length + 1))
        const act = random()
        if (act < 0.4) insert(store, at, String.fromCharCode(0x61 + who))
        else if (act < 0.5) remove(store, at, 2)
        else if (act < 0.6) histories[who]?.barrier()
        else if (act < 0.8) {
          const theirs = (letters: string) => letters.replaceAll(String.fromCharCode(0x61 + who), '').length
          const before = theirs(text.toString())
          histories[who]?.undo()
          expect(theirs(text.toString())).toBeGreaterThanOrEqual(before)
        } else histories[who]?.redo()
        if (random() < 0.5) receiveAll(people[Math.floor(random() * 3)], Math.floor(random() * 8))
      }
      for (const one of people) receiveAll(one, Infinity)
      const text = shown(...people.map(({ store }) => store))
      for (const one of people) expect(one.mirror).toBe(text)
    },
  )
})

const receiveAll = (one: Typist | undefined, count: number): void => {
  for (const update of one?.waiting.splice(0, count) ?? [])
    Y.applyUpdate(one?.store.doc ?? new Y.Doc(), update, 'wire')
}
