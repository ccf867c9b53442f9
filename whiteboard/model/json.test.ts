import { describe, expect, it } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import { generateScene } from '../../test/support/scene-generator.ts'
import type { Element } from './element.ts'
import { encodeInk } from './ink.ts'
import { cutsOf, encodeCuts } from './ink-cuts.ts'
import { elementFromJson, elementToJson, patchFromJson } from './json.ts'

const through = (element: Element): Element | null =>
  elementFromJson(JSON.parse(JSON.stringify(elementToJson(element))), testKinds)

const shape = (fields: Partial<Element>): Element => {
  const [element] = generateScene({ count: 1, seed: 3 })
  if (!element) throw new Error('empty scene')
  return { ...element, fill: '#ffffff', fillStyle: 'none', strokeWidth: 2, ...fields }
}

describe('the JSON form', () => {
  it('M50: comes back as the same element', () => {
    for (const element of [
      shape({ text: 'hello' }),
      shape({ fromTheFuture: { deep: [1, 'two', null] } }),
      shape({ type: 'unheard-of', strange: true }),
    ]) {
      expect(through(element)).toEqual(element)
    }
  })

  it('M50: keeps what was erased of a stroke', () => {
    const ink = encodeInk([
      [0, 0, 0.5],
      [10, 0, 0.5],
      [20, 5, 0.5],
    ])
    const stroke = shape({ type: 'ink', ink, size: [20, 5], 'cut/12': encodeCuts([[0.5, 1.25]]) })
    const json = elementToJson(stroke)
    expect(json.cuts).toEqual([[0.5, 1.25]])
    const again = through(stroke)
    expect(again && cutsOf(again)).toEqual([[0.5, 1.25]])
    expect(again).not.toHaveProperty('cuts')
  })

  it('M50: has a place in plain numbers', () => {
    const json = elementToJson(shape({ size: [30, 40] }))
    expect(json).toMatchObject({ width: 30, height: 40, x: expect.any(Number), type: 'rectangle' })
    expect(json).not.toHaveProperty('position')
    expect(json).not.toHaveProperty('size')
  })

  it('M51: reads an element that says only what it must', () => {
    const element = elementFromJson({ type: 'rectangle', x: 5, y: 6, width: 7, height: 8 }, testKinds)
    expect(element).toMatchObject({
      position: [5, 6],
      size: [7, 8],
      stroke: '#1e1e1e',
      text: '',
      rotation: 0,
    })
    expect(element?.id).toMatch(/^[0-9A-Za-z]{12}$/)
    expect(elementFromJson({ type: 'rectangle', position: [1, 2], size: [3, 4] }, testKinds)).toMatchObject({
      position: [1, 2],
      size: [3, 4],
    })
  })

  it('M51: a line is as large as its points, which may begin anywhere', () => {
    const points = [
      [10, 20],
      [-10, 60],
    ]
    expect(elementFromJson({ type: 'line', x: 100, y: 100, points }, testKinds)).toMatchObject({
      position: [90, 120],
      size: [20, 40],
      points: [
        [20, 0],
        [0, 40],
      ],
    })
  })

  it('M52: shows a stroke as points with pressure, stretched to its box', () => {
    const ink = encodeInk([
      [0, 0, 0],
      [10, 5, 1],
    ])
    const element = shape({ type: 'ink', ink, size: [20, 5] })
    const json = elementToJson(element)
    expect(json.points).toEqual([
      [0, 0, 0],
      [20, 5, 1],
    ])
    expect(json).not.toHaveProperty('ink')
    expect(elementToJson(through(element) ?? shape({})).points).toEqual(json.points)
  })

  it('M53: nothing throws, and what is no element is null', () => {
    for (const bad of [null, 5, 'x', [], {}, { type: 5 }, new Date(), { type: 'line', points: 'no' }]) {
      const element = elementFromJson(bad, testKinds)
      if (element) expect(element.type).toBe('damaged')
    }
    const odd = elementFromJson(
      { type: 'rectangle', id: '', x: Number.NaN, y: 10n, width: -5, size: 'big', __proto__: { stroke: 1 } },
      testKinds,
    )
    expect(odd).toMatchObject({ position: [0, 0], size: [5, 100], stroke: '#1e1e1e' })
  })

  it('M54: a change in JSON sets only what it names', () => {
    const element = shape({})
    expect(patchFromJson({ x: 3 }, element)).toEqual({ position: [3, element.position[1]] })
    expect(patchFromJson({ height: 3, id: 'other' }, element)).toEqual({ size: [element.size[0], 3] })
    expect(patchFromJson({ stroke: '#ff0000', text: 'new' }, element)).toEqual({
      stroke: '#ff0000',
      text: 'new',
    })
    expect(patchFromJson('no', element)).toEqual({})
  })
})
