import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import type { Element } from './element.ts'
import { encodeInk, type InkPoint } from './ink.ts'
import {
  cutField,
  cutsOf,
  decodeCuts,
  encodeCuts,
  type InkInterval,
  remainingParts,
  subtractIntervals,
  uniteIntervals,
} from './ink-cuts.ts'
import { inkPieces } from './ink-pieces.ts'

const stroke = (fields: Record<string, unknown> = {}): Element =>
  ({ type: 'ink', size: [90, 0], ink: encodeInk(points), ...fields }) as unknown as Element

const points = Array.from({ length: 10 }, (_, index): InkPoint => [index * 10, 0, index / 10])

describe('what is erased of strokes', () => {
  it('M83: is kept to a 64th of a point, overlaps as one', () => {
    const cuts: InkInterval[] = [
      [7.5, 9],
      [1.25, 2],
      [1.5, 3],
    ]
    expect(decodeCuts(encodeCuts(cuts))).toEqual([
      [1.25, 3],
      [7.5, 9],
    ])
    expect(encodeCuts(cuts).length).toBeLessThan(10)
  })

  it('M83: leaves the rest, whichever way it is cut', () => {
    const random = createRandom(5)
    for (let round = 0; round < 300; round++) {
      const cuts = Array.from({ length: 6 }, (): InkInterval => {
        const from = random() * 20
        return [from, from + random() * 4]
      })
      const united = uniteIntervals(cuts)
      const left = subtractIntervals([0, 20], united)
      for (let at = 0.005; at < 20; at += 0.11) {
        const isCut = cuts.some(([from, to]) => at >= from && at <= to)
        expect(left.some(([from, to]) => at >= from && at <= to)).toBe(!isCut)
      }
    }
  })

  it('M83: is what anybody erased', () => {
    const cut = stroke({ [cutField(1)]: encodeCuts([[1, 3]]), [cutField(2)]: encodeCuts([[2, 4.5]]) })
    expect(cutsOf(cut)).toEqual([[1, 4.5]])
    expect(inkPieces(cut).map(({ points }) => points)).toEqual([
      [
        [0, 0],
        [10, 0],
      ],
      [
        [45, 0],
        [50, 0],
        [60, 0],
        [70, 0],
        [80, 0],
        [90, 0],
      ],
    ])
    expect(inkPieces(cut)[1]?.pressures[0]).toBeCloseTo(0.45, 1)
  })

  it('M83: of nothing leaves the stroke whole, of everything nothing', () => {
    expect(inkPieces(stroke())).toHaveLength(1)
    expect(inkPieces(stroke({ [cutField(1)]: encodeCuts([[0, 9]]) }))).toEqual([])
    expect(remainingParts([[0, 0.1]], 1)).toEqual([])
    expect(remainingParts([], 0)).toEqual([])
  })

  it('M84: no fields of cuts are too bad or too many', () => {
    const random = createRandom(7)
    const odd: unknown[] = [
      'x',
      null,
      7,
      [1, 2],
      {},
      new Uint8Array(1_000_000),
      new Uint8Array([1, 255, 255]),
    ]
    for (const value of odd) expect(cutsOf(stroke({ 'cut/1': value }))).toEqual([])
    const fields: Record<string, unknown> = {}
    for (let index = 0; index < 5_000; index++) {
      fields[`cut/${index}`] = Uint8Array.from({ length: 40 }, (_, at) =>
        at ? Math.floor(random() * 256) : 1,
      )
    }
    const cuts = cutsOf(stroke(fields))
    expect(cuts.length).toBeLessThanOrEqual(4_000)
    expect(cuts.flat().every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
    expect(inkPieces(stroke(fields)).length).toBeLessThan(100)
  })
})
