import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { examineUpdate, type Known } from '../../server/sync/gate/gate.ts'
import { knownStructs } from '../../server/sync/gate/known-structs.ts'
import { admissiblePart } from '../../server/sync/gate/update-part.ts'
import { scanUpdate } from '../../server/sync/gate/update-scan.ts'
import { withDefaults } from '../../server/sync/limits.ts'
import { type CraftedStruct, craftUpdate } from '../support/crafted-updates.ts'
import { createRandom } from '../support/random.ts'
import { seedsOf } from '../support/seeds.ts'

type Random = () => number

const limits = withDefaults()
/** The client ids of the board: Ada's, another person's, nobody's, and one that nobody has drawn under. */
const clients = { ada: 1, ben: 2, nobody: 3, fresh: 4 }
const owners = new Map([
  [clients.ada, 'ada'],
  [clients.ben, 'ben'],
])

const knownOf = (doc: Y.Doc): Known => ({
  ...knownStructs(doc),
  ownerOf: (client) => owners.get(client),
})

const below = (random: Random, limit: number): number => Math.floor(random() * limit)

/** A board that three people have drawn on, some of it removed. */
const board = (random: Random): Uint8Array => {
  const server = new Y.Doc()
  for (const client of [clients.ada, clients.ben, clients.nobody]) {
    const doc = new Y.Doc()
    doc.clientID = client
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
    const elements = doc.getMap<unknown>('elements')
    for (let step = 0; step < 1 + below(random, 6); step++) {
      elements.set(`${below(random, 8)}`, random() < 0.5 ? step : new Y.Map([['base', new Y.Text('text')]]))
      if (random() < 0.3) elements.delete(`${below(random, 8)}`)
    }
    Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
  }
  return Y.encodeStateAsUpdate(server)
}

const restored = (state: Uint8Array): Y.Doc => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, state)
  return doc
}

const randomClient = (random: Random): number => 1 + below(random, 5)

const randomStruct = (random: Random): CraftedStruct => {
  const kind = random()
  if (kind < 0.2) return { type: 'garbage', length: 1 + below(random, 4) }
  if (kind < 0.3) return { type: 'skip', length: 1 + below(random, 4) }
  if (kind < 0.4) return { type: 'item', key: `${below(random, 8)}` }
  if (kind < 0.85) return randomItem(random)
  return {
    type: 'text',
    text: 'xyz'.slice(0, 1 + below(random, 3)),
    after: [randomClient(random), below(random, 12)],
  }
}

const encoded = (write: (encoder: encoding.Encoder) => void): Uint8Array => encoding.encode(write)

/** Of each kind, by number; written as Yjs reads it. */
const contents: readonly (readonly [number, (random: Random) => Uint8Array])[] = [
  [1, (random) => Uint8Array.of(1 + below(random, 3))],
  [3, () => Uint8Array.of(2, 1, 2)],
  [
    4,
    (random) =>
      encoded((encoder) => encoding.writeVarString(encoder, 'a🙂é'.slice(0, 1 + 2 * below(random, 2)))),
  ],
  [5, () => encoded((encoder) => encoding.writeVarString(encoder, '{"image":1}'))],
  [
    6,
    (random) =>
      encoded((encoder) => {
        encoding.writeVarString(encoder, 'bold')
        encoding.writeVarString(encoder, random() < 0.5 ? 'true' : 'null')
      }),
  ],
  [7, (random) => Uint8Array.of(below(random, 3))],
  [
    8,
    (random) =>
      encoded((encoder) => {
        const count = 1 + below(random, 3)
        encoding.writeVarUint(encoder, count)
        for (let index = 0; index < count; index++)
          encoding.writeAny(encoder, [index, 'x', { y: null }][index] ?? 1)
      }),
  ],
]

const randomUnit = (random: Random): [number, number] => [randomClient(random), below(random, 14)]

const randomItem = (random: Random): CraftedStruct => {
  const [content, bytes] = contents[below(random, contents.length)] ?? [8, () => Uint8Array.of(1, 127)]
  const inRoot = random() < 0.3
  return {
    type: 'any',
    origin: random() < 0.5 ? randomUnit(random) : null,
    rightOrigin: random() < 0.3 ? randomUnit(random) : null,
    parent: inRoot ? 'elements' : randomUnit(random),
    key: inRoot || random() < 0.5 ? `${below(random, 8)}` : null,
    content,
    bytes: bytes(random),
  }
}

/** Mostly near the clocks that there are, now and then far beyond. */
const randomClock = (random: Random, known: number): number =>
  random() < 0.05 ? 2 ** below(random, 53) : Math.max(0, known + below(random, 5) - 2)

const randomUpdate = (random: Random, doc: Y.Doc): Uint8Array => {
  const order = [1, 2, 3, 4, 5].sort(() => random() - 0.5).slice(0, below(random, 4))
  const sections = order.map((client) => ({
    client,
    clock: randomClock(random, Y.getState(doc.store, client)),
    structs: Array.from({ length: 1 + below(random, 3) }, () => randomStruct(random)),
  }))
  const deletes = Array.from({ length: below(random, 3) }, () => {
    const client = randomClient(random)
    return [client, randomClock(random, Y.getState(doc.store, client)), 1 + below(random, 4)] as const
  })
  return craftUpdate({ sections, deletes })
}

const flipped = (random: Random, update: Uint8Array): Uint8Array => {
  const cut = random() < 0.2 ? below(random, update.length + 1) : update.length
  const broken = update.slice(0, cut)
  for (let flips = below(random, 4); flips > 0 && broken.length > 0; flips--) {
    const at = below(random, broken.length)
    broken[at] = (broken[at] ?? 0) ^ (1 << below(random, 8))
  }
  return broken
}

const isWhole = (doc: Y.Doc): boolean => doc.store.pendingStructs === null && doc.store.pendingDs === null

/** Whether Yjs applies all of it. */
const applies = (doc: Y.Doc, update: Uint8Array): boolean => {
  try {
    Y.applyUpdate(doc, update)
    return isWhole(doc)
  } catch {
    return false
  }
}

/** Yjs can take some such updates and stumbles over others: the gate asks for the rest of all of them. */
const continuesGarbage = (doc: Y.Doc, update: Uint8Array): boolean =>
  scanUpdate(update, knownOf(doc), limits).needs.some(({ unit }) => unit === Number.MAX_SAFE_INTEGER)

const bensClocks = (doc: Y.Doc): number => Y.getState(doc.store, clients.ben)

const checkPart = (doc: Y.Doc, update: Uint8Array, isPatient: boolean, hint: string): void => {
  const part = admissiblePart(update, knownOf(doc), 'ada', limits, isPatient)
  if (!part) return
  expect(examineUpdate(part, knownOf(doc), 'ada', limits), `part, ${hint}`).toMatchObject({
    type: 'admitted',
  })
  const before = bensClocks(doc)
  expect(applies(doc, part), `part, ${hint}`).toBe(true)
  expect(bensClocks(doc)).toBe(before)
}

const check = (state: Uint8Array, update: Uint8Array, hint: string): string => {
  const doc = restored(state)
  const verdict = examineUpdate(update, knownOf(doc), 'ada', limits)
  if (verdict.type === 'malformed' || verdict.type === 'too-large') return verdict.type
  if (verdict.type === 'admitted') {
    const before = bensClocks(doc)
    expect(applies(doc, update), `admitted, ${hint}`).toBe(true)
    expect(bensClocks(doc), `foreign, ${hint}`).toBe(before)
    return verdict.type
  }
  if (verdict.type !== 'foreign' && !continuesGarbage(doc, update))
    expect(applies(restored(state), update), `${verdict.type}, ${hint}`).toBe(false)
  for (const isPatient of [true, false]) checkPart(restored(state), update, isPatient, hint)
  return verdict.type
}

describe('SY2 SY17 S33 S91 S93 S98 the gate before made-up updates', () => {
  it.each(seedsOf(30))('admits what applies without rest, and nothing else, seed %i', (seed) => {
    const random = createRandom(seed)
    const state = board(random)
    const doc = restored(state)
    const seen = new Map<string, number>()
    for (let round = 0; round < 100; round++) {
      const update = randomUpdate(random, doc)
      const type = check(state, update, `seed ${seed}, round ${round}, ${update.join()}`)
      seen.set(type, (seen.get(type) ?? 0) + 1)
    }
    for (const type of ['admitted', 'gap', 'foreign']) expect(seen.get(type), type).toBeGreaterThan(0)
  })

  it.each(seedsOf(30))('bears broken bytes, seed %i', (seed) => {
    const random = createRandom(seed)
    const state = board(random)
    const doc = restored(state)
    doc.clientID = clients.ada
    const before = Y.encodeStateVector(doc)
    doc
      .getMap('elements')
      .set('new', new Y.Map([['base', { at: [1, 2], text: 'né 🙂', bytes: new Uint8Array(3) }]]))
    const whole = Y.encodeStateAsUpdate(doc, before)
    for (let round = 0; round < 200; round++) {
      const update = flipped(random, whole)
      check(state, update, `seed ${seed}, round ${round}, ${update.join()}`)
    }
  })
})
