import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { docWith, edit, pick, verdict } from '../../../test/support/gate-questions.ts'
import { createRandom } from '../../../test/support/random.ts'
import { seedsOf } from '../../../test/support/seeds.ts'

const encode = Y.encodeStateAsUpdate

describe('what editors really send passes', () => {
  it.each([1, 2, 3, 4, 5])(
    'every update of three people who draw and exchange at random, seed %i',
    (seed) => {
      const random = createRandom(seed)
      const server = new Y.Doc()
      const people = [1, 2, 3].map((id) => docWith(() => {}, id * 1000 + seed))
      const outbox: Uint8Array[] = []
      for (const doc of people)
        doc.on('update', (update, origin) => origin !== 'remote' && outbox.push(update))
      for (let step = 0; step < 300; step++) {
        const doc = pick(random, people) ?? server
        edit(doc, random)
        if (random() < 0.3) Y.applyUpdate(doc, encode(server, Y.encodeStateVector(doc)), 'remote')
        // Sometimes somebody was offline and sends all in one.
        const offline = random() < 0.1
        const updates = offline ? [encode(doc, Y.encodeStateVector(server))] : outbox.splice(0)
        for (const update of updates) {
          expect(verdict(update, server), `step ${step}`).toMatchObject({ type: 'admitted' })
          Y.applyUpdate(server, update)
          expect([server.store.pendingStructs, server.store.pendingDs]).toEqual([null, null])
        }
        if (offline) outbox.length = 0
      }
      expect(verdict(encode(server))).toMatchObject({ type: 'admitted' })
      expect(verdict(encode(server), server)).toMatchObject({ type: 'admitted' })
    },
  )
})

describe('what editors who can take back their changes send passes', () => {
  it.each(seedsOf(10))(
    'S98 also what answers an old question, and what was merged without a document, seed %i',
    (seed) => {
      const random = createRandom(seed)
      const server = new Y.Doc()
      const people = [1, 2, 3].map((id) => {
        const doc = docWith(() => {}, id * 1000 + seed)
        const undo = new Y.UndoManager([doc.getMap('elements'), doc.getMap('meta')], { captureTimeout: 0 })
        return { doc, undo }
      })
      let old = Y.encodeStateVector(server)
      for (let step = 0; step < 300; step++) {
        const person = pick(random, people)
        if (!person) continue
        const { doc, undo } = person
        if (random() < 0.2) undo[random() < 0.6 ? 'undo' : 'redo']()
        else edit(doc, random)
        if (random() < 0.2) Y.applyUpdate(doc, encode(server, Y.encodeStateVector(doc)), 'remote')
        if (random() < 0.1) old = Y.encodeStateVector(server)
        if (random() < 0.6) continue
        const update = encode(doc, old)
        const sent = random() < 0.5 ? Y.mergeUpdates([update]) : update
        // Where the beginning of an item was collected as garbage, it is asked for again.
        expect(verdict(sent, server).type, `step ${step}`).toMatch(/^(admitted|gap)$/)
        Y.applyUpdate(server, encode(doc, Y.encodeStateVector(server)))
      }
    },
  )

  /** Several values of one key, one after the other, that Yjs has joined since they are kept for undoing. */
  const replacedOften = (): Y.Doc => {
    const doc = docWith(() => {}, 7)
    const element = new Y.Map<unknown>()
    doc.getMap('elements').set('a', element)
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['user']), captureTimeout: 0 })
    for (let width = 1; width <= 4; width++) {
      doc.transact(() => element.set('size', [width, 1]), 'user')
      undo.stopCapturing()
    }
    return doc
  }

  it('S98 what was the value of a key and is deleted may be several units', () => {
    const update = encode(replacedOften())
    const joined = Y.decodeUpdate(update).structs.some((struct) => 'parentSub' in struct && struct.length > 1)
    expect(joined).toBe(true)
    expect(verdict(update)).toMatchObject({ type: 'admitted' })
    const server = docWith((doc) => Y.applyUpdate(doc, update))
    expect((server.getMap('elements').get('a') as Y.Map<unknown>).get('size')).toEqual([4, 1])
  })

  it('S98 also where updates were merged, by which Yjs forgets what key they were of', () => {
    const doc = replacedOften()
    const element = doc.getMap('elements').get('a') as Y.Map<unknown>
    const before = Y.encodeStateAsUpdate(doc)
    const known = Y.encodeStateVector(doc)
    const undo = new Y.UndoManager(doc, { trackedOrigins: new Set(['user']), captureTimeout: 0 })
    for (let width = 5; width <= 9; width++) {
      doc.transact(() => element.set('size', [width, 1]), 'user')
      undo.stopCapturing()
    }
    const later = Y.encodeStateAsUpdate(doc, known)
    for (const [base, update] of [
      [docWith((fresh) => Y.applyUpdate(fresh, before)), Y.mergeUpdates([later])],
      [new Y.Doc(), Y.mergeUpdates([before, later])],
    ] as const) {
      const judged = verdict(update, base)
      expect(judged).toMatchObject({ type: 'admitted' })
      Y.applyUpdate(base, update)
      expect((base.getMap('elements').get('a') as Y.Map<unknown>).toJSON()).toEqual({ size: [9, 1] })
    }
    const { structs, ds } = Y.decodeUpdate(later)
    expect(structs.some(({ length }) => length > 1)).toBe(true)
    expect(ds.clients.size).toBe(1)
  })

  it('S98 but not when they are not all deleted', () => {
    const doc = replacedOften()
    const { structs } = Y.decodeUpdate(encode(doc))
    const joined = structs.find((struct) => 'parentSub' in struct && struct.length > 1)
    if (!joined) throw new Error('Nothing was joined')
    const kept = [joined.id.clock, 1] as const
    const update = encode(doc)
    // The deletions stand at the end: one client, one range, its clock and its length.
    const shorter = update.slice()
    shorter[shorter.length - 1] = (shorter.at(-1) ?? 0) - joined.length + kept[1] - 1
    expect(verdict(shorter)).toMatchObject({ type: 'malformed' })
  })
})
