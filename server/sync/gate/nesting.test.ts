import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type CraftedItem, craftUpdate } from '../../../test/support/crafted-updates.ts'
import { createRandom } from '../../../test/support/random.ts'
import { withDefaults } from '../limits.ts'
import { examineUpdate } from './gate.ts'
import { knownStructs } from './known-structs.ts'

const limits = withDefaults()
const most = limits.contentDepth

const verdict = (update: Uint8Array, before: Y.Doc = new Y.Doc(), changed = limits) =>
  examineUpdate(update, { ...knownStructs(before), ownerOf: () => undefined }, 'ada', changed).type

type Shared = Y.Map<unknown> | Y.Array<unknown>

/** So many maps, one in the other; returns the innermost. */
const nest = (doc: Y.Doc, levels: number): Y.Map<unknown> => {
  let inner: Y.Map<unknown> = doc.getMap('elements')
  doc.transact(() => {
    for (let level = 0; level < levels; level++) inner = inner.set('a', new Y.Map())
  })
  return inner
}

/** A map that says where it goes. */
const map = (place: Partial<CraftedItem>): CraftedItem => ({
  type: 'any',
  origin: null,
  rightOrigin: null,
  parent: 'elements',
  key: 'a',
  content: 7,
  bytes: Uint8Array.of(1),
  ...place,
})

const one = { content: 8, bytes: Uint8Array.of(1, 127) } as const

describe('CT10 S35 shared types, one in the other', () => {
  it('pass down to the limit and not beyond, at once or one after the other', () => {
    const doc = new Y.Doc()
    const inner = nest(doc, most)
    const whole = Y.encodeStateAsUpdate(doc)
    expect(verdict(whole)).toBe('admitted')
    const before = new Y.Doc()
    Y.applyUpdate(before, whole)
    inner.set('title', 'no deeper')
    expect(verdict(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(before)), before)).toBe('admitted')
    inner.set('a', new Y.Text('deeper'))
    expect(verdict(Y.encodeStateAsUpdate(doc, Y.encodeStateVector(before)), before)).toBe('malformed')
    expect(verdict(Y.encodeStateAsUpdate(doc))).toBe('malformed')
  })

  it('do not pass by tens of thousands, which nobody could delete any more', () => {
    const doc = new Y.Doc()
    nest(doc, 20_000)
    expect(verdict(Y.encodeStateAsUpdate(doc))).toBe('malformed')
  })

  it('do not pass where each only stands beside a value of the one above', () => {
    const structs = [map({})]
    for (let level = 0; level < most; level++) {
      const above = 2 * level
      structs.push(map({ parent: [9, above], ...one }), map({ origin: [9, above + 1], key: null }))
    }
    const of = (levels: number) =>
      craftUpdate({ sections: [{ client: 9, clock: 0, structs: structs.slice(0, 2 * levels - 1) }] })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, of(most + 1))
    expect(knownStructs(doc).nestingOf(9, 2 * most, 1000)).toBe(most)
    expect([verdict(of(most)), verdict(of(most + 1))]).toEqual(['admitted', 'malformed'])
  })

  it('that stand in a circle are refused in any case', () => {
    const circle = craftUpdate({
      sections: [
        { client: 9, clock: 0, structs: [map({ origin: [8, 0], key: null })] },
        { client: 8, clock: 0, structs: [map({ origin: [9, 0], key: null })] },
      ],
    })
    expect(verdict(circle)).toBe('gap')
  })

  it('take no endless time where thousands stand in a row', () => {
    const count = 40_000
    const structs = Array.from({ length: count }, (_, clock) =>
      clock === 0 ? map({}) : map({ origin: [9, clock - 1], key: null }),
    )
    expect(verdict(craftUpdate({ sections: [{ client: 9, clock: 0, structs }] }))).toBe('admitted')
  })
})

/** The most shared types that Yjs has in each other. */
const depthOf = (doc: Y.Doc): number => {
  let deepest = 0
  for (const [client, structs] of doc.store.clients) {
    for (const struct of structs) {
      const isType = struct instanceof Y.Item && struct.content instanceof Y.ContentType
      if (isType) deepest = Math.max(deepest, knownStructs(doc).nestingOf(client, struct.id.clock, 1000) + 1)
    }
  }
  return deepest
}

/** A document that keeps what was deleted as it was. */
const keeping = (): Y.Doc => new Y.Doc({ gc: false })

/** Puts something anywhere: in a map, over what is there, or in a list. */
const grow = (doc: Y.Doc, random: () => number): void => {
  const all: Shared[] = [doc.getMap('elements')]
  for (const shared of all) {
    shared.forEach((inner: unknown) => {
      if (inner instanceof Y.Map || inner instanceof Y.Array) all.push(inner)
    })
  }
  const where = all[Math.floor(random() * all.length)]
  const what = random() < 0.3 ? 'x' : random() < 0.5 ? new Y.Map<unknown>() : new Y.Array<unknown>()
  if (where instanceof Y.Map) where.set(random() < 0.5 ? 'a' : 'b', what)
  else where?.insert(Math.floor(random() * (where.length + 1)), [what])
}

it.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'S35 CT10 counts the levels as Yjs builds them, whoever made them in whatever order, seed %i',
  (seed) => {
    const random = createRandom(seed)
    for (let round = 0; round < 40; round++) {
      const people = [1, 2, 3].map((id) => Object.assign(keeping(), { clientID: id * 100 + seed }))
      const start = keeping()
      for (let step = 0; step < 30; step++) {
        const doc = people[Math.floor(random() * people.length)] ?? start
        grow(doc, random)
        if (random() < 0.5) for (const other of people) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc))
        if (step === 8 && random() < 0.5) Y.applyUpdate(start, Y.encodeStateAsUpdate(doc))
      }
      const whole = keeping()
      for (const doc of people) Y.applyUpdate(whole, Y.encodeStateAsUpdate(doc))
      const update = Y.encodeStateAsUpdate(whole)
      const depth = depthOf(whole)
      if (depth < 2) continue
      const at = (contentDepth: number) => verdict(update, start, withDefaults({ contentDepth }))
      // What is known already is not counted again.
      expect(at(depth), `round ${round}`).toBe('admitted')
      if (depthOf(start) < depth) expect(at(depth - 1), `round ${round}`).toBe('malformed')
    }
  },
)
