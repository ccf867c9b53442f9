import { describe, expect, it } from 'vitest'
import { EditorDriver } from '../../test/support/editor-driver.ts'
import { kinds } from '../elements/index.ts'
import { boundsOf } from '../geometry/transform.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { compareOrder } from '../model/order.ts'
import { createApproximateMeasurer } from '../model/text/approximate-measurer.ts'
import { type CopiedData, copiedData, elementsFromClipboard, wordsOf } from './clipboard.ts'
import { pastePlan } from './paste.ts'

const measure = createApproximateMeasurer()

const drawn = (): EditorDriver => {
  const person = new EditorDriver()
  person.place([100, 100, 80, 80], [300, 200, 80, 80])
  person.tool('pen').with('pen', 0.7).down(500, 500).move(600, 560).up()
  person.tool('arrow').drag(100, 400, 300, 450)
  person.editor.run('select-all')
  return person.press('Ctrl+G')
}

const copy = ({ elements, board }: EditorDriver): CopiedData =>
  copiedData(elements, { kinds, measure, lookup: (id) => board.get(id), boardId: 'board-1' })

const pasted = (data: Partial<CopiedData>): readonly Element[] =>
  elementsFromClipboard(data, { kinds, measure })?.elements ?? []

const bare = (elements: readonly Element[]) =>
  elements.map(({ order: _order, clip: _clip, excalidraw: _kept, ...element }) => element)

describe('the clipboard', () => {
  it('carries elements from one board to another, with new ids, new groups and their order', () => {
    const original = drawn()
    const copies = pastePlan(pasted(copy(original)), [], worldPoint(0, 0))
    expect(copies.map(({ type }) => type)).toEqual(original.elements.map(({ type }) => type))
    for (const element of copies) expect(original.board.get(element.id)).toBeUndefined()
    const groups = new Set(copies.flatMap((element) => element.groups))
    expect(groups.size).toBe(1)
    expect(groups.has(original.elements[0]?.groups[0] as never)).toBe(false)
  })

  it('keeps the drawing order in both of its forms', () => {
    const person = new EditorDriver()
    const colours = ['#111111', '#222222', '#333333', '#444444', '#555555', '#666666', '#777777', '#888888']
    person.place(...colours.map((_, at): [number, number, number, number] => [at * 10, 0, 80, 80]))
    person.editor.update(person.elements.map(({ id }, at) => ({ id, fill: colours[at] ?? '' })))
    const { text, html } = copy(person)
    for (const data of [{ text }, { html }]) {
      const copies = pastePlan(pasted(data), [], null).toSorted(compareOrder)
      expect(copies.map(({ fill }) => fill)).toEqual(person.elements.map(({ fill }) => fill))
    }
  })

  it('puts the middle of all of it where it is pasted, or leaves it in place', () => {
    const { elements } = drawn()
    const boxes = pastePlan(elements, elements, worldPoint(1_000, 2_000)).map(boundsOf)
    const left = Math.min(...boxes.map(({ minX }) => minX))
    const right = Math.max(...boxes.map(({ maxX }) => maxX))
    expect((left + right) / 2).toBeCloseTo(1_000)
    const inPlace = pastePlan(elements, elements, null)
    expect(inPlace.map(({ position }) => position)).toEqual(elements.map(({ position }) => position))
  })

  it('loses nothing between boards, whichever of its forms arrives', () => {
    const person = drawn()
    const { text, html } = copy(person)
    expect(bare(pasted({ html, text: 'other' }))).toEqual(bare(person.elements))
    expect(bare(pasted({ text, html: '<b>other</b>' }))).toEqual(bare(person.elements))
    expect(elementsFromClipboard({ html }, { kinds, measure })?.boardId).toBe('board-1')
  })

  it('is the clipboard of Excalidraw to others, and words to the rest', () => {
    const person = drawn()
    person.editor.create([{ type: 'text', text: 'Some <b>words</b>' }])
    const { text, html } = copy(person)
    expect(JSON.parse(text)).toMatchObject({ type: 'excalidraw/clipboard', files: {} })
    expect(html).toMatch(/>Some &lt;b&gt;words&lt;\/b&gt;<\/div>$/)
    expect(wordsOf(person.elements)).toBe('Some <b>words</b>')
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
    expect(elementsFromClipboard({ text }, { kinds, measure })).toBeNull()
    const html = `<div data-drawbridge="${btoa(text)}"></div>`
    expect(elementsFromClipboard({ html }, { kinds, measure })).toBeNull()
  })

  it.each(['excalidraw', 'excalidraw/clipboard', 'excalidraw-api/clipboard'])('takes %s', (type) => {
    const text = JSON.stringify({ type, elements: [{ id: 'a', type: 'ellipse', width: 5, height: 6 }] })
    expect(pasted({ text })).toMatchObject([{ type: 'ellipse', size: [5, 6] }])
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
    const elements = pasted({ text })
    expect(elements.some(({ position, size }) => position[0] === 1 && size[1] === 40)).toBe(true)
    for (const { position, size } of elements) {
      expect(
        [...position, ...size].every((number) => Number.isFinite(number) && Math.abs(number) <= 1e6),
      ).toBe(true)
    }
  })
})
