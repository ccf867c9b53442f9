import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import { watchSelection } from './selection-watch.ts'

describe('watching the selection', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** Two boxes, one of them selected, and how often it was told that something may be different. */
  const watching = () => {
    const person = new EditorDriver()
    person.press('R').press('Enter').press('R').press('Enter').press('Escape')
    person.press('Tab')
    const [selected] = person.editor.selectedElements()
    const other = person.board.ordered.find(({ id }) => id !== selected?.id)
    if (!selected || !other) throw new Error('Two boxes were to be there')
    const watch = watchSelection(person.editor)
    let told = 0
    watch.subscribe(() => told++)
    return { person, watch, selected, other, count: () => told }
  }

  it('says nothing while only the view moves', () => {
    const { person, watch, count } = watching()
    const before = watch.turn
    person.editor.setCamera({ x: 50, y: 60, zoom: 2 })
    expect(count()).toBe(0)
    expect(watch.turn).toBe(before)
  })

  it('tells of another selection, of changes to what is selected, and of no others', () => {
    const { person, watch, selected, other, count } = watching()
    const before = watch.turn
    person.board.transact('user', (edit) => edit.update(other.id, { position: worldPoint(500, 500) }))
    expect(count()).toBe(0)
    person.board.transact('user', (edit) => edit.update(selected.id, { locked: true }))
    expect(count()).toBeGreaterThan(0)
    expect(watch.turn).not.toBe(before)
    const told = count()
    person.press('Escape')
    expect(count()).toBeGreaterThan(told)
  })

  it('collects the changes of others', () => {
    const { person, watch, selected, count } = watching()
    const entry = person.doc.getMap('elements').get(selected.id) as Map<string, unknown>
    const before = watch.turn
    for (let x = 0; x < 10; x++) person.doc.transact(() => entry.set('position', [x, 0]), 'the wire')
    expect(count()).toBe(0)
    vi.runAllTimers()
    expect(count()).toBe(1)
    expect(watch.turn).not.toBe(before)
  })
})
