import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { QuietDoc } from './quiet-doc.ts'

const draw = (): Uint8Array[] => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update) => updates.push(update))
  const element = new Y.Map<unknown>()
  doc.getMap('elements').set('a', element)
  for (let x = 0; x < 5; x++) element.set('position', [x, x])
  doc.getMap('elements').delete('a')
  return updates
}

const drawn = draw()

describe('a document that hardly anybody listens to', () => {
  test('becomes what any other becomes', () => {
    const quiet = new QuietDoc()
    const usual = new Y.Doc()
    for (const update of drawn) {
      Y.applyUpdate(quiet, update)
      Y.applyUpdate(usual, update)
    }
    expect(Y.encodeStateAsUpdate(quiet)).toEqual(Y.encodeStateAsUpdate(usual))
  })

  test('tells those who do listen what any other tells', () => {
    const told = (doc: Y.Doc): unknown[] => {
      const events: unknown[] = []
      doc.on('update', (update) => events.push(update))
      doc.on('beforeTransaction', () => events.push('before'))
      doc.on('afterAllTransactions', (_doc, transactions) => events.push(transactions.length))
      doc.getMap('elements').observe(({ keysChanged }) => events.push([...keysChanged]))
      for (const update of drawn) Y.applyUpdate(doc, update)
      return events
    }
    expect(told(new QuietDoc())).toEqual(told(new Y.Doc()))
  })

  test('makes another transaction where a listener asks for one', () => {
    const doc = new QuietDoc()
    const counts: number[] = []
    doc.on('afterAllTransactions', (_doc, transactions) => counts.push(transactions.length))
    doc.getMap('elements').observe(() => {
      if (!doc.getMap('meta').has('seen')) doc.getMap('meta').set('seen', true)
    })
    doc.getMap('elements').set('a', 1)
    doc.getMap('elements').set('b', 2)
    expect(counts).toEqual([2, 1])
    expect(doc.getMap('meta').get('seen')).toBe(true)
  })
})
