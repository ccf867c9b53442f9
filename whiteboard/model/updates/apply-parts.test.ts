import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createRandom } from '../../../test/support/random.ts'
import { seedsOf } from '../../../test/support/seeds.ts'
import { partOf } from '../document.ts'
import { applyParts } from './apply-parts.ts'
import { encodeState } from './encode-state.ts'

type Random = () => number

const pick = <Item>(items: readonly Item[], random: Random): Item => {
  const item = items[Math.floor(random() * items.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const values = (random: Random): unknown =>
  pick(
    [random(), 'word', 'größer', [random() * 9, null], { a: { b: [true, 'ж'] }, c: -1.5, d: undefined }],
    random,
  )

const edit = (doc: Y.Doc, random: Random): void => {
  const elements = doc.getMap<unknown>('elements')
  const keys = [...elements.keys()]
  const key = keys.length > 0 && random() < 0.8 ? pick(keys, random) : `e${Math.floor(random() * 60)}`
  const entry = elements.get(key)
  const choice = random()
  if (choice < 0.15) elements.delete(key)
  else if (!(entry instanceof Y.Map) || choice < 0.2)
    elements.set(key, new Y.Map(Object.entries({ base: values(random) })))
  else if (choice < 0.4) entry.set('position', [random(), random()])
  else if (choice < 0.5) entry.set('points', new Uint8Array([1, 2, random() * 255]))
  else type(entry, `text/${pick([1, 2], random)}`, random)
}

const type = (entry: Y.Map<unknown>, key: string, random: Random): void => {
  const text = entry.get(key)
  if (!(text instanceof Y.Text)) entry.set(key, new Y.Text())
  else if (random() < 0.3 && text.length > 2) text.delete(Math.floor(random() * (text.length - 2)), 2)
  else text.insert(Math.floor(random() * (text.length + 1)), pick(['a', 'word ', '🙂', 'ß'], random))
}

/** What several people made of a board, who heard of each other now and then; and all updates, as they were made. */
const workOf = (random: Random): { docs: Y.Doc[]; updates: Uint8Array[] } => {
  const docs = Array.from({ length: 4 }, (_, index) => {
    const doc = new Y.Doc({ gc: index !== 3 })
    doc.clientID = 1 + Math.floor(random() * 1e9)
    return doc
  })
  const updates: Uint8Array[] = []
  for (const doc of docs)
    doc.on('update', (update, _origin, _doc, { local }) => local && updates.push(update))
  for (let step = 0; step < 400; step++) {
    const doc = pick(docs, random)
    doc.transact(() => edit(doc, random))
    const other = pick(docs, random)
    if (random() < 0.1) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other)))
  }
  return { docs, updates }
}

const shuffled = <Item>(items: readonly Item[], random: Random): Item[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)

/** Runs of updates, each merged, as they lie in the rows of a device copy. */
const rowsOf = (updates: readonly Uint8Array[], random: Random): Uint8Array[] => {
  const rows: Uint8Array[][] = []
  for (const update of updates) {
    const last = rows.at(-1)
    if (last && random() < 0.9) last.push(update)
    else rows.push([update])
  }
  return rows.map((row) => Y.mergeUpdates(row))
}

const finish = <Result>(work: Generator<unknown, Result>): Result => {
  let step = work.next()
  while (!step.done) step = work.next()
  return step.value
}

const inParts = (doc: Y.Doc, updates: readonly Uint8Array[], structs = 7): void =>
  finish(applyParts(doc, updates, { origin: null, limit: { structs, bytes: 500 } }))

const copyOf = (update: Uint8Array): Y.Doc => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  return doc
}

const contentOf = (doc: Y.Doc): unknown => doc.getMap('elements').toJSON()

/** The state, whatever neighbouring structs Yjs has come to keep as one: it joins them where a transaction touched them. */
const stateOf = (doc: Y.Doc): Uint8Array => Y.encodeStateAsUpdate(copyOf(Y.encodeStateAsUpdate(doc)))

const expectSame = (parts: Y.Doc, whole: Y.Doc): void => {
  expect(contentOf(parts)).toEqual(contentOf(whole))
  expect(Y.encodeStateVector(parts)).toEqual(Y.encodeStateVector(whole))
  expect(stateOf(parts)).toEqual(stateOf(whole))
  expect(parts.store.pendingStructs === null).toBe(whole.store.pendingStructs === null)
  expect(parts.store.pendingDs === null).toBe(whole.store.pendingDs === null)
}

describe.each(seedsOf(6))('Applying in parts, seed %i', (seed) => {
  it('gives what applying whole gives, and nothing waits in between', () => {
    const random = createRandom(seed)
    const { docs } = workOf(random)
    for (const source of docs) {
      const update = Y.encodeStateAsUpdate(source)
      const doc = new Y.Doc()
      const waited: boolean[] = []
      doc.on('afterTransaction', () => waited.push(doc.store.pendingStructs !== null))
      inParts(doc, [update])
      expect(waited.length).toBeGreaterThan(5)
      expect(waited).not.toContain(true)
      expectSame(doc, copyOf(update))
    }
  })

  it('takes what is there already, and rows in whichever order', () => {
    const random = createRandom(seed)
    const { docs, updates } = workOf(random)
    const rows = shuffled(rowsOf(updates, random), random)
    const known = Y.encodeStateAsUpdate(pick(docs, random))
    const [parts, whole] = [copyOf(known), copyOf(known)]
    inParts(parts, rows)
    Y.transact(whole, () => {
      for (const row of rows) Y.applyUpdate(whole, row)
    })
    expectSame(parts, whole)
    expect(parts.store.pendingStructs).toBeNull()
  })

  it('leaves waiting what the whole would leave waiting, until the rest comes', () => {
    const random = createRandom(seed)
    const { docs, updates } = workOf(random)
    const rows = rowsOf(updates, random)
    const missing = Math.floor(random() * rows.length)
    const [parts, whole] = [new Y.Doc(), new Y.Doc()]
    const there = rows.filter((_row, index) => index !== missing)
    inParts(parts, there)
    for (const row of there) Y.applyUpdate(whole, row)
    expect(contentOf(parts)).toEqual(contentOf(whole))
    expect(parts.store.pendingStructs === null).toBe(whole.store.pendingStructs === null)
    for (const doc of docs) inParts(parts, [Y.encodeStateAsUpdate(doc)])
    inParts(parts, rows.slice(missing, missing + 1))
    const all = new Y.Doc()
    for (const row of rows) Y.applyUpdate(all, row)
    expect(contentOf(parts)).toEqual(contentOf(all))
    expect(parts.store.pendingStructs).toBeNull()
  })

  it('lets a person work meanwhile', () => {
    const random = createRandom(seed)
    const { docs } = workOf(random)
    const [source] = docs
    if (!source) throw new Error('no document')
    const update = Y.encodeStateAsUpdate(source)
    const doc = new Y.Doc()
    const own: Uint8Array[] = []
    doc.on('update', (sent, _origin, _doc, { local }) => local && own.push(sent))
    for (const _pause of applyParts(doc, [update], { origin: null, limit: { structs: 20, bytes: 500 } })) {
      doc.transact(() => edit(doc, random))
    }
    const peer = copyOf(update)
    for (const change of own) Y.applyUpdate(peer, change)
    expect(contentOf(peer)).toEqual(contentOf(doc))
    expect(peer.store.pendingStructs).toBeNull()
  })

  it('encodes the state in slices, with all that was there when it began, and nothing that waits for more', () => {
    const random = createRandom(seed)
    const { docs } = workOf(random)
    for (const doc of docs) {
      expect(finish(encodeState(doc))).toEqual(Y.encodeStateAsUpdate(doc))
      const later: Uint8Array[] = []
      doc.on('update', (update) => later.push(update))
      const work = encodeState(doc)
      let step = work.next()
      for (; !step.done; step = work.next()) doc.transact(() => edit(doc, random))
      const copy = copyOf(step.value)
      expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null])
      for (const update of later) Y.applyUpdate(copy, update)
      expect(contentOf(copy)).toEqual(contentOf(doc))
    }
  })
})

describe('Applying in parts', () => {
  it('marks its transactions, and brings deletions with the last', () => {
    const source = new Y.Doc({ gc: false })
    const elements = source.getMap('elements')
    for (let index = 0; index < 40; index++) elements.set(`e${index}`, index)
    for (let index = 0; index < 20; index++) elements.delete(`e${index}`)
    const doc = new Y.Doc()
    const parts: unknown[] = []
    const sizes: number[] = []
    doc.on('afterTransaction', (transaction) => {
      parts.push(partOf(transaction))
      sizes.push(doc.getMap('elements').size)
    })
    inParts(doc, [Y.encodeStateAsUpdate(source)])
    expect(parts).toEqual([...Array.from({ length: 6 }, () => 'more'), 'last'])
    expect(sizes.slice(-2)).toEqual([40, 20])
  })

  it('ends with its last mark when it is given up, and when the bytes are no update', () => {
    const source = new Y.Doc()
    for (let index = 0; index < 40; index++) source.getMap('elements').set(`e${index}`, index)
    const update = Y.encodeStateAsUpdate(source)
    const doc = new Y.Doc()
    const parts: unknown[] = []
    doc.on('afterTransaction', (transaction) => parts.push(partOf(transaction)))
    const work = applyParts(doc, [update], { origin: null, limit: { structs: 7, bytes: 500 } })
    work.next()
    work.return()
    expect(parts).toEqual(['more', 'last'])
    expect(() => inParts(doc, [update.slice(0, 100)])).toThrow()
    expect(parts.at(-1)).toBe('last')
  })
})
