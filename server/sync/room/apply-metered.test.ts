import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { craftUpdate, crowdedLetters } from '../../../test/support/crafted-updates.ts'
import { withDefaults } from '../limits.ts'
import type { IsSpent } from './apply-metered.ts'
import type { BoardDocument } from './document.ts'
import { readStoredDocument } from './stored-document.ts'

const limits = withDefaults()

const copyOf = (...updates: Uint8Array[]): Y.Doc => {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

/** A board with a text, by client 7: the map is its first unit, the text its second. */
const written = (letters: number): Uint8Array => {
  const doc = new Y.Doc()
  doc.clientID = 7
  const element = new Y.Map<unknown>()
  doc.getMap('elements').set('e', element)
  const text = new Y.Text()
  element.set('text/7', text)
  text.insert(0, 'x'.repeat(letters))
  return Y.encodeStateAsUpdate(doc)
}

const open = (snapshot: Uint8Array): Promise<BoardDocument> =>
  readStoredDocument(
    'board',
    { snapshot: { seq: 1, data: snapshot }, entries: [], owners: new Map() },
    limits,
  )

/** What takes long, with deletions of a letter that was there and of three of its own. */
const crowded = (count: number): Uint8Array =>
  craftUpdate({
    sections: [crowdedLetters(9, { client: 7, first: 5 }, count)],
    deletes: [
      [7, 2, 1],
      [9, 0, 3],
    ],
  })

const spentAfter =
  (structs: number): IsSpent =>
  (done) =>
    done >= structs

const contentOf = (doc: Y.Doc): unknown => doc.getMap('elements').toJSON()

describe('an update of many structs', () => {
  it('S115 is applied as it would be whole', async () => {
    const base = written(1000)
    const update = crowded(600)
    const document = await open(base)
    const looks: number[] = []
    const outcome = document.apply(update, 'eve', true, undefined, (structs) => looks.push(structs) === 0)
    expect(outcome).toMatchObject({ type: 'applied', novelty: { isAll: true } })
    expect(looks.at(-1)).toBe(600)
    expect(looks.length).toBeGreaterThan(2)
    const [ours, theirs] = [copyOf(document.missingFrom()), copyOf(base, update)]
    expect(contentOf(ours)).toEqual(contentOf(theirs))
    expect(Y.encodeStateVector(ours)).toEqual(Y.encodeStateVector(theirs))
  })

  it('S115 is broken off when that takes too long: what was applied is told, without deletions of what was there', async () => {
    const base = written(1000)
    const document = await open(base)
    const before = contentOf(copyOf(base)) as { e: Record<string, string> }
    const outcome = document.apply(crowded(600), 'eve', true, undefined, spentAfter(200))
    if (outcome.type !== 'broken-off') throw new Error(`It was ${outcome.type}`)
    const ours = copyOf(document.missingFrom())
    const clock = Y.getState(ours.store, 9)
    expect(clock).toBeGreaterThanOrEqual(200)
    expect(clock).toBeLessThan(600)
    expect(contentOf(copyOf(base, outcome.novelty.update))).toEqual(contentOf(ours))
    const { e } = contentOf(ours) as { e: Record<string, string> }
    expect(e['text/7']?.length).toBe((before.e['text/7']?.length ?? 0) + clock - 3)
  })

  it('S115 is taken up where it was left when its author brings it again', async () => {
    const base = written(1000)
    const document = await open(base)
    const update = crowded(600)
    const outcomes: string[] = []
    // How much is applied before time is looked at depends on the machine.
    while (outcomes.at(-1) !== 'applied' && outcomes.length < 3) {
      outcomes.push(document.apply(update, 'eve', true, undefined, spentAfter(250)).type)
    }
    expect([outcomes[0], outcomes.at(-1)]).toEqual(['broken-off', 'applied'])
    expect(contentOf(copyOf(document.missingFrom()))).toEqual(contentOf(copyOf(base, update)))
  })
})
