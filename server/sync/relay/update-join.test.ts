import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createRandom } from '../../../test/support/random.ts'
import { seedsOf } from '../../../test/support/seeds.ts'
import { knownStructs } from '../gate/known-structs.ts'
import { scanUpdate } from '../gate/update-scan.ts'
import { withDefaults } from '../limits.ts'
import { noveltyOf } from './novelty.ts'
import { encodeJoins, type Novelty, UpdateJoin } from './update-join.ts'

const limits = withDefaults()

const scan = (doc: Y.Doc, update: Uint8Array) => scanUpdate(update, knownStructs(doc), limits)

/** Applies the update and tells what was new of it. */
const take = (doc: Y.Doc, update: Uint8Array): Novelty | null => {
  const novelty = noveltyOf(doc.store, update, scan(doc, update))
  Y.applyUpdate(doc, update)
  return novelty
}

const joined = (...novelties: (Novelty | null)[]): Uint8Array => {
  const join = new UpdateJoin()
  for (const novelty of novelties) if (novelty) join.add(novelty)
  return encodeJoins([join])
}

const updatesOf = (client: number, ...steps: ((elements: Y.Map<unknown>) => void)[]): Uint8Array[] => {
  const doc = new Y.Doc()
  doc.clientID = client
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const step of steps) doc.transact(() => step(doc.getMap('elements')))
  return updates
}

describe('S80 joining updates', () => {
  it('PE1 writes deletions in the order of their clocks, without which Yjs misplaces what has to wait', () => {
    const updates = updatesOf(
      7,
      (elements) => ['a', 'b', 'c', 'd', 'e', 'f'].map((key, index) => elements.set(key, index)),
      (elements) => elements.delete('e'),
      (elements) => elements.delete('b'),
    )
    const server = new Y.Doc()
    const [drawn, ...deleted] = updates.map((update) => take(server, update))
    const late = new Y.Doc()
    Y.applyUpdate(late, joined(...deleted))
    Y.applyUpdate(late, joined(drawn ?? null))
    expect(late.getMap('elements').toJSON()).toEqual({ a: 0, c: 2, d: 3, f: 5 })
  })

  it('PE1 lets no deletion lie over another, either', () => {
    const updates = updatesOf(
      7,
      (elements) => ['a', 'b', 'c', 'd', 'e', 'f'].map((key, index) => elements.set(key, index)),
      (elements) => ['b', 'c', 'd'].map((key) => elements.delete(key)),
    )
    const server = new Y.Doc()
    const [drawn, deleted] = updates.map((update) => take(server, update))
    // Whoever deletes what others were in has deleted those again.
    const again = deleted ? { ...deleted, deletes: [...deleted.deletes, 7, 2, 3, 7, 5, 6] } : null
    const late = new Y.Doc()
    Y.applyUpdate(late, joined(again))
    Y.applyUpdate(late, joined(drawn ?? null))
    expect(late.getMap('elements').toJSON()).toEqual({ a: 0, e: 4 })
    expect(late.store.pendingDs).toBeNull()
  })

  it('puts structs of one client together and makes one range of deletions that continue each other', () => {
    const updates = updatesOf(
      7,
      (elements) => elements.set('a', 1),
      (elements) => elements.set('a', 2),
      (elements) => elements.set('a', 3),
      (elements) => elements.set('a', 4),
    )
    const doc = new Y.Doc()
    const bytes = joined(...updates.map((update) => take(doc, update)))
    const { structs, ds } = Y.decodeUpdate(bytes)
    expect(structs.map(({ id, length }) => [id.client, id.clock, length])).toEqual([
      [7, 0, 1],
      [7, 1, 1],
      [7, 2, 1],
      [7, 3, 1],
    ])
    expect(
      [...ds.clients].map(([client, ranges]) => [client, ranges.map(({ clock, len }) => [clock, len])]),
    ).toEqual([[7, [[0, 3]]]])
  })

  it('leaves out what the document had', () => {
    const updates = updatesOf(
      7,
      (elements) => elements.set('a', 1),
      (elements) => elements.set('a', 2),
      (elements) => elements.delete('a'),
    )
    const doc = new Y.Doc()
    for (const update of updates) expect(take(doc, update)).toMatchObject({ isAll: true })
    expect(take(doc, Y.encodeStateAsUpdate(doc))).toBeNull()
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
    other.getMap('elements').set('b', 1)
    const novelty = take(doc, Y.encodeStateAsUpdate(other))
    expect(novelty).toMatchObject({ isAll: false, deletes: [] })
    expect(novelty?.runs).toHaveLength(1)
  })

  it('tells what overlaps inside a struct, which it cannot cut', () => {
    const source = new Y.Doc()
    const text = new Y.Text()
    source.getMap('elements').set('text', text)
    text.insert(0, 'abc')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(source))
    text.insert(3, 'def')
    // Yjs has made one struct of both.
    expect(take(doc, Y.encodeStateAsUpdate(source))?.runs).toBeNull()
  })

  it('takes the longest numbers', () => {
    const client = 2 ** 53 - 1
    const updates = updatesOf(
      client,
      (elements) => elements.set('a', 'x'.repeat(300)),
      (elements) => elements.set('a', 2),
    )
    const doc = new Y.Doc()
    const mirror = new Y.Doc()
    Y.applyUpdate(mirror, joined(...updates.map((update) => take(doc, update))))
    expect(mirror.getMap('elements').toJSON()).toEqual({ a: 2 })
  })
})

/** People who draw, type and delete, are away for a while, and say again what they said before. */
class Crowd {
  readonly docs: Y.Doc[]
  private readonly random: () => number
  private readonly outgoing: Uint8Array[][] = []

  constructor(random: () => number, people: number) {
    this.random = random
    this.docs = Array.from({ length: people }, (_, index) => {
      const doc = new Y.Doc()
      doc.clientID = 100 + index
      this.outgoing.push([])
      doc.on('update', (update: Uint8Array, origin: unknown) => {
        if (origin !== 'server') this.outgoing[index]?.push(update)
      })
      return doc
    })
  }

  private pick(count: number): number {
    return Math.floor(this.random() * count)
  }

  /** What one person sends next, in order. */
  next(server: Y.Doc): Uint8Array[] {
    const index = this.pick(this.docs.length)
    const doc = this.docs[index] as Y.Doc
    const dice = this.random()
    if (dice < 0.1) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server), 'server')
    for (let count = this.pick(4); count >= 0; count--) this.edit(doc)
    const queue = this.outgoing[index] as Uint8Array[]
    const updates = queue.splice(0)
    if (dice < 0.2) return [Y.encodeStateAsUpdate(doc)]
    if (dice < 0.3) return [...updates, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(server))]
    if (dice < 0.4) return [Y.mergeUpdates([...updates, Y.encodeStateAsUpdate(doc)]), ...updates]
    return updates
  }

  private edit(doc: Y.Doc): void {
    const elements = doc.getMap<Y.Map<unknown>>('elements')
    const key = `e${this.pick(6)}`
    const element = elements.get(key)
    const dice = this.random()
    if (!element) elements.set(key, new Y.Map<unknown>([['base', { type: 'rectangle' }]]))
    else if (dice < 0.15) elements.delete(key)
    else if (dice < 0.6) element.set('position', [this.pick(9), this.pick(9)])
    else this.type(doc, element)
  }

  private type(doc: Y.Doc, element: Y.Map<unknown>): void {
    const text = element.get('text')
    if (!(text instanceof Y.Text)) element.set('text', new Y.Text('añ😀'))
    else if (text.length > 2 && this.random() < 0.4) text.delete(this.pick(text.length - 1), 1)
    else doc.transact(() => text.insert(this.pick(text.length + 1), 'xyz'))
  }
}

const expectEqual = (left: Y.Doc, right: Y.Doc): void => {
  expect(right.store.pendingStructs).toBeNull()
  expect(right.store.pendingDs).toBeNull()
  expect(right.getMap('elements').toJSON()).toEqual(left.getMap('elements').toJSON())
  expect(Y.decodeStateVector(Y.encodeStateVector(right))).toEqual(
    Y.decodeStateVector(Y.encodeStateVector(left)),
  )
  expect(
    Y.equalDeleteSets(
      Y.createDeleteSetFromStructStore(left.store),
      Y.createDeleteSetFromStructStore(right.store),
    ),
  ).toBe(true)
}

describe('S80 whoever gets the joined updates has what the server has', () => {
  it.each(seedsOf(60))('seed %i', (seed) => {
    const random = createRandom(seed)
    const crowd = new Crowd(random, 1 + Math.floor(random() * 4))
    const server = new Y.Doc()
    const mirror = new Y.Doc()
    const log = new Y.Doc()
    let parts = [new UpdateJoin(), new UpdateJoin()]
    const flush = (): void => {
      Y.applyUpdate(mirror, encodeJoins(parts))
      parts = [new UpdateJoin(), new UpdateJoin()]
    }
    for (let round = 0; round < 60; round++) {
      for (const update of crowd.next(server)) {
        if (scan(server, update).needs.length > 0) continue
        const novelty = take(server, update)
        if (!novelty) continue
        Y.applyUpdate(log, novelty.runs ? joined(novelty) : novelty.update)
        // As two authors: what one has structs of, the other must not.
        const own = random() < 0.5 ? 0 : 1
        const clash = novelty.runs?.some(({ client }) => parts[1 - own]?.has(client))
        if (clash || !parts[own]?.fits(novelty)) flush()
        if (novelty.runs) parts[own]?.add(novelty)
        else Y.applyUpdate(mirror, novelty.update)
      }
      if (random() < 0.2) flush()
    }
    flush()
    expectEqual(server, mirror)
    expectEqual(server, log)
  })
})
