import { describe, expect, it } from 'vitest'
import { plainElement } from '../../../test/support/plain-element.ts'
import { elementToWorld } from '../../geometry/transform.ts'
import { localPoint, radians, type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element } from '../element.ts'
import { encodeInk, type InkPoint } from '../ink.ts'
import { cutField, cutsOf, encodeCuts } from '../ink-cuts.ts'
import { inkPieces } from '../ink-pieces.ts'
import { cutPatch, newlyErased, sweptParts } from './cut-ink.ts'
import { splitStrokePlan } from './split-ink.ts'

const points = Array.from({ length: 21 }, (_, index): InkPoint => [index * 10, 0, 0.5])

const line = (fields: Partial<Element> = {}): Element =>
  plainElement({
    id: 'stroke000001',
    type: 'ink',
    position: worldPoint(100, 50),
    size: [200, 0],
    order: 'a1',
    groups: ['g'],
    stroke: '#d93a3a',
    strokeWidth: 2,
    penWidth: 'constant',
    ink: encodeInk(points),
    ...fields,
  })

/** All pieces as they lie on the board. */
const onBoard = (element: Element): Vec[][] =>
  inkPieces(element).map((piece) => piece.points.map(([x, y]) => elementToWorld(element, localPoint(x, y))))

describe('erasing parts', () => {
  it('M83: takes what the eraser and half of the pen reach', () => {
    const [part] = sweptParts(line(), worldPoint(200, 0), worldPoint(200, 100), 6)
    const reach = (6 + 1.4) / 10
    expect(part?.[0]).toBeCloseTo(10 - reach, 3)
    expect(part?.[1]).toBeCloseTo(10 + reach, 3)
  })

  it('M83: follows the stroke where it was moved, turned and stretched', () => {
    const turned = line({ rotation: radians(Math.PI / 2), size: [400, 0] })
    const [x, y] = elementToWorld(turned, localPoint(100, 0))
    const [part] = sweptParts(turned, worldPoint(x - 50, y), worldPoint(x + 50, y), 6)
    expect(part?.[0]).toBeGreaterThan(4.5)
    expect(part?.[1]).toBeLessThan(5.5)
  })

  it('M83: leaves no crumbs, and is nothing where all is gone already', () => {
    const cut = line({ [cutField(1)]: encodeCuts([[5, 10]]) })
    expect(newlyErased(cut, [[6, 9]], [])).toEqual([])
    expect(newlyErased(cut, [[10.05, 12]], [])).toEqual([[10, 12]])
    expect(newlyErased(cut, [[11, 12]], [[3, 4]])).toEqual([[11, 12]])
  })

  it('M83: keeps what was erased before, and says when nothing is left', () => {
    const cut = line({ [cutField(1)]: encodeCuts([[5, 10]]), [cutField(2)]: encodeCuts([[0, 5]]) })
    const patch = cutPatch(cut, [[12, 14]], 1)
    expect(patch && cutsOf({ ...cut, ...patch })).toEqual([
      [0, 10],
      [12, 14],
    ])
    expect(cutPatch(cut, [[10, 20]], 1)).toBeNull()
  })
})

describe('splitting a stroke', () => {
  it('M83: makes strokes of the pieces that lie just there, in its place in the order', () => {
    const cut = line({ rotation: radians(0.7), [cutField(1)]: encodeCuts([[5, 7.5]]) })
    const pieces = splitStrokePlan(cut, [{ ...cut }, { ...line(), id: 'above', order: 'a2' } as never])
    const before = onBoard(cut)
    expect(pieces).toHaveLength(2)
    pieces.forEach((piece, index) => {
      expect(cutsOf(piece)).toEqual([])
      expect(piece).toMatchObject({ stroke: '#d93a3a', groups: ['g'], rotation: 0.7 })
      expect(piece.order > 'a1' && piece.order < 'a2').toBe(true)
      const [now] = onBoard(piece)
      const [was = []] = [before[index]]
      expect(now).toHaveLength(was.length)
      now?.forEach(([x, y], at) => {
        expect(Math.hypot(x - (was[at]?.[0] ?? 0), y - (was[at]?.[1] ?? 0))).toBeLessThan(0.1)
      })
    })
    expect(new Set(pieces.map(({ id }) => id)).size).toBe(2)
  })
})
