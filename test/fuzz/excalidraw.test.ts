import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { exportScene } from '../../whiteboard/formats/excalidraw/export.ts'
import { readScene } from '../../whiteboard/formats/excalidraw/scene.ts'
import { nativeFile, readNative } from '../../whiteboard/formats/native/file.ts'
import type { BoardStore } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import { keysBetween } from '../../whiteboard/model/order.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/text/approximate-measurer.ts'
import { damageFile, type Json, makeExcalidrawFile } from '../support/excalidraw-files.ts'
import { createRandom } from '../support/random.ts'

/** `FUZZ_SEED=n` repeats one run; `FUZZ_RUNS=n` makes more of them. */
const runs = Number(process.env.FUZZ_RUNS ?? 17)
const seeds = process.env.FUZZ_SEED
  ? [Number(process.env.FUZZ_SEED)]
  : [1, 2, 3, ...Array.from({ length: runs }, () => Math.floor(Math.random() * 1e9))]

const measure = createApproximateMeasurer()

const opened = (
  elements: unknown,
): { board: BoardStore; skipped: readonly { id: string; reason: string }[] } => {
  const board = createBoardStore(new Y.Doc(), kinds)
  const read = readScene(elements, { kinds, measure })
  const orders = keysBetween(null, null, read.elements.length)
  board.transact('user', (edit) => {
    for (const [at, element] of read.elements.entries())
      edit.create({ ...element, order: orders[at] ?? element.order })
  })
  return { board, skipped: read.skipped }
}

/** Sent to a peer and opened there, as a document that is loaded again is. */
const reopened = (board: BoardStore): BoardStore => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(board.doc))
  return createBoardStore(doc, kinds)
}

const written = (board: BoardStore): readonly Json[] =>
  exportScene(board.ordered, { kinds, measure, lookup: (id) => board.get(id) }).elements as Json[]

const byId = (elements: readonly Json[]): ReadonlyMap<unknown, Json> =>
  new Map(elements.map((element) => [element.id, element]))

const JUNK: readonly unknown[] = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  1e308,
  '12',
  '#ff00ff',
  '',
  null,
  true,
  [],
  {},
  [1, 'x'],
  [
    [0, 0],
    [5, Number.NaN],
  ],
  { element: 'nobody', anchor: [0.5, 0.5], mode: 'outline' },
  new Uint8Array([1, 0, 5, 9, 9]),
  'null',
  '[]',
  '{"element":{}}',
  '{"element":{"id":"x","type":"text","boundElements":{"id":1}},"label":7,"dangling":[[]],"natural":[0]}',
  '{"element":{"id":"x","type":"rectangle","x":"y","boundElements":[null,1,{"id":{}}],"customData":{"__proto__":{"polluted":1}}}}',
  `{"element":{"id":"x","type":"arrow","boundElements":${'['.repeat(5_000)}${']'.repeat(5_000)}}}`,
]

/** A board as a hostile peer may have left it. */
const hostileBoard = (random: () => number): BoardStore => {
  const doc = new Y.Doc()
  const elements = doc.getMap('elements')
  for (const type of [...kinds.types, 'of-the-future']) {
    const base: Record<string, unknown> = { type, position: [1, 2], size: [10, 20] }
    const keys = [
      ...Object.keys(kinds.get(type).defaults),
      'size',
      'rotation',
      'order',
      'frame',
      'link',
      'groups',
    ]
    for (const key of keys) if (random() < 0.3) base[key] = JUNK[Math.floor(random() * JUNK.length)]
    if (random() < 0.7) base.excalidraw = JUNK[Math.floor(random() * JUNK.length)]
    const entry = new Y.Map<unknown>([['base', base]])
    if (random() < 0.5) entry.set('text/1', new Y.Text('some words\u0000 to wrap'))
    elements.set(type, entry)
  }
  return createBoardStore(doc, kinds)
}

describe('a board that a hostile peer has filled', () => {
  it.each(seeds)('CT1-CT10: goes out in every form and comes in again (FUZZ_SEED=%i)', (seed) => {
    const random = createRandom(seed)
    for (let round = 0; round < 4; round++) {
      const board = hostileBoard(random)
      const again = opened(JSON.parse(JSON.stringify(written(board))))
      expect(again.board.size + again.skipped.length).toBeGreaterThanOrEqual(board.size)
      const file = JSON.parse(JSON.stringify(nativeFile(board.ordered, board.settings, {})))
      expect(readNative(file, kinds).elements.map(({ id }) => id)).toEqual(board.ordered.map(({ id }) => id))
    }
    expect(({} as Json).polluted).toBeUndefined()
  })
})

describe('Excalidraw files made up at random', () => {
  it.each(seeds)('come out as they went in, element by element (FUZZ_SEED=%i)', (seed) => {
    const file = makeExcalidrawFile(createRandom(seed))
    const { board, skipped } = opened(JSON.parse(JSON.stringify(file.elements)))
    expect(skipped).toEqual([])
    const out = byId(written(reopened(board)))
    for (const element of file.elements) expect(out.get(element.id)).toEqual(element)
    expect(out.size).toBe(file.elements.length)
  })

  it.each(seeds)('never throw when damaged, and what is good of them stays (FUZZ_SEED=%i)', (seed) => {
    const random = createRandom(seed)
    const file = damageFile(random, makeExcalidrawFile(random))
    const { board, skipped } = opened(JSON.parse(JSON.stringify(file.elements)))
    expect(board.size + skipped.length).toBeGreaterThan(0)
    for (const { reason } of skipped) expect(reason).toMatch(/^It .*\.$/)
    const out = written(board)
    for (const { link } of out) expect(String(link)).not.toMatch(/^javascript:/)
    const again = opened(JSON.parse(JSON.stringify(out)))
    expect(again.board.size).toBe(board.size)
    expect(byId(written(again.board))).toEqual(byId(out))
    expect(({} as Json).polluted).toBeUndefined()
  })
})
