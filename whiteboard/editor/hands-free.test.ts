import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'

const boxes = (person: EditorDriver) => person.board.ordered.filter(({ type }) => type === 'rectangle')

describe('working with the keyboard alone', () => {
  it('puts down what the tool makes, each beside the last and none over another', () => {
    const person = new EditorDriver()
    for (let count = 0; count < 3; count++) person.press('R').press('Enter')
    expect(boxes(person)).toHaveLength(3)
    const lefts = boxes(person).map(({ position }) => position[0])
    expect(new Set(lefts).size).toBe(3)
    expect(person.editor.state.selection.size).toBe(1)
  })

  it('makes what is selected larger and smaller, its left and upper side staying', () => {
    const person = new EditorDriver()
    person.press('R').press('Enter')
    const before = boxes(person)[0]
    person.editor.run('grow-width')
    person.editor.run('grow-height')
    person.editor.run('grow-height')
    const after = boxes(person)[0]
    expect(after?.size).toEqual([Number(before?.size[0]) + 10, Number(before?.size[1]) + 20])
    expect(after?.position).toEqual(before?.position)
    person.editor.run('shrink-width')
    expect(boxes(person)[0]?.size[0]).toBe(before?.size[0])
  })

  it('connects two that are selected, or one after the other', () => {
    const person = new EditorDriver()
    person.press('R').press('Enter').press('R').press('Enter')
    const [a, b] = boxes(person).map(({ id }) => id)
    if (!a || !b) throw new Error('There are no boxes')
    person.editor.select([a])
    person.editor.run('connect')
    expect(person.editor.state.connectingFrom).toBe(a)
    person.editor.select([b])
    person.editor.run('connect')
    expect(person.editor.state.connectingFrom).toBeNull()
    const arrows = person.board.ordered.filter(({ type }) => type === 'arrow')
    expect(arrows).toHaveLength(1)
    expect(arrows[0]).toMatchObject({ start: { element: a }, end: { element: b } })
    person.editor.select([b, a])
    person.editor.run('connect')
    expect(person.board.ordered.filter(({ type }) => type === 'arrow')).toHaveLength(2)
  })
})
