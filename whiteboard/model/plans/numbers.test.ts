import { describe, expect, it } from 'vitest'
import { testKinds } from '../../../test/support/kinds.ts'
import { generateScene } from '../../../test/support/scene-generator.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId } from '../element.ts'
import { type NumberKey, numbersPlan, parseNumberChange, readNumbers } from './numbers.ts'

const [template] = generateScene({ count: 1 })

const shape = (id: string, x: number, y: number, fields: Partial<Element> = {}): Element => {
  if (!template) throw new Error('empty scene')
  return {
    ...template,
    id: id as ElementId,
    position: worldPoint(x, y),
    size: [100, 50],
    rotation: radians(0),
    ...fields,
  }
}

const set = (elements: readonly Element[], key: NumberKey, written: string): readonly Element[] => {
  const change = parseNumberChange(written)
  if (!change) throw new Error(`unreadable: ${written}`)
  const patches = numbersPlan(elements, testKinds, key, change)
  return elements.map((element) => ({ ...element, ...patches.get(element.id) }))
}

describe('numbers of the selection', () => {
  it('M125: are those of one element itself, and of the box round several', () => {
    const one = shape('a', 10.126, 20, { rotation: radians(Math.PI / 2) })
    expect(readNumbers([one], testKinds)).toEqual({ x: 10.13, y: 20, width: 100, height: 50, rotation: 90 })
    const two = [shape('a', 10, 20), shape('b', 200, 100)]
    expect(readNumbers(two, testKinds)).toMatchObject({ x: 10, y: 20, width: 290, height: 130, rotation: 0 })
    expect(readNumbers([], testKinds)).toBeNull()
  })

  it('M125: move, size and turn one', () => {
    const one = [shape('a', 10, 20)]
    expect(set(one, 'x', '-5')[0]?.position).toEqual([-5, 20])
    expect(set(one, 'y', '+10')[0]?.position).toEqual([10, 30])
    expect(set(one, 'width', '*2')[0]).toMatchObject({ position: [10, 20], size: [200, 50] })
    expect(set(one, 'height', '50%')[0]).toMatchObject({ position: [10, 20], size: [100, 25] })
    expect(set(one, 'rotation', '450')[0]?.rotation).toBeCloseTo(Math.PI / 2)
    expect(set(one, 'width', '0')[0]?.size).toEqual([100, 50])
  })

  it('M125: size a turned one along its own sides', () => {
    const [turned] = set([shape('a', 0, 0, { rotation: radians(Math.PI / 2) })], 'width', '200')
    expect(turned?.size[0]).toBeCloseTo(200)
    expect(turned?.size[1]).toBeCloseTo(50)
  })

  it('M125: move and scale several as one, and turn each by itself', () => {
    const two = [shape('a', 0, 0), shape('b', 200, 100, { rotation: radians(Math.PI) })]
    expect(
      set([shape('a', 0, 0), shape('b', 200, 100)], 'width', '600').map(({ position }) => position[0]),
    ).toEqual([0, 400])
    expect(readNumbers(two, testKinds)?.rotation).toBe('mixed')
    const turned = set(two, 'rotation', '+90')
    expect(turned[0]?.rotation).toBeCloseTo(Math.PI / 2)
    expect(turned[1]?.rotation).toBeCloseTo(Math.PI * 1.5)
    expect(set(two, 'rotation', '30').map(({ rotation }) => Math.round((rotation * 180) / Math.PI))).toEqual([
      30, 30,
    ])
  })

  it('M125: keep the proportion of what has one', () => {
    const [text] = set([shape('a', 0, 0, { type: 'text', fontSize: 20 })], 'height', '100')
    expect(text?.size).toEqual([200, 100])
  })
})

describe('what is written into a field', () => {
  it.each([
    ['12', 12],
    ['-12.5', -12.5],
    ['1,5', 1.5],
    ['+10', 60],
    ['-=10', 40],
    ['*2', 100],
    ['/4', 12.5],
    ['10%', 5],
    ['100 - 20*2 + 6/3', 62],
    ['90°', 90],
    ['20px', 20],
  ])('M126: %s', (written, value) => {
    expect(parseNumberChange(written)?.(50)).toBeCloseTo(value)
  })

  it.each(['', 'x', '1+', '--1', '1..2', '2**3', 'Infinity', '1e9', '1/0'])('M126: %s is none', (written) => {
    expect(parseNumberChange(written)).toBeNull()
  })
})
