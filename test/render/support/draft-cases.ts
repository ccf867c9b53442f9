import { radians, worldPoint } from '../../../whiteboard/geometry/types.ts'
import type { BoardStore } from '../../../whiteboard/model/board.ts'
import { isFrame } from '../../../whiteboard/model/derive.ts'
import type { Draft } from '../../../whiteboard/model/draft.ts'
import type { Element, ElementId, Patch } from '../../../whiteboard/model/element.ts'
import { createElementId } from '../../../whiteboard/model/identifiers.ts'
import { keyBetween } from '../../../whiteboard/model/order.ts'
import type { Scene } from '../../../whiteboard/render/contract.ts'
import { EditorDriver } from '../../support/editor-driver.ts'
import { mixedScene } from '../../support/mixed-scene.ts'
import { peer } from '../../support/presence.ts'
import { belowOf } from '../../support/random-hand.ts'
import { varietyOf } from '../../support/variety.ts'
import { boardOf } from './screen.ts'

/** Something under way on a board, as one sees it. */
export interface DraftCase {
  readonly board: () => BoardStore
  readonly shown: (board: BoardStore) => Partial<Scene>
  /** More follows on release than is shown before. */
  readonly endsOtherwise?: boolean
}

/** All types of elements in all styles, one over the other, arrows bound and frames filled. */
const pile = (count = 60, seed = 5): BoardStore => {
  const maker = new EditorDriver()
  maker.editor.create(varietyOf(count, belowOf(seed)))
  return maker.board
}

const large = (): BoardStore => boardOf(mixedScene({ count: 1_500 }))

const DELTA = [37.3, 21.6] as const

const idsOf = (elements: readonly Element[]): readonly ElementId[] => elements.map(({ id }) => id)

const moving = (ids: readonly ElementId[]): Draft => ({ type: 'translate', ids, delta: DELTA })

/** Every so many of what is on the board, from the bottom up, without frames. */
const every = (board: BoardStore, step: number): readonly ElementId[] =>
  idsOf(board.ordered.filter((element) => !isFrame(element)).filter((_, index) => index % step === 0))

const ofType = (board: BoardStore, ...types: readonly string[]): readonly ElementId[] =>
  idsOf(board.ordered.filter(({ type }) => types.includes(type)))

/** Copies of some elements, under way right above the lowest of all. */
const copiesBelow = (board: BoardStore): Draft => {
  const [lowest, next] = board.ordered
  let order = lowest?.order ?? null
  const elements = board.ordered.slice(10, 22).map((element) => {
    order = keyBetween(order, next?.order ?? null)
    const [x, y] = element.position
    const position = worldPoint(x + DELTA[0], y + DELTA[1])
    return { ...element, id: createElementId(), order, position, frame: null }
  })
  return { type: 'create', elements }
}

/** Turned, made wider and given another colour. */
const changed = (board: BoardStore, ids: readonly ElementId[]): Draft => {
  const patches = new Map<ElementId, Patch>()
  for (const id of ids) {
    const element = board.get(id)
    if (!element) continue
    const size = [element.size[0] * 1.3, element.size[1]] as const
    patches.set(id, { size, rotation: radians(element.rotation + 0.3), opacity: 0.7 })
  }
  return { type: 'change', patches }
}

const withHighlighter = (): BoardStore => {
  const board = pile(20, 3)
  board.transact('load', (edit) => {
    for (const element of mixedScene({ count: 30, seed: 2 })) edit.create(element)
  })
  return board
}

const drafted = (draft: (board: BoardStore) => Draft, board: () => BoardStore = pile): DraftCase => ({
  board,
  shown: (on) => ({ draft: draft(on) }),
})

export const draftCases = {
  'the lowest element under all others': drafted((on) => moving(every(on, 1).slice(0, 1))),
  'every fourth element between the others': drafted((on) => moving(every(on, 4))),
  'highlighter over other things': drafted((on) => moving(ofType(on, 'highlighter')), withHighlighter),
  'what lies under highlighter': drafted((on) => moving(ofType(on, 'rectangle', 'text')), withHighlighter),
  'frames and what is in them': drafted((on) => moving(ofType(on, 'frame'))),
  // What it comes to lie over joins it on release.
  'a frame that is made wider': {
    ...drafted((on) => changed(on, ofType(on, 'frame').slice(0, 2))),
    endsOtherwise: true,
  },
  'what arrows are bound to': drafted((on) => moving(ofType(on, 'ellipse', 'star'))),
  'elements that change': drafted((on) => changed(on, every(on, 5))),
  'copies under other things': drafted(copiesBelow),
  'half of a large board, between the others': {
    ...drafted((on) => moving(every(on, 2)), large),
  },
  'hundreds of elements above all others': drafted((on) => moving(every(on, 1).slice(-300)), large),
  'hundreds of elements under all others': {
    ...drafted((on) => moving(every(on, 1).slice(0, 300)), large),
  },
  'all of a large board': drafted((on) => moving(every(on, 1)), large),
  'all of a board of every type': drafted((on) => moving(idsOf(on.ordered))),
  'half of a board of every type': drafted((on) => moving(every(on, 2))),
  'what peers do': {
    board: pile,
    shown: (on) => ({
      draft: moving(every(on, 9)),
      peers: [
        peer({ clientId: 1, draft: moving(every(on, 7)) }),
        peer({ clientId: 2, draft: changed(on, every(on, 11)) }),
        peer({ clientId: 3, draft: copiesBelow(on) }),
      ],
    }),
  },
  'what a peer does with half of a large board': {
    board: large,
    shown: (on) => ({ peers: [peer({ draft: moving(every(on, 2)) })] }),
  },
  'what is being erased, here and by a peer': {
    board: pile,
    shown: (on) => ({
      draft: { type: 'erase', ids: every(on, 6) },
      peers: [peer({ draft: { type: 'erase', ids: every(on, 7) } })],
    }),
  },
  'hundreds of elements that are being erased': {
    ...drafted((on) => ({ type: 'erase', ids: every(on, 2) }), large),
  },
  'text that is typed into': {
    board: pile,
    shown: (on) => ({ editing: on.ordered.find(({ text }) => text.length > 8)?.id ?? null }),
  },
} satisfies Record<string, DraftCase>

export type DraftCaseName = keyof typeof draftCases
