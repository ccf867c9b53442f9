import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { decodeInk } from '../model/ink.ts'
import type { ToolId } from '../tools/contract.ts'

const driver = (tool: ToolId): EditorDriver => new EditorDriver().tool(tool)

describe('drawing', () => {
  it.each(['rectangle', 'diamond', 'ellipse'] as const)('a %s by its box', (tool) => {
    const person = driver(tool).down(100, 100)
    expect(person.path).toBe(`${tool}/pressed`)
    person.move(180, 150)
    expect(person.path).toBe(`${tool}/draw`)
    expect(person.elements).toHaveLength(0)
    person.up()
    expect(person.only).toMatchObject({ type: tool, position: [100, 100], size: [80, 50] })
    expect(person.path).toBe('select')
    expect(person.selection).toEqual([person.only.id])
  })

  it('towards the upper left gives the same box', () => {
    expect(driver('rectangle').drag(180, 150, 100, 100).only).toMatchObject({
      position: [100, 100],
      size: [80, 50],
    })
  })

  it('with Shift gives a square, with Alt from the middle', () => {
    const square = driver('ellipse').hold('shift').drag(100, 100, 180, 150)
    expect(square.only.size).toEqual([80, 80])
    const centred = driver('ellipse').hold('alt').drag(100, 100, 140, 120)
    expect(centred.only).toMatchObject({ position: [60, 80], size: [80, 40] })
  })

  it('sees a modifier key that is pressed while the pointer rests', () => {
    const person = driver('rectangle').down(100, 100).move(180, 150).hold('shift')
    expect(person.presence?.draft).toMatchObject({ elements: [{ size: [80, 80] }] })
    person.hold().up()
    expect(person.only.size).toEqual([80, 50])
  })

  it('a tap places a box of a default size round the pointer', () => {
    const { only } = driver('rectangle').click(200, 200)
    expect(only.position[0] + only.size[0] / 2).toBe(200)
    expect(only.size[0]).toBeGreaterThan(50)
  })

  it('a movement under the threshold is a tap, above it a drag', () => {
    expect(driver('rectangle').drag(200, 200, 202, 202).only.size).toEqual([160, 100])
    expect(driver('rectangle').with('touch').drag(200, 200, 203, 204).only.size).toEqual([160, 100])
    expect(driver('rectangle').drag(200, 200, 203, 204).only.size).toEqual([3, 4])
  })

  it('an arrow from point to point', () => {
    const { only } = driver('arrow').drag(300, 100, 100, 200)
    expect(only).toMatchObject({ type: 'arrow', position: [100, 100], size: [200, 100] })
    expect(only.points).toEqual([
      [200, 0],
      [0, 100],
    ])
  })

  it('a line with clicks up to a double click, and with Shift in steps of 15 degrees', () => {
    const person = driver('line').click(100, 100)
    expect(person.path).toBe('line/draw')
    person.move(200, 110).doubleClick(200, 110)
    expect(person.only).toMatchObject({ position: [100, 100], size: [100, 10] })
    const aligned = driver('line').hold('shift').drag(100, 100, 200, 110)
    expect(aligned.only.size[1]).toBeCloseTo(0)
  })

  it('ink with every point, from the first one on, and the pen stays in the hand', () => {
    const person = driver('pen').with('pen', 0.8).down(100, 100)
    expect(person.path).toBe('pen/draw')
    person.move(160, 100, { steps: 30 }).move(160, 140, { steps: 20 }).up()
    const points = decodeInk(person.only.ink as Uint8Array)
    expect(points).toHaveLength(51)
    expect(points[0]?.[2]).toBeCloseTo(0.8, 1)
    expect(person.only).toMatchObject({ position: [100, 100], size: [60, 40] })
    expect(person.path).toBe('pen')
  })

  it('a tap of the pen leaves a dot', () => {
    expect(driver('pen').click(50, 50).only).toMatchObject({ type: 'ink', position: [50, 50] })
  })

  it('a note where it was tapped, ready for typing', () => {
    const person = driver('sticky').click(300, 300)
    expect(person.only).toMatchObject({ type: 'sticky', position: [200, 200], size: [200, 200] })
    expect(person.path).toBe('select/typing')
  })

  it('a text as broad as it was drawn, with lines that wrap there', () => {
    const person = driver('text').drag(300, 300, 400, 340)
    expect(person.path).toBe('select/typing')
    expect(person.type('words that need several lines').press('Escape').only).toMatchObject({
      position: [300, 287.5],
      autoWidth: false,
    })
    expect(person.only.size[0]).toBe(100)
    expect(person.only.size[1]).toBeGreaterThan(50)
  })

  it('a text as a tap makes it, when the hand slipped', () => {
    const person = driver('text').drag(300, 300, 310, 304).type('words that need several lines')
    expect(person.only.autoWidth ?? true).toBe(true)
    expect(person.only.size[0]).toBeGreaterThan(100)
  })

  it('a note as large as it was drawn, ready for typing', () => {
    const person = driver('sticky').drag(300, 300, 420, 400)
    expect(person.only.size).toEqual([120, 100])
    expect(person.path).toBe('select/typing')
    expect(person.type('hi').only.text).toBe('hi')
  })

  it('keeps the tool when it is kept', () => {
    const person = driver('rectangle').press('Q').drag(0, 0, 50, 50).drag(100, 0, 150, 50)
    expect(person.elements).toHaveLength(2)
    expect(person.path).toBe('rectangle')
  })

  it('puts each new element above the others', () => {
    const person = driver('rectangle').press('Q').drag(0, 0, 50, 50).drag(10, 10, 60, 60)
    expect(person.elements.map(({ position }) => position[0])).toEqual([0, 10])
  })
})

describe('a gesture that is given up', () => {
  const tools: ToolId[] = [
    'rectangle',
    'diamond',
    'ellipse',
    'line',
    'arrow',
    'pen',
    'text',
    'sticky',
    'eraser',
    'select',
  ]

  it.each(tools)('leaves no trace: %s and Escape', (tool) => {
    const person = new EditorDriver()
    person.place([100, 100, 80, 80])
    const before = JSON.stringify(person.doc.toJSON())
    person.tool(tool).down(140, 140).move(200, 220).press('Escape')
    expect(person.presence?.draft ?? null).toBeNull()
    expect(person.path).toBe(tool)
    person.move(300, 300).up()
    expect(JSON.stringify(person.doc.toJSON())).toBe(before)
  })

  it.each(tools)('leaves no trace: %s and another tool', (tool) => {
    const person = new EditorDriver()
    person.place([100, 100, 80, 80])
    const before = JSON.stringify(person.doc.toJSON())
    person.tool(tool).down(140, 140).move(200, 220).tool('hand')
    expect(person.presence?.draft ?? null).toBeNull()
    person.up()
    expect(JSON.stringify(person.doc.toJSON())).toBe(before)
  })

  it.each(tools)('leaves no trace: %s and the window losing focus', (tool) => {
    const person = new EditorDriver()
    person.place([100, 100, 80, 80])
    const before = JSON.stringify(person.doc.toJSON())
    person.tool(tool).down(140, 140).move(200, 220)
    person.editor.input.pointerCancel()
    expect(JSON.stringify(person.doc.toJSON())).toBe(before)
    expect(person.presence?.draft ?? null).toBeNull()
  })
})

describe('one gesture', () => {
  it.each(['rectangle', 'line', 'pen', 'sticky'] as const)('is one step of undo: %s', (tool) => {
    const person = driver(tool).drag(100, 100, 200, 180)
    expect(person.elements).toHaveLength(1)
    person.press('Ctrl+Z')
    expect(person.elements).toHaveLength(0)
    expect(person.editor.can('undo')).toBe(false)
    person.press('Ctrl+Shift+Z')
    expect(person.elements).toHaveLength(1)
  })
})

describe('the eraser', () => {
  it('takes away what it passed over, on release and in one step', () => {
    const person = new EditorDriver()
    person.place([100, 100, 50, 50], [200, 100, 50, 50], [100, 400, 50, 50])
    person.tool('eraser').down(50, 125).move(300, 125, { steps: 2 })
    expect(person.presence?.draft).toMatchObject({ type: 'erase' })
    expect(person.elements).toHaveLength(3)
    person.up()
    expect(person.elements).toHaveLength(1)
    expect(person.path).toBe('eraser')
    person.press('Ctrl+Z')
    expect(person.elements).toHaveLength(3)
  })

  it('spares what is locked', () => {
    const person = new EditorDriver()
    const [id] = person.place([100, 100, 50, 50])
    if (id) person.editor.update([{ id, locked: true }])
    person.tool('eraser').drag(50, 125, 300, 125)
    expect(person.elements).toHaveLength(1)
  })
})
