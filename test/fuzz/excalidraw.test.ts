import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { exportScene } from '../../whiteboard/formats/excalidraw/export.ts'
import { readScene } from '../../whiteboard/formats/excalidraw/scene.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/approximate-measurer.ts'
import type { BoardStore } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import { keysBetween } from '../../whiteboard/model/order.ts'
import { damageFile, type Json, makeExcalidrawFile } from '../support/excalidraw-files.ts'
import { createRandom } from '../support/random.ts'

/** `FUZZ_SEED=n` repeats one run; `FUZZ_RUNS=n` makes more of them. */
const runs = Number(process.env.FUZZ_RUNS ?? 40)
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
    expect(JSON.stringify(out)).not.toMatch(/javascript:alert\(1\)","locked/)
    const again = opened(JSON.parse(JSON.stringify(out)))
    expect(again.board.size).toBe(board.size)
    expect(byId(written(again.board))).toEqual(byId(out))
    expect(({} as Json).polluted).toBeUndefined()
  })
})
