import { describe, expect, it } from 'vitest'
import { type Change, changeWords, historyWords, joinWords, selectionWords } from './announce-words.ts'

const box = { type: 'rectangle', text: 'Plan\nof the week', locked: false }
const placed = { ...box, position: [10.4, 20] as const, size: [100, 50.2] as const }
const nothing: Change = { added: [], removed: 0, placed: [], moved: false, resized: false, updated: 0 }

describe('what is said of the board', () => {
  it('names what is selected, and where it stands', () => {
    expect(selectionWords([box], { number: 2, total: 5 })).toBe('Rectangle “Plan of the week”, 2 of 5')
    expect(selectionWords([{ ...box, text: '', type: 'sticky', locked: true }], null)).toBe(
      'Sticky note, locked',
    )
    expect(selectionWords([box, box], null)).toBe('2 elements selected')
    expect(selectionWords([], null)).toBe('Nothing selected')
  })

  it('shortens long texts', () => {
    expect(selectionWords([{ ...box, text: 'x'.repeat(500) }], null).length).toBeLessThan(90)
  })

  it('tells what a change did', () => {
    expect(changeWords({ ...nothing, added: [box] })).toBe('Added Rectangle “Plan of the week”')
    expect(changeWords({ ...nothing, removed: 3 })).toBe('Deleted 3 elements')
    expect(changeWords({ ...nothing, placed: [placed], moved: true, updated: 1 })).toBe(
      'Rectangle “Plan of the week”: moved to 10, 20',
    )
    expect(changeWords({ ...nothing, placed: [placed], moved: true, resized: true, updated: 1 })).toBe(
      'Rectangle “Plan of the week”: size 100 by 50',
    )
    expect(changeWords(nothing)).toBeNull()
  })
  it('tells of what is undone or done again how it is now', () => {
    expect(historyWords({ ...nothing, added: [box] })).toBe('Rectangle “Plan of the week” back on the board')
    expect(historyWords({ ...nothing, removed: 2 })).toBe('2 elements off the board')
    expect(historyWords({ ...nothing, placed: [placed], moved: true, updated: 1 })).toBe(
      'Rectangle “Plan of the week” back at 10, 20',
    )
    expect(historyWords(nothing)).toBeNull()
  })
  it('says a change and the selection that came of it in one, and nothing twice', () => {
    expect(joinWords('Deleted 1 element', 'Nothing selected')).toBe('Deleted 1 element')
    expect(joinWords('Added Rectangle', 'Rectangle, 1 of 3')).toBe('Added Rectangle')
    expect(joinWords('Rectangle: moved to 1, 2', 'Ellipse, 2 of 3')).toBe(
      'Rectangle: moved to 1, 2. Ellipse, 2 of 3',
    )
  })
})
