import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Element, ElementId } from '../model/element.ts'
import { badgeOf } from '../model/link-badge.ts'
import { DEFAULT_SETTINGS } from '../model/settings.ts'

const addFrame = (person: EditorDriver, x: number, y: number, text = ''): ElementId => {
  const [id] = person.editor.create([{ type: 'frame', position: worldPoint(x, y), size: [400, 300], text }])
  if (!id) throw new Error('No frame was made')
  return id
}

describe('presenting', () => {
  it('shows one frame after the other, whole and as large as fits, and goes back to where it began', () => {
    const person = new EditorDriver()
    const [second, first] = [addFrame(person, 600, 20), addFrame(person, 0, 0)]
    expect(person.editor.presentedFrames().map(({ id }) => id)).toEqual([first, second])
    const before = person.editor.state.camera
    person.editor.present(first)
    const { x, y, zoom } = person.editor.state.camera
    expect(zoom).toBeCloseTo((768 - 24) / 300)
    expect([x + 512 / zoom, y + 384 / zoom]).toEqual([expect.closeTo(200), expect.closeTo(150)])
    person.editor.present(second)
    expect(person.editor.state.camera.x).toBeCloseTo(x + 600)
    expect(person.editor.state.modes.presenting).toBe(second)
    person.editor.present(null)
    expect(person.editor.state.camera).toEqual(before)
  })

  it('shows peers the same, and changes nothing meanwhile', () => {
    const person = new EditorDriver()
    const frame = addFrame(person, 0, 0)
    person.editor.select([frame])
    person.editor.present(frame)
    expect(person.presence?.view?.center).toEqual([200, 150])
    person.press('Delete').tool('pen').drag(100, 100, 300, 300)
    expect(person.elements).toHaveLength(1)
    expect(person.path).toBe('select')
    person.editor.present(null)
    expect(person.editor.state.canEdit).toBe(true)
  })

  it('works for viewers, and ends with a frame that is none', () => {
    const person = new EditorDriver()
    const frame = addFrame(person, 0, 0)
    const [box] = person.place([0, 0, 10, 10])
    person.editor.setCanEdit(false)
    person.editor.present(frame)
    expect(person.editor.state.modes.presenting).toBe(frame)
    person.editor.present(box as ElementId)
    expect(person.editor.state.modes.presenting).toBeNull()
  })
})

describe('looking at one’s own board', () => {
  it('as a viewer leaves no trace of what was under way, and ends where it began', () => {
    const person = new EditorDriver()
    person.tool('rectangle').down(10, 10).move(100, 100)
    person.editor.run('view-mode-toggle')
    person.up()
    expect(person.elements).toHaveLength(0)
    expect(person.editor.state).toMatchObject({ canEdit: false, tool: 'select' })
    expect(() => person.editor.create([{ type: 'rectangle' }])).toThrow(/viewing only/)
    person.press('Alt+R')
    expect(person.tool('rectangle').drag(10, 10, 100, 100).elements).toHaveLength(1)
  })

  it('as a viewer keeps what was typed', () => {
    const person = new EditorDriver()
    person.doubleClick(300, 300).type('kept')
    person.editor.run('view-mode-toggle')
    expect(person.only.text).toBe('kept')
    expect(person.editor.state.editing).toBeNull()
  })

  it('does not give back a right that was taken away meanwhile', () => {
    const person = new EditorDriver()
    person.editor.run('view-mode-toggle')
    person.editor.setCanEdit(false)
    expect(person.editor.can('view-mode-toggle')).toBe(false)
    person.editor.run('view-mode-toggle')
    expect(person.editor.state.canEdit).toBe(false)
    person.editor.setCanEdit(true)
    expect(person.editor.state.canEdit).toBe(false)
    person.editor.run('view-mode-toggle')
    expect(person.editor.state.canEdit).toBe(true)
  })

  it('alone ends with Escape, after all else that Escape takes back', () => {
    const person = new EditorDriver()
    person.place([0, 0, 50, 50])
    person.press('Ctrl+A').press('Alt+Z')
    expect(person.editor.state.modes.focused).toBe(true)
    person.press('Escape')
    expect(person.editor.state.modes.focused).toBe(true)
    person.press('Escape')
    expect(person.editor.state.modes.focused).toBe(false)
  })
})

describe('a link', () => {
  const linked = (link: string): { person: EditorDriver; element: Element; followed: string[] } => {
    const person = new EditorDriver()
    const [id] = person.place([100, 100, 200, 100])
    if (!id) throw new Error('No rectangle was made')
    person.editor.update([{ id, link }])
    const followed: string[] = []
    person.editor.onLink((address) => followed.push(address))
    return { person, element: person.only, followed }
  }

  it('is followed by its sign, by a command, and by viewers too', () => {
    const { person, element, followed } = linked('https://example.com/')
    const at = badgeOf(element, person.editor.state.camera)
    if (!at) throw new Error('No sign is shown')
    person.click(at[0], at[1])
    expect(followed).toEqual(['https://example.com/'])
    expect(person.selection).toEqual([])
    person.editor.setCanEdit(false)
    person.click(at[0], at[1])
    person.click(110, 110)
    person.editor.run('link-open')
    expect(followed).toHaveLength(3)
  })

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://example.com/x',
    '//evil.example',
    `https://example.com/${'a'.repeat(100_000)}`,
  ])('CT7: to %s is none', (link) => {
    const { person, element, followed } = linked(link)
    expect(element.link).toBeNull()
    person.click(286, 86)
    person.editor.select([element.id])
    expect(person.editor.can('link-open')).toBe(false)
    person.editor.run('link-open')
    expect(followed).toEqual([])
  })

  it('is taken away by a command, in one step of undo', () => {
    const { person, element } = linked('mailto:ada@example.com')
    person.editor.select([element.id])
    person.editor.run('link-remove')
    expect(person.only.link).toBeNull()
    person.press('Ctrl+Z')
    expect(person.only.link).toBe('mailto:ada@example.com')
  })
})

describe('the paper of a board', () => {
  it('is the same for all, part of undo, and not for viewers to choose', () => {
    const [person, other] = [new EditorDriver(), new EditorDriver()]
    person.connect(other)
    person.editor.configure({ background: '#faf4e4', gridStep: 40 })
    person.press("Ctrl+'")
    expect(other.board.settings).toEqual({ pattern: 'grid', background: '#faf4e4', gridStep: 40 })
    person.press('Ctrl+Z').press('Ctrl+Z')
    expect(other.board.settings).toEqual(DEFAULT_SETTINGS)
    other.editor.setCanEdit(false)
    expect(() => other.editor.configure({ pattern: 'plain' })).toThrow(/viewing only/)
  })
})
