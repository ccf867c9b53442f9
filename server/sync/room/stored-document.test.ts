import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { turn } from '../../turns.ts'
import { withDefaults } from '../limits.ts'
import { DamagedSnapshotError, type StoredDocument } from '../ports.ts'
import { readStoredDocument } from './stored-document.ts'

const limits = withDefaults()

const storedAs = (snapshot: Uint8Array | null, ...entries: Uint8Array[]): StoredDocument => ({
  snapshot: snapshot && { seq: 1, data: snapshot },
  entries: entries.map((data, index) => ({ seq: 2 + index, data })),
  owners: new Map(),
})

/** A board of so many elements, the last hundred of which came after its snapshot and took the place of the first. */
const largeBoard = (count: number): { doc: Y.Doc; stored: StoredDocument } => {
  const doc = new Y.Doc()
  const elements = doc.getMap<unknown>('elements')
  const create = (from: number, to: number): void => {
    for (let index = from; index < to; index++) {
      elements.set(`e${index}`, new Y.Map([['base', { type: 'rectangle', position: [index, 0] }]]))
    }
  }
  doc.transact(() => create(0, count - 100))
  const snapshot = Y.encodeStateAsUpdate(doc)
  const entries: Uint8Array[] = []
  doc.on('update', (update) => entries.push(update))
  for (let index = 0; index < 100; index++) {
    doc.transact(() => {
      elements.delete(`e${index}`)
      create(count - 100 + index, count - 99 + index)
    })
  }
  return { doc, stored: storedAs(snapshot, ...entries) }
}

describe('a stored document', () => {
  it('S68 LD3 is read a few milliseconds at a time where it is large, and is what was stored', async () => {
    const { doc, stored } = largeBoard(20_000)
    let turns = 0
    let isRead = false
    const reading = readStoredDocument('board', stored, limits).finally(() => {
      isRead = true
    })
    while (!isRead) {
      await turn()
      turns++
    }
    const document = await reading
    expect(turns).toBeGreaterThan(2)
    expect(document.stateVector()).toEqual(Y.encodeStateVector(doc))
    const copy = new Y.Doc()
    Y.applyUpdate(copy, document.missingFrom())
    expect(copy.getMap('elements').toJSON()).toEqual(doc.getMap('elements').toJSON())
  })

  it('S61 PE5 is damaged when a part is missing that later ones build on, or does not decode, however large', async () => {
    const { stored } = largeBoard(3000)
    const [first, ...later] = stored.entries
    const gap = { ...stored, entries: later }
    const cut = storedAs(stored.snapshot?.data.subarray(0, 70_000) ?? null, first?.data ?? new Uint8Array())
    const garbled = storedAs(stored.snapshot?.data ?? null, Uint8Array.of(1, 1, 9, 0, 0xff))
    for (const damaged of [gap, cut, garbled]) {
      await expect(readStoredDocument('board', damaged, limits)).rejects.toThrow(DamagedSnapshotError)
    }
  })
})
