import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { createRandom } from '../../test/support/random.ts'
import { boxOfPoints } from '../geometry/box.ts'
import { decodeInk, encodeInk, type InkPoint, MAX_INK_POINTS, sketchInk } from './ink.ts'

/** A loop as a hand draws it: steady, a little unsteady, with changing pressure. */
const stroke = (count: number, seed = 1): InkPoint[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, index) => {
    const angle = index / 12
    const reach = 80 + index / 3
    return [
      200 + Math.cos(angle) * reach + random(),
      150 + Math.sin(angle) * reach + random(),
      0.5 + 0.4 * Math.sin(index / 9),
    ]
  })
}

const encodedSize = (value: unknown): number => {
  const doc = new Y.Doc()
  doc.getMap('elements').set('stroke', value)
  return Y.encodeStateAsUpdate(doc).length
}

describe('packed ink', () => {
  it('M80: gives points back within a 32nd of a unit and pressure within a 254th', () => {
    const points = stroke(500)
    decodeInk(encodeInk(points)).forEach(([x, y, pressure], index) => {
      const [wantedX, wantedY, wantedPressure] = points[index] as InkPoint
      expect(Math.abs(x - wantedX)).toBeLessThanOrEqual(1 / 32)
      expect(Math.abs(y - wantedY)).toBeLessThanOrEqual(1 / 32)
      expect(Math.abs(pressure - wantedPressure)).toBeLessThanOrEqual(1 / 253)
    })
  })

  it('M80: is the same after another round, so that copies of copies do not drift', () => {
    const once = encodeInk(stroke(100))
    expect(encodeInk(decodeInk(once))).toEqual(once)
  })

  it('M81: takes less than an eighth of an array of objects in the document', () => {
    const points = stroke(100)
    const objects = points.map(([x, y, pressure]) => ({ x, y, pressure }))
    expect(encodedSize(encodeInk(points))).toBeLessThan(encodedSize(objects) / 8)
  })

  it('M81: even pressure costs one number for all', () => {
    const even = stroke(100).map(([x, y]): InkPoint => [x, y, 0.5])
    expect(encodeInk(even).length).toBeLessThan(encodeInk(stroke(100)).length - 90)
    expect(new Set(decodeInk(encodeInk(even)).map(([, , pressure]) => pressure)).size).toBe(1)
  })

  it('M82: no bytes are too bad: cut, changed, endless or other bytes give points within bounds or none', () => {
    const random = createRandom(11)
    const good = encodeInk(stroke(50))
    for (let length = 0; length < good.length; length++) expect(decodeInk(good.slice(0, length))).toEqual([])
    expect(decodeInk(Uint8Array.from([...good, 0]))).toEqual([])
    for (let round = 0; round < 2000; round++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 60) }, () => Math.floor(random() * 256))
      if (round % 2 === 0) bytes.set([1, round % 4 === 0 ? 1 : 0].slice(0, bytes.length))
      for (const [x, y, pressure] of decodeInk(bytes)) {
        expect(Math.abs(x) <= 1e6 && Math.abs(y) <= 1e6 && pressure >= 0 && pressure <= 1).toBe(true)
      }
    }
    expect(decodeInk(Uint8Array.from([1, 0, 255, 255, 255, 255, 15]))).toEqual([])
  })

  it('M82: a sketch has the same ends and the same box, and few points', () => {
    for (const count of [1, 2, 3, 9, 10, 500]) {
      const bytes = encodeInk(stroke(count))
      const points = decodeInk(bytes)
      const sketch = sketchInk(bytes, 8)
      const [first, last] = [points[0], points.at(-1)]
      expect(sketch?.coordinates.slice(0, 2)).toEqual(first?.slice(0, 2))
      expect(sketch?.coordinates.slice(-2)).toEqual(last?.slice(0, 2))
      expect(sketch?.coordinates.length).toBeLessThanOrEqual(2 * 9)
      expect(sketch?.box).toEqual(boxOfPoints(points))
    }
    expect(sketchInk(Uint8Array.from([1, 0, 200, 1, 0]), 8)).toBeNull()
    expect(sketchInk(new Uint8Array(0), 8)).toBeNull()
  })

  it('M82: odd points are stored as what they can be, at most so many', () => {
    const odd: InkPoint[] = [
      [Number.NaN, Infinity, Number.NaN],
      [1e300, -1e300, 7],
    ]
    expect(decodeInk(encodeInk(odd))).toEqual([
      [0, 0, 0],
      [1e6, -1e6, 1],
    ])
    const many = Array.from({ length: MAX_INK_POINTS + 5 }, (): InkPoint => [1, 1, 0.5])
    expect(decodeInk(encodeInk(many))).toHaveLength(MAX_INK_POINTS)
    expect(decodeInk(encodeInk([]))).toEqual([])
  })
})
