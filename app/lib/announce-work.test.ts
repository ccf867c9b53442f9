import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { announceWork } from './announce-work.ts'

describe('saying what one does', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** A board with two boxes, and what is said of it from then on. */
  const listening = () => {
    const person = new EditorDriver()
    person.press('R').press('Enter').press('R').press('Enter').press('Escape')
    const said: string[] = []
    const end = announceWork(person.editor, (words) => said.push(words))
    const pause = (): string[] => {
      vi.runAllTimers()
      return said.splice(0)
    }
    return { person, pause, end }
  }

  it('says what Tab comes to, and only the last of a run', () => {
    const { person, pause } = listening()
    person.press('Tab')
    expect(pause()).toEqual(['Rectangle, 1 of 2'])
    person.press('Tab').press('Shift+Tab').press('Tab')
    expect(pause()).toEqual(['Rectangle, 2 of 2'])
  })

  it('says what was selected when it begins', () => {
    const { person, end } = listening()
    person.press('Tab')
    end()
    const said: string[] = []
    announceWork(person.editor, (words) => said.push(words))
    vi.runAllTimers()
    expect(said).toEqual(['Rectangle, 1 of 2'])
  })

  it('says what is selected soon after a change, and not the change instead', () => {
    const { person, pause } = listening()
    person.press('R').press('Enter')
    vi.advanceTimersByTime(50)
    person.press('Escape')
    expect(pause()).toEqual(['Nothing selected'])
  })

  it('says what is deleted and brought back, not only what is selected then', () => {
    const { person, pause } = listening()
    person.press('Tab')
    pause()
    person.press('Delete')
    expect(pause()).toEqual(['Deleted 1 element'])
    person.editor.run('undo')
    expect(person.editor.state.selection.size).toBe(1)
    expect(pause()).toEqual(['Rectangle back on the board'])
  })

  it('says how to go on with an arrow that was begun', () => {
    const { person, pause } = listening()
    person.press('Tab')
    pause()
    person.editor.run('connect')
    expect(pause()).toEqual(['Choose what the arrow leads to, and press Shift+A again'])
  })

  it('says nothing any more once it has ended', () => {
    const { person, pause, end } = listening()
    person.press('Tab')
    end()
    person.press('Tab')
    expect(pause()).toEqual([])
  })
})
