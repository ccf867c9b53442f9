import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { kinds } from '../elements/index.ts'
import { boundsOf } from '../geometry/transform.ts'
import { worldPoint } from '../geometry/types.ts'
import { elementsFromClipboard, elementsToClipboard, pastePlan } from './clipboard.ts'

const drawn = (): EditorDriver => {
  const person = new EditorDriver()
  person.place([100, 100, 80, 80], [300, 200, 80, 80])
  person.tool('pen').with('pen', 0.7).down(500, 500).move(600, 560).up()
  person.tool('arrow').drag(100, 400, 300, 450)
  person.editor.run('select-all')
  return person.press('Ctrl+G')
}

describe('the clipboard', () => {
  it('carries elements from one board to another, with new ids, new groups and their order', () => {
    const original = drawn()
    const text = elementsToClipboard(original.elements)
    const pasted = pastePlan(elementsFromClipboard(text, kinds) ?? [], [], worldPoint(0, 0))
    expect(pasted.map(({ type }) => type)).toEqual(original.elements.map(({ type }) => type))
    for (const element of pasted) expect(original.board.get(element.id)).toBeUndefined()
    const groups = new Set(pasted.flatMap((element) => element.groups))
    expect(groups.size).toBe(1)
    expect(groups.has(original.elements[0]?.groups[0] as never)).toBe(false)
  })

  it('puts the middle of all of it where it is pasted', () => {
    const { elements } = drawn()
    const pasted = pastePlan(elements, elements, worldPoint(1_000, 2_000))
    const boxes = pasted.map(boundsOf)
    const left = Math.min(...boxes.map(({ minX }) => minX))
    const right = Math.max(...boxes.map(({ maxX }) => maxX))
    expect((left + right) / 2).toBeCloseTo(1_000)
  })

  it('keeps strokes, arrows and styles', () => {
    const { elements } = drawn()
    const pasted = elementsFromClipboard(elementsToClipboard(elements), kinds) ?? []
    const [ink] = pasted.filter(({ type }) => type === 'ink')
    expect(ink?.size).toEqual(elements.find(({ type }) => type === 'ink')?.size)
    expect(ink?.ink).toEqual(elements.find(({ type }) => type === 'ink')?.ink)
    const [arrow] = pasted.filter(({ type }) => type === 'arrow')
    expect(arrow).toMatchObject({ endHead: 'arrow', size: [200, 50] })
  })

  it.each([
    'hello',
    '',
    '{"type":"something else","elements":[]}',
    '{"type":"drawbridge/elements"}',
    '{"type":"drawbridge/elements","elements":{}}',
    '[1,2]',
    'null',
    '{broken',
  ])('takes %j for text', (text) => {
    expect(elementsFromClipboard(text, kinds)).toBeNull()
  })

  it('passes over elements that make no sense and keeps the others', () => {
    const text = JSON.stringify({
      type: 'drawbridge/elements',
      elements: [
        null,
        7,
        {},
        { type: 'ink', points: 'no' },
        { type: 'rectangle', x: 1, y: 2, width: 30, height: 40, __proto__: { locked: true } },
        { type: 'rectangle', x: Number.NaN, y: 'far', width: -5, height: 1e300 },
      ],
    })
    const elements = elementsFromClipboard(text, kinds) ?? []
    expect(elements.some(({ position, size }) => position[0] === 1 && size[1] === 40)).toBe(true)
    for (const { position, size } of elements) {
      expect(
        [...position, ...size].every((number) => Number.isFinite(number) && Math.abs(number) <= 1e6),
      ).toBe(true)
    }
  })

  it('takes what Excalidraw copies, labels on their shapes', () => {
    const base = {
      angle: 0,
      strokeColor: '#1e1e1e',
      backgroundColor: 'transparent',
      strokeWidth: 2,
      opacity: 50,
    }
    const text = JSON.stringify({
      type: 'excalidraw/clipboard',
      files: {},
      elements: [
        {
          ...base,
          id: 'r',
          type: 'rectangle',
          x: 10,
          y: 20,
          width: 100,
          height: 50,
          backgroundColor: '#ffc9c9',
        },
        {
          ...base,
          id: 't',
          type: 'text',
          containerId: 'r',
          x: 0,
          y: 0,
          width: 9,
          height: 9,
          text: 'Label',
          fontFamily: 3,
        },
        { ...base, id: 'f', type: 'text', containerId: null, x: 5, y: 5, width: 9, height: 9, text: 'Free' },
        {
          ...base,
          id: 'a',
          type: 'arrow',
          x: 200,
          y: 200,
          width: 50,
          height: 30,
          endArrowhead: 'triangle',
          points: [
            [0, 0],
            [-50, 30],
          ],
        },
        {
          ...base,
          id: 'p',
          type: 'freedraw',
          x: 0,
          y: 0,
          width: 20,
          height: 10,
          pressures: [0.2, 0.4, 0.6],
          simulatePressure: false,
          points: [
            [0, 0],
            [10, 10],
            [20, 0],
          ],
        },
        { ...base, id: 'd', type: 'rectangle', x: 0, y: 0, width: 9, height: 9, isDeleted: true },
        { ...base, id: 'i', type: 'image', x: 0, y: 0, width: 9, height: 9 },
        null,
      ],
    })
    const [rectangle, free, arrow, ink, ...others] = elementsFromClipboard(text, kinds) ?? []
    expect(others).toEqual([])
    expect(rectangle).toMatchObject({
      type: 'rectangle',
      size: [100, 50],
      fill: '#ffc9c9',
      fillStyle: 'semi',
    })
    expect(rectangle).toMatchObject({ text: 'Label', fontFamily: 'mono', opacity: 0.5 })
    expect(free).toMatchObject({ type: 'text', text: 'Free', fontFamily: 'hand' })
    expect(arrow).toMatchObject({ type: 'arrow', position: [150, 200], size: [50, 30], endHead: 'triangle' })
    expect(ink).toMatchObject({ type: 'ink', size: [20, 10] })
  })
})
