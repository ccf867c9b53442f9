import { beforeEach, describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { screenPoint } from '../geometry/types.ts'
import type { ToolId } from '../tools/contract.ts'

let person: EditorDriver

beforeEach(() => {
  person = new EditorDriver()
})

const draw = (tool: ToolId) => {
  person.tool(tool).drag(100, 100, 300, 250)
  const made = person.elements.at(-1)
  if (!made) throw new Error(`${tool} made nothing`)
  return made
}

describe('styles for what is drawn next', () => {
  it('are remembered for all shapes together, and for no other tool', () => {
    person.tool('rectangle')
    person.editor.setStyle('stroke', '#d93a3a')
    person.editor.setStyle('strokeWidth', 8)
    expect(draw('star')).toMatchObject({ stroke: '#d93a3a', strokeWidth: 8 })
    expect(draw('pen')).toMatchObject({ stroke: '#22242a', strokeWidth: 2 })
    expect(draw('arrow')).toMatchObject({ stroke: '#22242a', strokeWidth: 2 })
    expect(draw('ellipse')).toMatchObject({ stroke: '#d93a3a', strokeWidth: 8 })
  })

  it('are shared by lines and arrows, except for their heads', () => {
    person.tool('arrow')
    person.editor.setStyle('stroke', '#27914f')
    person.editor.setStyle('endHead', 'triangle')
    expect(draw('line')).toMatchObject({ stroke: '#27914f', endHead: 'none' })
    expect(draw('arrow')).toMatchObject({ stroke: '#27914f', endHead: 'triangle' })
  })

  it('are shared by all tools where they are a look: the unsteady hand, the letters', () => {
    person.tool('rectangle')
    person.editor.setStyle('roughness', 2)
    person.editor.setStyle('fontFamily', 'serif')
    expect(draw('cloud')).toMatchObject({ roughness: 2, fontFamily: 'serif' })
    person.tool('sticky').click(600, 600)
    expect(person.elements.at(-1)).toMatchObject({ fontFamily: 'serif' })
  })
})

describe('styles kept on the device', () => {
  it('are recalled on the next visit', () => {
    person.tool('rectangle')
    person.editor.setStyle('stroke', '#27914f')
    person.editor.setStyle('corner', null)
    const kept: unknown = JSON.parse(JSON.stringify(person.editor.chosenStyles()))
    person = new EditorDriver()
    person.editor.recallStyles(kept)
    expect(draw('diamond')).toMatchObject({ stroke: '#27914f', corner: null })
  })

  it('do no harm, whatever was kept', () => {
    for (const kept of [
      null,
      7,
      [],
      'x',
      { 'shapes stroke': 'red', 'shapes opacity': 9, roughness: 'very', y: {} },
    ]) {
      person.editor.recallStyles(kept)
    }
    person.editor.recallStyles({ __proto__: { 'shapes dash': 'dotted' }, 'shapes strokeWidth': Number.NaN })
    expect(draw('rectangle')).toMatchObject({
      stroke: '#22242a',
      opacity: 1,
      roughness: 0,
      dash: 'solid',
      strokeWidth: 2,
    })
  })
})

describe('copying a style', () => {
  it('gives others all that applies to them, in one step of undo', () => {
    const from = draw('rectangle')
    const to = draw('arrow')
    person.editor.update([
      { id: from.id, stroke: '#d93a3a', fill: '#ffd9d6', fillStyle: 'hachure', dash: 'dotted' },
    ])
    person.editor.select([from.id])
    person.press('Ctrl+Alt+C')
    person.editor.select([to.id])
    person.press('Ctrl+Alt+V')
    expect(person.board.get(to.id)).toMatchObject({ type: 'arrow', stroke: '#d93a3a', dash: 'dotted' })
    expect(person.board.get(to.id)).not.toHaveProperty('fillStyle')
    person.press('Ctrl+Z')
    expect(person.board.get(to.id)).toMatchObject({ stroke: '#22242a', dash: 'solid' })
  })

  it('makes a shape as full as the note that it is copied from, and leaves notes their paper', () => {
    const shape = draw('rectangle')
    person.tool('sticky').click(600, 600)
    person.press('Escape')
    const note = person.elements.at(-1)
    if (!note) throw new Error('There is no note')
    person.editor.select([note.id])
    person.editor.run('copy-style')
    person.editor.select([shape.id])
    person.editor.run('paste-style')
    expect(person.board.get(shape.id)).toMatchObject({ fill: note.fill, fillStyle: 'solid' })
    const empty = draw('ellipse')
    person.editor.update([{ id: empty.id, fillStyle: 'none', fill: '#ff0000' }])
    person.editor.select([empty.id])
    person.editor.run('copy-style')
    person.editor.select([note.id])
    person.editor.run('paste-style')
    expect(person.board.get(note.id)?.fill).toBe(note.fill)
  })

  it('makes room for larger letters', () => {
    const large = draw('rectangle')
    const small = draw('rectangle')
    person.editor.update([
      { id: large.id, fontSize: 60 },
      { id: small.id, text: 'several words to be written' },
    ])
    person.editor.select([large.id])
    person.editor.run('copy-style')
    person.editor.select([small.id])
    person.editor.run('paste-style')
    expect(person.board.get(small.id)?.size[1]).toBeGreaterThan(small.size[1])
  })

  it('does nothing without a selection, or to what is locked', () => {
    const shape = draw('rectangle')
    person.editor.select([shape.id])
    person.editor.run('copy-style')
    person.editor.run('lock-toggle')
    expect(person.editor.can('paste-style')).toBe(false)
    person.press('Escape')
    expect(person.editor.can('copy-style')).toBe(false)
  })
})

describe('the colour at a point', () => {
  it('is that of the line, of the area inside, or none', () => {
    const shape = draw('rectangle')
    person.editor.update([{ id: shape.id, stroke: '#d93a3a', fill: '#cfefd8', fillStyle: 'hachure' }])
    const [x, y] = shape.position
    expect(person.editor.colorAt(screenPoint(x + 50, y))).toBe('#d93a3a')
    expect(person.editor.colorAt(screenPoint(x + 50, y + 40))).toBe('#cfefd8')
    expect(person.editor.colorAt(screenPoint(x - 300, y - 300))).toBeNull()
    person.editor.update([{ id: shape.id, fillStyle: 'none' }])
    expect(person.editor.colorAt(screenPoint(x + 50, y + 40))).toBeNull()
    person.tool('sticky').click(600, 600)
    expect(person.editor.colorAt(screenPoint(600, 600))).toBe(person.elements.at(-1)?.fill)
  })
})
