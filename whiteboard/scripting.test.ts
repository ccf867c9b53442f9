import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../test/support/editor-driver.ts'
import { createScriptingHandle } from './scripting.ts'

const scripted = () => {
  const person = new EditorDriver()
  const sync = { status: { state: 'connecting', unsaved: 0 } as const, whenSaved: () => Promise.resolve() }
  return { person, handle: createScriptingHandle(person.editor, sync) }
}

describe('a script', () => {
  it('creates elements in one step of undo and reads them back', () => {
    const { person, handle } = scripted()
    const ids = handle.editor.create([
      { type: 'rectangle', x: 10, y: 20, width: 100, height: 50, stroke: '#d93a3a', text: 'Hi' },
      { type: 'text', x: 5, y: 6, text: 'Some words' },
      {
        type: 'arrow',
        x: 0,
        y: 0,
        points: [
          [0, 0],
          [100, 40],
        ],
      },
      {
        type: 'ink',
        x: 50,
        y: 60,
        points: [
          [0, 0, 0.5],
          [10, 10, 0.9],
          [20, 0, 0.2],
        ],
      },
      { type: 'sticky', x: 300, y: 300 },
    ])
    const elements = handle.editor.elements()
    expect(elements.map(({ id }) => id)).toEqual(ids)
    expect(elements[0]).toMatchObject({ x: 10, y: 20, width: 100, height: 50, stroke: '#d93a3a', text: 'Hi' })
    expect(elements[1]).toMatchObject({ x: 5, y: 6, text: 'Some words' })
    expect(elements[1]?.width).toBeGreaterThan(20)
    expect(elements[2]).toMatchObject({
      width: 100,
      height: 40,
      points: [
        [0, 0],
        [100, 40],
      ],
    })
    expect(elements[3]).toMatchObject({ x: 50, y: 60, width: 20, height: 10 })
    expect(elements[4]).toMatchObject({ width: 200, height: 200 })
    handle.editor.undo()
    expect(handle.editor.elements()).toEqual([])
    handle.editor.redo()
    expect(person.elements).toHaveLength(5)
  })

  it('changes only the fields that it gives', () => {
    const { handle } = scripted()
    const [id] = handle.editor.create([{ type: 'ellipse', x: 1, y: 2, width: 130, height: 90 }])
    handle.editor.update([
      { id, x: 100, fill: '#d5e4ff', text: 'New' },
      { id: 'nobody', x: 1 },
    ])
    expect(handle.editor.elements()[0]).toMatchObject({
      x: 100,
      y: 2,
      width: 130,
      fill: '#d5e4ff',
      text: 'New',
    })
  })

  it('gives what is written room, also where it gave a size', () => {
    const { handle } = scripted()
    const text = 'a longer label that cannot possibly fit into so little room, however it wraps'
    const place = { x: 10, y: 20, width: 80, height: 30 }
    const [labelled, plain] = handle.editor.create([
      { type: 'rectangle', ...place, text },
      { type: 'rectangle', ...place },
    ])
    const sizes = () => handle.editor.elements().map(({ x, y, width, height }) => ({ x, y, width, height }))
    expect(sizes()[0]).toMatchObject({ x: 10, y: 20 })
    expect(sizes()[0]?.height).toBeGreaterThan(100)
    expect(sizes()[1]).toEqual(place)
    handle.editor.update([
      { id: labelled, width: 400, height: 40 },
      { id: plain, width: 5, height: 5 },
    ])
    expect(sizes()[0]).toMatchObject({ x: 10, y: 20, width: 400 })
    expect(sizes()[0]?.height).toBeGreaterThan(40)
    expect(sizes()[1]).toEqual({ x: 10, y: 20, width: 5, height: 5 })
  })

  it('deletes and selects', () => {
    const { person, handle } = scripted()
    const [first, second] = handle.editor.create([{ type: 'rectangle' }, { type: 'diamond' }])
    handle.editor.select([first ?? '', second ?? ''])
    expect(person.selection).toEqual([first, second])
    handle.editor.delete([first ?? ''])
    expect(person.selection).toEqual([second])
  })

  it('moves the camera', () => {
    const { handle } = scripted()
    handle.editor.setCamera({ x: 10, y: 20, zoom: 2 })
    expect(handle.editor.camera).toEqual({ x: 10, y: 20, zoom: 2 })
    expect(() => handle.editor.setCamera({ x: Number.NaN, y: 0, zoom: 1 })).toThrow(/three numbers/)
    handle.editor.create([{ type: 'rectangle', x: 5_000, y: 5_000, width: 100, height: 100 }])
    handle.editor.zoomToFit()
    expect(handle.editor.camera.x).toBeGreaterThan(4_000)
  })

  it('is told what was wrong with its input', () => {
    const { person, handle } = scripted()
    expect(() => handle.editor.create([{ type: 'nonsense' }])).toThrow(/rectangle, diamond/)
    expect(() => handle.editor.create('rectangle' as never)).toThrow(/list of elements/)
    expect(() => handle.editor.update([{ x: 1 }])).toThrow(/needs the id/)
    const [id] = handle.editor.create([{ type: 'rectangle' }])
    expect(() => handle.editor.create([{ type: 'rectangle', id }])).toThrow(/already/)
    expect(person.elements).toHaveLength(1)
  })
})
