import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { peer } from '../../test/support/presence.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Command } from '../tools/commands.ts'
import type { ToolId } from '../tools/contract.ts'

const viewer = (): EditorDriver => {
  const person = new EditorDriver()
  person.place([100, 100, 80, 80], [300, 100, 80, 80])
  person.editor.setCanEdit(false)
  return person
}

describe('a viewer', () => {
  it.each(['rectangle', 'pen', 'text', 'sticky', 'eraser', 'arrow'] as ToolId[])('gets no %s', (tool) => {
    expect(viewer().tool(tool).path).toBe('select')
  })

  it('can select and pan, and moves nothing', () => {
    const person = viewer()
    const before = JSON.stringify(person.doc.toJSON())
    person.click(140, 140)
    expect(person.selection).toHaveLength(1)
    person.drag(140, 140, 200, 200)
    person.doubleClick(140, 140).doubleClick(600, 600)
    expect(person.path).toBe('select')
    person.tool('hand').drag(100, 100, 50, 50)
    expect(person.editor.state.camera.x).toBe(50)
    expect(JSON.stringify(person.doc.toJSON())).toBe(before)
  })

  it.each([
    'delete',
    'duplicate',
    'cut',
    'paste',
    'group',
    'ungroup',
    'lock-toggle',
    'bring-to-front',
    'send-to-back',
    'undo',
  ] as Command[])('cannot %s', (command) => {
    const person = viewer()
    const before = JSON.stringify(person.doc.toJSON())
    person.editor.run('select-all')
    expect(person.editor.can(command)).toBe(false)
    person.editor.run(command)
    person.press('ArrowLeft').press('Delete').press('Enter')
    person.editor.setStyle('stroke', '#d93a3a')
    expect(JSON.stringify(person.doc.toJSON())).toBe(before)
  })

  it('is told so when a script tries to change the board', () => {
    const person = viewer()
    const [first] = person.elements
    if (!first) throw new Error('An element was expected.')
    expect(() => person.editor.create([{ type: 'rectangle' }])).toThrow(/viewing only/)
    expect(() => person.editor.update([{ id: first.id, locked: true }])).toThrow(/viewing only/)
    expect(() => person.editor.remove([first.id])).toThrow(/viewing only/)
  })

  it('who loses the right in the middle of a gesture leaves no trace of it', () => {
    const person = new EditorDriver().tool('pen').down(10, 10).move(100, 100)
    person.editor.setCanEdit(false)
    person.up()
    expect(person.elements).toHaveLength(0)
    expect(person.path).toBe('select')
    expect(person.presence?.draft).toBeNull()
  })
})

describe('the view', () => {
  it('pans by wheel, sideways with Shift, and zooms at the pointer with Ctrl', () => {
    const person = new EditorDriver().move(400, 300).wheel(30, 40)
    expect(person.editor.state.camera).toEqual({ x: 30, y: 40, zoom: 1 })
    person.hold('shift').wheel(0, 10)
    expect(person.editor.state.camera).toEqual({ x: 40, y: 40, zoom: 1 })
    person.hold('ctrl').wheel(0, -10)
    const { x, y, zoom } = person.editor.state.camera
    expect(zoom).toBeGreaterThan(1)
    expect(400 / zoom + x).toBeCloseTo(440)
    expect(300 / zoom + y).toBeCloseTo(340)
  })

  it('pans by the middle button and by space, whatever the tool', () => {
    const person = new EditorDriver().tool('rectangle')
    person.down(200, 200, { button: 1 }).move(150, 180).up({ button: 1 })
    expect(person.editor.state.camera).toEqual({ x: 50, y: 20, zoom: 1 })
    person.editor.input.holdSpace(true)
    person.drag(200, 200, 190, 200)
    expect(person.editor.state.camera).toEqual({ x: 60, y: 20, zoom: 1 })
    expect(person.elements).toHaveLength(0)
    person.editor.input.holdSpace(false)
    expect(person.drag(200, 200, 250, 250).elements).toHaveLength(1)
  })

  it('pans and zooms with two fingers, which gives up what one had begun', () => {
    const person = new EditorDriver().tool('pen').with('touch')
    person.down(100, 100, { pointerId: 1 }).move(120, 100, { pointerId: 1 })
    expect(person.path).toBe('pen/draw')
    person.down(200, 100, { pointerId: 2 })
    expect(person.path).toBe('pen')
    person.move(280, 100, { pointerId: 2 })
    expect(person.editor.state.camera.zoom).toBeCloseTo(2)
    person.up({ pointerId: 2 }).move(50, 50, { pointerId: 1 }).up({ pointerId: 1 })
    expect(person.elements).toHaveLength(0)
    person.down(100, 100).move(150, 150).up()
    expect(person.elements).toHaveLength(1)
  })

  it('is panned by a finger once a pen has drawn, and palms beside the pen do nothing', () => {
    const person = new EditorDriver().tool('pen').with('pen').drag(10, 10, 60, 60)
    expect(person.elements).toHaveLength(1)
    person
      .with('touch')
      .wait(1_000)
      .down(200, 200, { pointerId: 2 })
      .move(150, 200, { pointerId: 2 })
      .up({ pointerId: 2 })
    expect(person.elements).toHaveLength(1)
    expect(person.editor.state.camera.x).toBe(50)
    person.with('pen').down(300, 300, { pointerId: 3 })
    person.with('touch').down(400, 400, { pointerId: 4 }).move(300, 400, { pointerId: 4 })
    expect(person.editor.state.camera.x).toBe(50)
    expect(person.path).toBe('pen/draw')
  })

  it('shows everything, or the selection, or its true size', () => {
    const person = new EditorDriver()
    const [far] = person.place([0, 0, 100, 100], [5_000, 5_000, 100, 100])
    person.press('Ctrl+A')
    person.editor.run('zoom-to-fit')
    expect(person.editor.state.camera.zoom).toBeLessThan(0.3)
    if (far) person.editor.select([far])
    person.editor.run('zoom-to-selection')
    expect(person.editor.state.camera.zoom).toBeGreaterThan(1)
    person.editor.run('zoom-reset')
    expect(person.editor.state.camera.zoom).toBe(1)
  })

  it('follows a peer until the person moves it or the peer leaves', () => {
    const followed = peer({
      clientId: 7,
      view: { center: worldPoint(1_000, 1_000), zoom: 0.5, width: 1_024, height: 768 },
    })
    const person = new EditorDriver()
    person.editor.setPeers([followed])
    person.editor.follow(7)
    expect(person.editor.state.camera).toMatchObject({ zoom: 0.5, x: 1_000 - 1_024 })
    expect(person.editor.state.following).toBe(7)
    person.wheel(10, 0)
    expect(person.editor.following).toBeNull()
    person.editor.follow(7)
    person.editor.setPeers([])
    expect(person.editor.following).toBeNull()
  })
})
