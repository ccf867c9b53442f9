import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { testKinds } from '../../test/support/kinds.ts'
import { plainElement } from '../../test/support/plain-element.ts'
import { createBoardStore } from './board-store.ts'
import type { Element, ElementId } from './element.ts'
import { shiftedDraft } from './shift.ts'

const idsOf = (name: string, count: number): ElementId[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}` as ElementId)

describe('a move of many elements', () => {
  it('M90: takes along what a frame carries, however many of those named are gone', () => {
    const store = createBoardStore(new Y.Doc(), testKinds)
    const frame = plainElement({ id: 'frame' as ElementId, type: 'frame', size: [900, 700] })
    const carried = idsOf('carried', 70)
    store.transact('user', (edit) => {
      edit.create(frame)
      for (const id of carried) edit.create(plainElement({ id, frame: frame.id }))
    })
    const ids = [frame.id, ...idsOf('gone', carried.length)]
    const shifted = shiftedDraft({ type: 'translate', ids, delta: [10, 0] }, store, testKinds)
    const isMoved = ({ id }: Element): boolean =>
      shifted?.shift.ids.has(id) || shifted?.changed.has(id) || false
    expect(store.ordered.filter((element) => !isMoved(element))).toEqual([])
  })
})
