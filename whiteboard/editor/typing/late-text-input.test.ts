import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { plainElement } from '../../../test/support/plain-element.ts'
import { kinds } from '../../elements/index.ts'
import { worldPoint } from '../../geometry/types.ts'
import { createBoardStore } from '../../model/board-store.ts'
import type { ElementId } from '../../model/element.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { EditorCore } from '../core.ts'
import { LateTextInput } from './late-text-input.ts'

const keys = new EventTarget()

const type = (letters: string): void => {
  for (const key of letters) {
    keys.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key }))
  }
}

/** An editor whose text input never arrives. */
const waiting = (): EditorCore => {
  const core = new EditorCore({
    board: createBoardStore(new Y.Doc(), kinds),
    kinds,
    measure: createApproximateMeasurer(),
    requestFrame: null,
    reducedMotion: () => true,
  })
  new LateTextInput(core, {} as HTMLElement, () => new Promise(() => undefined))
  return core
}

const textElement = (text: string) =>
  plainElement({ ...kinds.get('text').defaults, id: 'text00000001', type: 'text', text })

beforeEach(() => void vi.stubGlobal('window', keys))
afterEach(() => void vi.unstubAllGlobals())

it('keeps what was typed into a new text when typing ends before the input has come', () => {
  const core = waiting()
  core.startTyping(textElement(''), worldPoint(0, 0))
  type('early')
  core.finishTyping()
  expect(core.board.ordered.map(({ text }) => text)).toEqual(['early'])
})

it('writes in place of what is selected, and behind what was pointed into', () => {
  for (const [at, expected] of [[null, 'new'] as const, [worldPoint(0, 0), 'oldnew'] as const]) {
    const core = waiting()
    core.board.transact('user', (edit) => edit.create(textElement('old')))
    const element = core.board.get('text00000001' as ElementId)
    if (!element) throw new Error('The text is not on the board')
    core.startTyping(element, at)
    type('new')
    core.finishTyping()
    expect(core.board.ordered.map(({ text }) => text)).toEqual([expected])
  }
})

it('writes nothing once the right to edit is gone', () => {
  const core = waiting()
  core.startTyping(textElement(''), worldPoint(0, 0))
  type('early')
  core.setCanEdit(false)
  expect(core.board.size).toBe(0)
})
