import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { encodeDraft, parseDraft } from '../../whiteboard/collab/drafts.ts'
import { kinds } from '../../whiteboard/elements/index.ts'
import { copiedData, elementsFromClipboard } from '../../whiteboard/formats/clipboard.ts'
import { exportScene } from '../../whiteboard/formats/excalidraw/export.ts'
import { nativeFile, readNative } from '../../whiteboard/formats/native/file.ts'
import { boardToSvg } from '../../whiteboard/formats/svg.ts'
import { unionAll } from '../../whiteboard/geometry/box.ts'
import { boundsOf, centerOf } from '../../whiteboard/geometry/transform.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import { applyDrafts } from '../../whiteboard/model/apply-draft.ts'
import type { BoardStore } from '../../whiteboard/model/board.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import { deriveAll } from '../../whiteboard/model/derive.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { handlesFor, selectionFrame } from '../../whiteboard/model/handles.ts'
import { findPlan } from '../../whiteboard/model/plans/find.ts'
import { numbersPlan } from '../../whiteboard/model/plans/numbers.ts'
import { resizePlan } from '../../whiteboard/model/plans/resize.ts'
import { rotatePlan } from '../../whiteboard/model/plans/rotate.ts'
import { snapCandidates } from '../../whiteboard/model/plans/snapping/candidates.ts'
import { snapMove } from '../../whiteboard/model/plans/snapping/snap.ts'
import { translatePlan } from '../../whiteboard/model/plans/translate.ts'
import { unitsFrom } from '../../whiteboard/model/plans/units.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/text/approximate-measurer.ts'
import { isInBox, isInLoop, isTouched } from '../../whiteboard/tools/enclosing.ts'
import { EditorDriver } from '../support/editor-driver.ts'
import { documentOf, hostileBoards } from '../support/hostile-boards.ts'
import { belowOf, RandomHand } from '../support/random-hand.ts'

const measure = createApproximateMeasurer()
const BAD_NUMBER = /NaN|Infinity|undefined/
/** Elements that an expensive step looks at, spread over the board. */
const SOME = 60
/** Boards with more elements are worked on for a shorter time. */
const MANY = 500

const some = <Item>(items: readonly Item[], most = SOME): readonly Item[] =>
  items.filter((_, index) => index % Math.ceil(items.length / most) === 0)

/** Nothing in a picture does anything, or loads anything, or is a number that is none. */
const expectHarmless = (svg: string): void => {
  const tags = svg.replaceAll(/>[^<]*</g, '><')
  expect(tags).not.toMatch(BAD_NUMBER)
  expect(tags).not.toMatch(
    /<(script|foreignObject|style|iframe|use)\b|\son\w+=|javascript:|vbscript:|data:text|url\(\/\//i,
  )
}

const draw = (elements: readonly Element[]): void => {
  expectHarmless(boardToSvg(elements, kinds, measure, { links: true }))
  expectHarmless(
    boardToSvg(some(elements), kinds, measure, { theme: 'dark', fit: [300, 200], background: false }),
  )
}

const hit = (board: BoardStore): void => {
  for (const element of some(board.ordered)) {
    const [x, y] = centerOf(element)
    board.hit(worldPoint(x, y), 5)
    board.hit(worldPoint(...(element.position as readonly [number, number])), 0)
    board.query(boundsOf(element))
    isTouched(boundsOf(element), element, kinds, 1)
    isInBox(boundsOf(element), element, kinds)
    isInLoop([worldPoint(0, 0), worldPoint(500, 0), worldPoint(0, 500)], element, kinds, 1)
  }
}

const finite = (value: unknown): void => {
  expect(
    JSON.stringify(value, (_, each: unknown) =>
      typeof each === 'number' && !Number.isFinite(each) ? 'NaN' : each,
    ) ?? '',
  ).not.toMatch(/"NaN"/)
}

const plan = (board: BoardStore): void => {
  const elements = some(board.ordered)
  const frame = selectionFrame(elements, kinds)
  if (!frame) return
  handlesFor(frame, { x: 0, y: 0, zoom: 1 })
  for (const to of [worldPoint(1e6, -1e6), worldPoint(0, 0), worldPoint(frame.box.minX, frame.box.minY)]) {
    for (const proportional of [true, false]) {
      finite([...resizePlan(elements, kinds, frame, 'se', to, { proportional })])
      for (const element of some(elements, 20)) {
        const own = selectionFrame([element], kinds)
        if (own) finite([...resizePlan([element], kinds, own, 'nw', to, { proportional, fromCenter: true })])
      }
    }
  }
  finite([...rotatePlan(elements, worldPoint(5, 5), 1 as never)])
  finite([...translatePlan(elements, [1e6, -1e6])])
  for (const key of ['x', 'width', 'height', 'rotation'] as const) {
    finite([...numbersPlan(elements, kinds, key, (present) => present * 2)])
  }
  const others = snapCandidates(board.ordered, new Set(), kinds, 0)
  finite(snapMove(frame.box, { others: others.slice(0, 200), reach: 6, grid: null }))
  expect(unitsFrom(board.ordered).flatMap((unit) => unit.elements)).toHaveLength(board.size)
  expect(unionAll(deriveAll(board.ordered, kinds).map(boundsOf))).not.toBeNull()
  findPlan(board.ordered, 'e')
}

const write = (board: BoardStore): void => {
  const context = { kinds, measure, lookup: (id: Element['id']) => board.get(id), boardId: null }
  const { elements } = exportScene(board.ordered, context)
  finite(elements)
  const file = JSON.parse(JSON.stringify(nativeFile(board.ordered, board.settings, {}))) as Record<
    string,
    unknown
  >
  expect(readNative(file, kinds).elements.length).toBeGreaterThan(0)
  const copied = copiedData(some(board.ordered), context)
  expect(elementsFromClipboard({ html: copied.html }, context)?.elements.length).toBeGreaterThan(0)
  expect(elementsFromClipboard({ text: copied.text }, context)).not.toBeNull()
}

const share = (board: BoardStore): void => {
  const patches = new Map(
    some(board.ordered).map((element) => [element.id, { ...element, position: [5, Number.NaN] }]),
  )
  const wire: unknown = JSON.parse(JSON.stringify(encodeDraft({ type: 'change', patches }, 1e6, kinds)))
  const draft = parseDraft(wire, kinds)
  for (const element of applyDrafts([draft], board, kinds, { heal: true }).changed.values())
    finite(element.position)
}

const work = (doc: Y.Doc): void => {
  const person = new EditorDriver({ snapping: true })
  Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(doc), 'wire')
  const start = JSON.stringify(person.elements)
  const hand = new RandomHand(person, belowOf(5))
  person.press('Ctrl+A').drag(10, 10, 40, 60).drag(40, 60, 200, 300)
  const acts = person.board.size > MANY ? 10 : 40
  for (let step = 0; step < acts; step++) hand.act()
  hand.rest()
  for (let step = 0; step < 500 && person.editor.can('undo'); step++) person.editor.run('undo')
  expect(JSON.stringify(person.elements) === start, 'all undone, the board is as it was').toBe(true)
}

let failures: unknown[][] = []
let inherited: readonly string[] = []

beforeEach(() => {
  failures = []
  inherited = Object.getOwnPropertyNames(Object.prototype)
  for (const way of ['error', 'warn'] as const) {
    vi.spyOn(console, way).mockImplementation((...args) => {
      failures.push(args.map(String))
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a hostile board opens, is drawn, hit, changed, exported, shared and worked on', () => {
  for (const [name, entries] of Object.entries(hostileBoards)) {
    it(name, () => {
      const doc = documentOf(entries())
      const board = createBoardStore(doc, kinds)
      board.subscribe(() => {})
      finite(
        board.ordered.map(({ position, size, rotation, opacity }) => [position, size, rotation, opacity]),
      )
      expect(board.size).toBeGreaterThan(0)
      draw(board.ordered)
      hit(board)
      plan(board)
      write(board)
      share(board)
      work(doc)
      expect(failures).toEqual([])
      expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited)
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
    }, 60_000)
  }

  it('CT3: 100,000 elements on one pixel', () => {
    const doc = new Y.Doc()
    const elements = doc.getMap('elements')
    doc.transact(() => {
      for (let index = 0; index < 100_000; index++) {
        const base = { type: 'rectangle', position: [5, 5], size: [1, 1], order: 'a0', fillStyle: 'solid' }
        elements.set(`e${index}`, new Y.Map([['base', base]]))
      }
    })
    const board = createBoardStore(doc, kinds)
    expect(board.ordered).toHaveLength(100_000)
    expect(board.hit(worldPoint(5.5, 5.5), 1)?.id).toBe(board.ordered.at(-1)?.id)
    const boxes = snapCandidates(board.query({ minX: 0, minY: 0, maxX: 10, maxY: 10 }), new Set(), kinds, 5)
    expect(boxes).toEqual([])
  })
})
