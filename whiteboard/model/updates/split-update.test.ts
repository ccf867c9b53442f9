import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { splitUpdate } from './split-update.ts'

const labelOf = (doc: Y.Doc): Y.Text => {
  const text = doc.getMap<Y.Map<Y.Text>>('elements').get('labelled')?.get('text/1')
  if (!text) throw new Error('no label')
  return text
}

/** Two people's work that leans on each other's: maps, nested maps, typing into one text, deletions. */
const workOfTwo = (): Y.Doc => {
  const [first, second] = [new Y.Doc(), new Y.Doc()]
  const exchange = (): void => {
    Y.applyUpdate(second, Y.encodeStateAsUpdate(first, Y.encodeStateVector(second)))
    Y.applyUpdate(first, Y.encodeStateAsUpdate(second, Y.encodeStateVector(first)))
  }
  const labelled = new Y.Map<Y.Text>([['text/1', new Y.Text()]])
  first.getMap('elements').set('labelled', labelled)
  exchange()
  for (let round = 0; round < 60; round++) {
    for (const doc of [first, second]) {
      const element = new Y.Map()
      element.set('base', { type: 'rectangle', position: [round, round], note: 'x'.repeat(200) })
      doc.getMap('elements').set(`${doc === first ? 'a' : 'b'}${round}`, element)
      const text = labelOf(doc)
      text.insert(Math.floor(text.length / 2), `word${round} `)
    }
    exchange()
    if (round % 7 === 3) second.getMap('elements').delete(`a${round - 1}`)
  }
  exchange()
  return first
}

describe('Dividing an update', () => {
  it('gives parts that apply one after the other without gaps and make the same document', () => {
    const doc = workOfTwo()
    const parts = splitUpdate(Y.encodeStateAsUpdate(doc), 2000)
    expect(parts.length).toBeGreaterThan(5)
    const copy = new Y.Doc()
    for (const part of parts) {
      Y.applyUpdate(copy, part)
      expect(copy.store.pendingStructs).toBeNull()
    }
    expect(copy.store.pendingDs).toBeNull()
    expect(copy.getMap('elements').toJSON()).toEqual(doc.getMap('elements').toJSON())
    expect(labelOf(copy).toString()).toBe(labelOf(doc).toString())
    expect(labelOf(copy).length).toBeGreaterThan(500)
    expect(Y.encodeStateAsUpdate(copy)).toEqual(Y.encodeStateAsUpdate(doc))
  })

  it('keeps its parts near the limit', () => {
    const parts = splitUpdate(Y.encodeStateAsUpdate(workOfTwo()), 2000)
    for (const part of parts) expect(part.length).toBeLessThan(2600)
  })

  it('works on what came after a state that the receiver has', () => {
    const doc = workOfTwo()
    const receiver = new Y.Doc()
    Y.applyUpdate(receiver, Y.encodeStateAsUpdate(doc))
    for (let index = 0; index < 100; index++) doc.getMap('elements').set(`late${index}`, 'y'.repeat(100))
    const update = Y.encodeStateAsUpdate(doc, Y.encodeStateVector(receiver))
    for (const part of splitUpdate(update, 1000)) {
      Y.applyUpdate(receiver, part)
      expect(receiver.store.pendingStructs).toBeNull()
    }
    expect(receiver.getMap('elements').toJSON()).toEqual(doc.getMap('elements').toJSON())
  })

  it('leaves a small update alone', () => {
    const update = Y.encodeStateAsUpdate(workOfTwo())
    expect(splitUpdate(update, update.length)).toEqual([update])
  })
})
