import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../../test/support/editor-driver.ts'
import { kinds } from '../../elements/index.ts'
import { createBoardStore } from '../../model/board-store.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { TypingSession } from './typing-session.ts'

describe('a new text', () => {
  it('comes onto the board with its first letter', () => {
    const person = new EditorDriver().tool('text').click(200, 200)
    expect(person.path).toBe('select/typing')
    expect(person.elements).toHaveLength(0)
    person.type('Hello')
    expect(person.only).toMatchObject({ type: 'text', text: 'Hello' })
    expect(person.only.size[0]).toBeGreaterThan(20)
    expect(person.selection).toEqual([person.only.id])
  })

  it('that stays empty leaves no trace', () => {
    const person = new EditorDriver()
    const before = Y.encodeStateAsUpdate(person.doc)
    person.tool('text').click(200, 200).press('Escape')
    expect(person.path).toBe('select')
    expect(Y.encodeStateAsUpdate(person.doc)).toEqual(before)
    expect(person.editor.can('undo')).toBe(false)
  })

  it('is begun by a double click on the empty board', () => {
    const person = new EditorDriver().doubleClick(200, 200)
    expect(person.path).toBe('select/typing')
    expect(person.type('a').only.type).toBe('text')
  })

  it('is one step of undo, with all that was typed without a pause', () => {
    const person = new EditorDriver().tool('text').click(200, 200).type('Hello').press('Escape')
    person.press('Ctrl+Z')
    expect(person.elements).toHaveLength(0)
    person.press('Ctrl+Shift+Z')
    expect(person.only.text).toBe('Hello')
  })

  it('of which all was deleted is removed', () => {
    const person = new EditorDriver().tool('text').click(200, 200).type('Hello')
    person.editor.write('')
    person.press('Escape')
    expect(person.elements).toHaveLength(0)
  })
})

describe('typing on an element', () => {
  const withBox = (): EditorDriver => {
    const person = new EditorDriver()
    person.place([100, 100, 160, 100])
    return person
  }

  it('begins with a double click or Enter and ends with Escape, which keeps the selection', () => {
    const person = withBox().doubleClick(180, 150)
    expect(person.path).toBe('select/typing')
    person.type('Label').press('Escape')
    expect(person.path).toBe('select')
    expect(person.only.text).toBe('Label')
    expect(person.selection).toEqual([person.only.id])
    expect(person.press('Enter').path).toBe('select/typing')
  })

  it('begins with a double click inside an outline without fill, unless that is far from its middle', () => {
    const person = withBox()
    person.editor.update([{ id: person.only.id, fillStyle: 'none' }])
    expect(person.doubleClick(120, 120).editor.state.editing).toBe(person.only.id)
    person.press('Escape').editor.update([{ id: person.only.id, size: [800, 600] }])
    expect(person.doubleClick(500, 400).editor.state.editing).toBe(person.only.id)
    expect(person.press('Escape').doubleClick(200, 200).editor.state.editing).not.toBe(person.only.id)
  })

  it('does not begin on what is locked', () => {
    const person = withBox()
    person.editor.update([{ id: person.only.id, locked: true }])
    person.editor.select([person.only.id])
    expect(person.press('Enter').path).toBe('select')
  })

  it('keeps the letters of two people who type at once', () => {
    const person = withBox().doubleClick(180, 150).type('ab')
    const peer = person.peer()
    const { id } = person.only
    peer.transact('user', () => peer.text(id).insert(0, 'X'))
    person.editor.write('Xabc')
    expect(peer.get(id)?.text).toBe('Xabc')
  })

  it('is taken back by undo while it is open, without the letters of others', () => {
    const person = withBox().doubleClick(180, 150).type('mine')
    const peer = person.peer()
    const { id } = person.only
    peer.transact('user', () => peer.text(id).insert(4, ' theirs'))
    person.press('Ctrl+Z')
    expect(person.only.text).toBe(' theirs')
    expect(person.path).toBe('select/typing')
  })

  it('ends when somebody deletes the element', () => {
    const person = withBox().doubleClick(180, 150).type('a')
    person.peer().transact('user', (edit) => edit.remove(person.only.id))
    expect(person.path).toBe('select')
    expect(person.editor.state.editing).toBeNull()
  })

  it('makes a note grow', () => {
    const person = new EditorDriver().tool('sticky').click(300, 300)
    person.editor.write('line\n'.repeat(20))
    expect(person.only.size[1]).toBeGreaterThan(300)
  })
})

describe('typing while another person began a text of their own', () => {
  /** Both begin in one empty label before they hear of each other; the peer's client id is 50. */
  const beginBoth = (clientID: number) => {
    const person = new EditorDriver()
    person.doc.clientID = clientID
    person.place([100, 100, 160, 100])
    const doc = new Y.Doc()
    doc.clientID = 50
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(person.doc))
    const peer = createBoardStore(doc, kinds)
    const { id } = person.only
    peer.transact('user', () => peer.text(id).insert(0, 'XXXX'))
    const session = new TypingSession({
      board: person.board,
      kinds,
      measure: createApproximateMeasurer,
      element: person.only,
      transact: (edit) => person.board.transact('user', edit),
      onCreated: () => {},
    })
    session.write('ab', 2)
    const changes: { readonly value: string; readonly caret: number }[] = []
    session.onOutsideChange(({ value, shift }) => changes.push({ value, caret: shift(2) }))
    return { person, session, changes, hear: () => Y.applyUpdate(person.doc, Y.encodeStateAsUpdate(doc)) }
  }

  it('keeps the caret behind its letter, whichever text comes first', () => {
    const first = beginBoth(1)
    first.hear()
    expect(first.changes).toEqual([{ value: 'abXXXX', caret: 2 }])
    const second = beginBoth(99)
    second.hear()
    expect(second.changes).toEqual([{ value: 'XXXXab', caret: 6 }])
    second.session.write('XXXXabc', 7)
    expect(second.person.only.text).toBe('XXXXabc')
  })

  it('puts what an input method composed where it was begun', () => {
    const { person, session, changes, hear } = beginBoth(99)
    session.beginComposition()
    hear()
    expect(changes).toEqual([])
    session.endComposition('aかb', 2)
    expect(person.only.text).toBe('XXXXaかb')
    expect(changes).toEqual([{ value: 'XXXXaかb', caret: 6 }])
  })

  it('hears no more after its end', () => {
    const { session, changes, hear } = beginBoth(99)
    session.finish(true)
    hear()
    expect(changes).toEqual([])
  })
})
