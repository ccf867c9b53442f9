import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { EditorDriver } from '../../../test/support/editor-driver.ts'
import { type Json, makeExcalidrawFile } from '../../../test/support/excalidraw-files.ts'
import { createRandom } from '../../../test/support/random.ts'
import { kinds } from '../../elements/index.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { BoardStore } from '../../model/board.ts'
import { createBoardStore } from '../../model/board-store.ts'
import type { Element, ElementId, OrderKey, Patch } from '../../model/element.ts'
import { duplicatePlan } from '../../model/plans/duplicate.ts'
import { createApproximateMeasurer } from '../../model/text/approximate-measurer.ts'
import { exportScene } from './export.ts'
import { type ReadScene, readScene } from './scene.ts'

const measure = createApproximateMeasurer()

const read = (...elements: unknown[]): ReadScene =>
  readScene(JSON.parse(JSON.stringify(elements)), { kinds, measure })

const boardOf = (elements: readonly Element[]): BoardStore => {
  const board = createBoardStore(new Y.Doc(), kinds)
  board.transact('user', (edit) => {
    for (const element of elements) edit.create(element)
  })
  return board
}

const out = (board: BoardStore): Json[] =>
  exportScene(board.ordered, { kinds, measure, lookup: (id) => board.get(id) }).elements as Json[]

const change = (board: BoardStore, id: string, patch: Patch): void =>
  board.transact('user', (edit) => edit.update(id as ElementId, patch))

const shape = (fields: Json = {}): Json => ({
  id: 'shape',
  type: 'rectangle',
  x: 10.123456789,
  y: 20,
  width: 100,
  height: 50,
  angle: 0,
  strokeColor: '#1971c2',
  backgroundColor: '#ffc9c9',
  fillStyle: 'hachure',
  strokeWidth: 4,
  strokeStyle: 'dashed',
  roughness: 2,
  opacity: 50,
  groupIds: ['inner', 'outer'],
  frameId: null,
  roundness: { type: 3 },
  seed: 1234,
  version: 17,
  versionNonce: 99,
  isDeleted: false,
  boundElements: null,
  updated: 1_700_000_000_000,
  link: null,
  locked: false,
  index: 'a1',
  ...fields,
})

const line = (fields: Json = {}): Json =>
  shape({
    id: 'line',
    type: 'line',
    roundness: null,
    points: [
      [0, 0],
      [30, -40],
    ],
    ...fields,
  })

const text = (fields: Json = {}): Json =>
  shape({
    id: 'text',
    type: 'text',
    text: 'Words',
    originalText: 'Words',
    fontSize: 20,
    fontFamily: 5,
    ...fields,
  })

describe('reading Excalidraw', () => {
  it('takes style, place and groups', () => {
    expect(read(shape()).elements[0]).toMatchObject({
      type: 'rectangle',
      position: [10.123456789, 20],
      size: [100, 50],
      stroke: '#1971c2',
      fill: '#ffc9c9',
      fillStyle: 'hachure',
      strokeWidth: 4,
      dash: 'dashed',
      roughness: 2,
      opacity: 0.5,
      groups: ['inner', 'outer'],
      corner: 12.5,
    })
  })

  it('writes a bound text on its container', () => {
    const { elements } = read(
      shape({ boundElements: [{ type: 'text', id: 'text' }] }),
      text({
        containerId: 'shape',
        originalText: 'One two',
        text: 'One\ntwo',
        fontFamily: 3,
        textAlign: 'right',
      }),
    )
    expect(elements).toHaveLength(1)
    expect(elements[0]).toMatchObject({ text: 'One two', fontFamily: 'mono', textAlign: 'right' })
  })

  it.each([
    [
      'the font in one word',
      text({ fontSize: undefined, fontFamily: undefined, font: '28px Cascadia' }),
      { fontSize: 28, fontFamily: 'mono' },
    ],
    ['draw for line', line({ type: 'draw' }), { type: 'line' }],
    ['round lines', line({ roundness: undefined, strokeSharpness: 'round' }), { route: 'curved' }],
    ['sharp boxes', shape({ roundness: undefined, strokeSharpness: 'sharp' }), { corner: 0 }],
    ['dots', line({ endArrowhead: 'dot' }), { endHead: 'dot' }],
    ["crow's feet", line({ endArrowhead: 'crowfoot_many' }), { endHead: 'many' }],
    ['lines without points', line({ points: [] }), { size: [100, 50] }],
    ['boxes drawn backwards', shape({ x: 100, width: -60 }), { position: [40, 20], size: [60, 50] }],
    [
      'points that begin elsewhere',
      line({
        points: [
          [5, 5],
          [35, 45],
        ],
      }),
      { position: [15.123456789, 25], size: [30, 40] },
    ],
    ['arrows without a head', line({ type: 'arrow', endArrowhead: undefined }), { endHead: 'arrow' }],
    ['fonts nobody knows', text({ fontFamily: 42 }), { fontFamily: 'hand' }],
    ['lines nobody sees', shape({ strokeColor: 'transparent' }), { strokeWidth: 0 }],
  ])('knows older and odd forms: %s', (_, element, expected) => {
    expect(read(element).elements[0]).toMatchObject(expected)
  })

  it('binds arrows in both forms', () => {
    const arrow = line({
      id: 'arrow',
      type: 'arrow',
      startBinding: { elementId: 'shape', focus: 0.2, gap: 4 },
      endBinding: { elementId: 'shape', fixedPoint: [0.25, 0.75], mode: 'inside' },
    })
    expect(read(shape(), arrow).elements[1]).toMatchObject({
      start: { element: 'shape', anchor: [0.5, 0.5], mode: 'outline' },
      end: { element: 'shape', anchor: [0.25, 0.75], mode: 'inside' },
    })
  })

  it('reports what cannot be read and keeps the rest', () => {
    let nested: unknown = []
    for (let level = 0; level < 5_000; level++) nested = [nested]
    const { elements, skipped } = readScene(
      [
        shape(),
        null,
        'words',
        shape({ id: 'typeless', type: 7 }),
        text({ id: 'empty', text: '', originalText: '' }),
        shape({ id: 'deep', customData: { nested } }),
        shape({ id: 'gone', isDeleted: true }),
        line({ id: 'strokeless', type: 'freedraw', points: 'none' }),
      ],
      { kinds, measure },
    )
    expect(elements.map(({ id }) => id)).toEqual(['shape'])
    expect(skipped.map(({ id }) => id)).toEqual(['', '', 'typeless', 'empty', 'deep', 'strokeless'])
  })

  it('gives new ids where one comes twice or is taken, and what names them follows', () => {
    const arrow = line({
      id: 'arrow',
      type: 'arrow',
      startBinding: { elementId: 'shape', fixedPoint: [0, 0], mode: 'orbit' },
    })
    const { elements } = readScene([shape(), arrow, shape({ x: 500 })], {
      kinds,
      measure,
      isTaken: (id) => id === 'shape' || id === 'outer',
    })
    const [first, bound, second] = elements
    expect(new Set([first?.id, bound?.id, second?.id, 'shape' as never]).size).toBe(4)
    expect(bound?.start).toMatchObject({ element: first?.id })
    expect(first?.groups[0]).toBe('inner')
    expect(first?.groups[1]).not.toBe('outer')
    expect(second?.groups[1]).toBe(first?.groups[1])
  })

  it('lets no link run anything, and no key reach a prototype', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"id":"p","type":"rectangle","width":5,"height":5}',
    )
    const links = [
      'javascript:alert(1)',
      ' JaVa\tScript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'blob:x',
    ]
    const { elements } = readScene([...links.map((link, at) => shape({ id: `link-${at}`, link })), hostile], {
      kinds,
      measure,
    })
    expect(elements).toHaveLength(links.length + 1)
    for (const element of elements) {
      expect(element.link).toBeNull()
      expect(JSON.stringify(element)).not.toMatch(/script:|polluted|text\/html|blob:/i)
    }
    expect(({} as Json).polluted).toBeUndefined()
  })

  it('sorts by index, unless that makes no sense', () => {
    const [a, b, c] = [
      shape({ id: 'a', index: 'a3' }),
      shape({ id: 'b', index: 'a1' }),
      shape({ id: 'c', index: 'a2' }),
    ]
    expect(read(a, b, c).elements.map(({ id }) => id)).toEqual(['b', 'c', 'a'])
    expect(read(a, { ...b, index: null }, c).elements.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })
})

describe('writing Excalidraw', () => {
  it('writes anew only what has changed of what came in', () => {
    const original = shape({ customData: { theirs: 1 }, ofTheFuture: [1.5] })
    const board = boardOf(read(original).elements)
    expect(out(board)).toEqual([original])
    change(board, 'shape', { position: worldPoint(15.123456789, 20) })
    expect(out(board)).toEqual([{ ...original, x: 15.123456789, version: 18 }])
    change(board, 'shape', { stroke: '#d93a3a', opacity: 1 })
    expect(out(board)).toEqual([
      { ...original, x: 15.123456789, strokeColor: '#d93a3a', opacity: 100, version: 18 },
    ])
  })

  it('keeps the points of a stroke that only moved to the last digit', () => {
    const original = line({
      id: 'stroke',
      type: 'freedraw',
      points: [
        [0, 0],
        [1.23456789, -7.654321],
        [3.3333333, 2],
      ],
      pressures: [0.123456789, 0.5, 0.987654321],
      simulatePressure: false,
    })
    const board = boardOf(read(original).elements)
    const [x, y] = board.ordered[0]?.position ?? [0, 0]
    change(board, 'stroke', { position: worldPoint(x + 8, y) })
    const [moved] = out(board)
    expect(moved).toMatchObject({ points: original.points, pressures: original.pressures, y: 20 })
    expect(moved?.x).toBeCloseTo(18.123456789, 9)
  })

  it('changes, drops and adds the text on a shape', () => {
    const label = text({ containerId: 'shape', lineHeight: 1.15, verticalAlign: 'middle' })
    const container = shape({ boundElements: [{ type: 'text', id: 'text' }] })
    const board = boardOf(read(container, label).elements)
    expect(out(board)).toEqual([container, label])
    change(board, 'shape', { text: 'Other words' })
    expect(out(board)[1]).toMatchObject({ id: 'text', originalText: 'Other words', lineHeight: 1.15 })
    change(board, 'shape', { text: '' })
    expect(out(board)).toEqual([{ ...container, boundElements: [] }])
    change(board, 'shape', { text: 'Again' })
    expect(out(board)[1]).toMatchObject({ originalText: 'Again', containerId: 'shape' })
  })

  it('says who is bound to whom, and forgets arrows that are gone', () => {
    const binding = { elementId: 'shape', fixedPoint: [0.5, 0.5], mode: 'orbit' }
    const arrow = line({ id: 'arrow', type: 'arrow', endBinding: binding, index: 'a2' })
    const bound = [
      { id: 'elsewhere', type: 'arrow' },
      { id: 'arrow', type: 'arrow' },
    ]
    const target = shape({ boundElements: bound })
    const board = boardOf(read(target, arrow).elements)
    const targetOut = () => out(board).find(({ id }) => id === 'shape')
    expect(targetOut()?.boundElements).toEqual(bound)
    board.transact('user', (edit) => edit.remove('arrow' as ElementId))
    expect(targetOut()?.boundElements).toEqual([bound[0]])
  })

  it('leaves texts where they stand in the sequence, if not behind what they are written on', () => {
    const container = shape({ boundElements: [{ type: 'text', id: 'text' }] })
    const late = text({ containerId: 'shape', index: 'a3' })
    const file = [
      container,
      shape({ id: 'shape 2', index: 'a2' }),
      late,
      shape({ id: 'shape 4', index: 'a4' }),
    ]
    const board = boardOf(read(...file).elements)
    expect(out(board)).toEqual(file)
    change(board, 'shape', { order: 'a9' as OrderKey })
    const indices = out(board).map(({ index }) => String(index))
    expect(indices).toEqual([...indices].sort())
    expect(out(board).map(({ id }) => id)).toEqual(['shape 2', 'shape 4', 'shape', 'text'])
  })

  it('keeps the segments of a route that were fixed by hand', () => {
    const points = [
      [0, 0],
      [60, 0],
      [60, 90],
      [150, 90],
    ]
    const fixedSegments = [{ index: 2, start: [60, 0], end: [60, 90] }]
    const route = { type: 'arrow', elbowed: true, points, width: 150, height: 90, fixedSegments }
    const original = line({ id: 'route', startIsSpecial: false, endIsSpecial: null, ...route })
    const board = boardOf(read(original).elements)
    expect(board.ordered[0]?.fixed).toEqual([{ axis: 'x', at: 60 }])
    expect(out(board)).toEqual([original])
    change(board, 'route', { size: [300, 90] })
    expect(out(board)[0]).toMatchObject({
      width: 300,
      fixedSegments: [{ index: 2, start: [120, 0], end: [120, 90] }],
    })
  })

  it('makes copies elements of their own', () => {
    const container = shape({ boundElements: [{ type: 'text', id: 'text' }] })
    const board = boardOf(read(container, text({ containerId: 'shape', index: 'a2' })).elements)
    const [copy] = duplicatePlan(board.ordered, board.ordered, [10, 10])
    if (!copy) throw new Error('no copy')
    board.transact('user', (edit) => edit.create(copy))
    const [, , copied, label] = out(board)
    expect(copied).toMatchObject({
      id: copy.id,
      fillStyle: 'hachure',
      boundElements: [{ id: label?.id, type: 'text' }],
    })
    expect(label).toMatchObject({ containerId: copy.id })
    expect(label?.id).not.toBe('text')
    expect(new Set(out(board).map(({ index }) => index)).size).toBe(4)
  })

  it('keeps the sequence in the indices', () => {
    const ids = ['a', 'b', 'c', 'd']
    const board = boardOf(
      read(...ids.map((id, at) => shape({ id, index: `a${at}` }))).elements.map((element, at) => ({
        ...element,
        order: `a${at}` as Element['order'],
      })),
    )
    change(board, 'a', { order: 'a9' })
    const written = out(board)
    expect(written.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'a'])
    expect(written.map(({ index }) => index)).toEqual(['a1', 'a2', 'a3', 'a4'])
  })

  it('brings back everything that was drawn here', () => {
    const person = new EditorDriver()
    person.editor.create(
      kinds.types
        .filter((type) => type !== 'ink' && type !== 'highlighter')
        .map((type, at) => ({
          type,
          position: worldPoint(at * 300 + 1 / 3, 7.7),
          size: [120.5, 80.25] as const,
          text: type === 'image' || type === 'line' ? '' : `Some words on a ${type}`,
          ...(at % 2 === 0 && type !== 'frame' ? { rotation: radians(0.5) } : {}),
          ...(type === 'line' || type === 'arrow'
            ? {
                points: [
                  [0, 0],
                  [50.1, 80.25],
                  [120.5, 3],
                ],
              }
            : {}),
        })),
    )
    person.tool('pen').with('pen', 0.7).down(500, 500).move(600, 560).up()
    person.tool('highlighter').with('mouse').down(500, 700).move(600, 760).up()
    const written = out(person.board)
    for (const element of written) {
      for (const key of Object.keys(shape())) expect(element).toHaveProperty(key)
    }
    const again = read(...written)
    expect(again.skipped).toEqual([])
    const plain = (elements: readonly Element[]) =>
      elements.map(({ order: _order, clip: _clip, excalidraw: _kept, ...element }) => element)
    expect(plain(again.elements)).toEqual(plain(person.elements))
  })

  it('takes over what was changed elsewhere in what was drawn here', () => {
    const person = new EditorDriver()
    const [id] = person.editor.create([
      { type: 'triangle', position: worldPoint(0, 0), size: [100, 100], text: 'Here', roughness: 1 },
    ])
    const changed = out(person.board).map((element) => ({
      ...element,
      x: Number(element.x) + 40,
      strokeColor: '#2f9e44',
      ...(element.type === 'text' ? { text: 'There', originalText: 'There' } : {}),
    }))
    expect(read(...changed).elements[0]).toMatchObject({
      id,
      type: 'triangle',
      position: [person.only.position[0] + 40, person.only.position[1]],
      size: person.only.size,
      stroke: '#2f9e44',
      text: 'There',
      roughness: 1,
    })
  })

  it('keeps what Excalidraw cannot say beside what came from it', () => {
    const original = shape({ customData: { theirs: 1 } })
    const board = boardOf(read(original).elements)
    change(board, 'shape', { corner: 3, fillStyle: 'semi' })
    const [written] = out(board)
    expect(written?.customData).toMatchObject({ theirs: 1, drawbridge: { version: 1 } })
    expect(written).toMatchObject({ roundness: original.roundness, fillStyle: 'solid' })
    const again = boardOf(read(written).elements)
    expect(again.ordered[0]).toMatchObject({ corner: 3, fillStyle: 'semi', fill: '#ffc9c9' })
    expect(out(again)).toEqual([written])
    change(again, 'shape', { corner: 12.5, fillStyle: 'hachure' })
    expect(out(again)[0]).toMatchObject({ fillStyle: 'hachure', customData: { theirs: 1 } })
  })

  it('makes several strokes of one that was cut, and one of them again', () => {
    const person = new EditorDriver()
    person.tool('pen').drag(100, 100, 400, 100)
    person.tool('partial-eraser').drag(250, 60, 250, 140)
    const strokes = out(person.board)
    expect(strokes.map(({ type }) => type)).toEqual(['freedraw', 'freedraw'])
    const again = boardOf(read(...strokes).elements)
    expect(again.ordered).toHaveLength(1)
    expect(again.ordered[0]).toEqual(person.only)
    const shifted = strokes.map((stroke) => ({ ...stroke, x: Number(stroke.x) + 50 }))
    expect(read(...shifted).elements).toMatchObject([{ position: [person.only.position[0] + 50, 100] }])
    const [first] = strokes
    expect(read(first).elements).toMatchObject([{ type: 'ink' }])
    expect(read(first).elements[0]?.size[0]).toBeLessThan(160)
  })

  it('exports a large scene in reasonable time', () => {
    const { elements } = makeExcalidrawFile(createRandom(7), 3_000)
    const board = boardOf(read(...elements).elements)
    expect(out(board)).toHaveLength(elements.length)
  })
})
