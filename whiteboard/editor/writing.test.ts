import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import type { Element } from '../model/element.ts'

const note = (person: EditorDriver, text: string): Element | undefined =>
  person.elements.find((element) => element.text === text)

describe('the width of a text', () => {
  const wrapped = (): EditorDriver => {
    const person = new EditorDriver().tool('text').drag(100, 100, 220, 100)
    return person.type('Some words that need more than one line').press('Escape')
  }

  it('is given by drawing a box with the text tool, and lines wrap there', () => {
    const person = wrapped()
    expect(person.only).toMatchObject({ autoWidth: false })
    expect(person.only.size[0]).toBe(120)
    expect(person.only.size[1]).toBeGreaterThan(50)
  })

  it('is that of its longest line again after a double click at its side', () => {
    const person = wrapped()
    const [width, height] = person.only.size
    person.doubleClick(100 + width + 4, person.only.position[1] + height / 2)
    expect(person.only).toMatchObject({ autoWidth: true })
    expect(person.only.size[0]).toBeGreaterThan(200)
    expect(person.only.size[1]).toBe(25)
    expect(person.path).toBe('select')
    expect(person.press('Ctrl+Z').only.size).toEqual([width, height])
  })

  it('is freed by a command that does nothing to other text', () => {
    const person = wrapped()
    expect(person.editor.can('text-auto-width')).toBe(true)
    person.editor.run('text-auto-width')
    expect(person.only.size[1]).toBe(25)
    expect(person.editor.can('text-auto-width')).toBe(false)
  })

  it('becomes fixed by pulling a side', () => {
    const person = new EditorDriver().tool('text').click(100, 100).type('Several words').press('Escape')
    const { position, size } = person.only
    const y = position[1] + size[1] / 2
    person.drag(position[0] + size[0] + 4, y, position[0] + size[0] - 40, y)
    expect(person.only).toMatchObject({ autoWidth: false, fontSize: 20 })
    expect(person.only.size[1]).toBe(50)
  })
})

describe('the size of letters', () => {
  it('goes up and down by keys, each element from its own size, and boxes follow', () => {
    const person = new EditorDriver()
    person.editor.create([
      { type: 'text', text: 'small', fontSize: 10 },
      { type: 'sticky', text: 'large', fontSize: 40 },
      { type: 'line' },
    ])
    person.press('Ctrl+A').press('Ctrl+Shift+>')
    expect(person.elements.map(({ fontSize }) => fontSize)).toEqual([11, 44, undefined])
    expect(person.elements[0]?.size[1]).toBeCloseTo(11 * 1.25)
    person.press('Ctrl+Shift+<').press('Ctrl+Shift+<')
    expect(person.elements.map(({ fontSize }) => fontSize)).toEqual([9, 36, undefined])
  })

  it('stays within its limits', () => {
    const person = new EditorDriver()
    person.editor.create([{ type: 'text', text: 'x', fontSize: 3 }])
    person.press('Ctrl+A')
    for (let step = 0; step < 5; step++) person.press('Ctrl+Shift+<')
    expect(person.only.fontSize).toBe(2)
    for (let step = 0; step < 100; step++) person.press('Ctrl+Shift+>')
    expect(person.only.fontSize).toBe(2000)
  })
})

describe('the next note', () => {
  const withNote = (): EditorDriver => {
    const person = new EditorDriver()
    person.editor.setPerson('Ada')
    return person.tool('sticky').click(200, 200).type('First')
  }

  it('stands beside the one that is typed into, signed, and is typed into then', () => {
    const person = withNote()
    person.editor.run('add-note-right')
    expect(person.path).toBe('select/typing')
    person.type('Second')
    expect(note(person, 'First')).toMatchObject({ author: 'Ada', position: [100, 100] })
    expect(note(person, 'Second')).toMatchObject({ author: 'Ada', position: [320, 100] })
    person.editor.run('add-note-below')
    expect(person.type('Third').elements).toHaveLength(3)
    expect(note(person, 'Third')?.position).toEqual([320, 320])
  })

  it('is a step of undo of its own', () => {
    const person = withNote()
    person.editor.run('add-note-left')
    person.press('Escape').press('Ctrl+Z')
    expect(person.elements.map(({ text }) => text)).toEqual(['First'])
  })

  it('is offered for one note only', () => {
    const person = withNote().press('Escape')
    expect(person.editor.can('add-note-above')).toBe(true)
    person.place([500, 500, 100, 100])
    person.press('Ctrl+A')
    expect(person.editor.can('add-note-above')).toBe(false)
    person.editor.select([person.elements[1]?.id ?? ''] as Element['id'][])
    expect(person.editor.can('add-note-above')).toBe(false)
  })
})

describe('a text that is emptied', () => {
  const emptied = (): EditorDriver => {
    const person = new EditorDriver().tool('text').click(100, 100).type('Hello').press('Escape')
    person.doubleClick(110, 100).editor.write('')
    return person
  }

  it('goes when typing ends, and comes back with its letters in one step of undo', () => {
    const person = emptied().press('Escape')
    expect(person.elements).toHaveLength(0)
    person.press('Ctrl+Z')
    expect(person.only.text).toBe('Hello')
    expect(person.press('Ctrl+Shift+Z').elements).toHaveLength(0)
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(person.elements).toHaveLength(0)
  })

  it('is written on again by undo while it is typed into', () => {
    const person = emptied().press('Ctrl+Z')
    expect(person.only.text).toBe('Hello')
  })
})

describe('who typed', () => {
  it('signs notes made by hand, not those that a script makes without a name', () => {
    const person = new EditorDriver()
    person.editor.setPerson('Ada')
    person.editor.create([{ type: 'sticky', text: 'made' }])
    person.tool('sticky').click(500, 500).type('written')
    expect(note(person, 'made')?.author).toBe('')
    expect(note(person, 'written')?.author).toBe('Ada')
  })

  it('shows peers a caret for as long as there is typing', () => {
    const person = new EditorDriver().tool('text').click(100, 100).type('Hello')
    expect(person.presence?.caret).toEqual({ element: person.only.id, start: 5, end: 5 })
    person.press('Escape')
    expect(person.presence?.caret).toBeNull()
  })
})
