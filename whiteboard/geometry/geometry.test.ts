import { describe, expect, it } from 'vitest'
import { cpuTime } from '../../test/support/cpu-time.ts'
import { createRandom } from '../../test/support/random.ts'
import {
  boxAt,
  boxFromCorners,
  boxOfPoints,
  contains,
  containsPoint,
  expand,
  intersection,
  intersects,
  unionAll,
} from './box.ts'
import { distanceToPolyline, distanceToSegment, isInsidePolygon } from './distance.ts'
import { createSpatialIndex } from './spatial-index.ts'
import { boundsOf, elementToWorld, rotatedBounds, worldToElement } from './transform.ts'
import { type Box, localPoint, radians, type Vec, worldPoint } from './types.ts'
import { alignedAngle, alignedPoint, angleOf, normalizeAngle, rotateAround } from './vector.ts'

describe('boxes', () => {
  const box = boxAt([10, 20], [30, 40])

  it('G1: come from corners and points in any order', () => {
    expect(boxFromCorners([40, 20], [10, 60])).toEqual(box)
    expect(boxOfPoints([[40, 30] as Vec, [10, 60] as Vec, [20, 20] as Vec])).toEqual(box)
    expect(boxOfPoints([])).toBeNull()
    expect(unionAll([])).toBeNull()
    expect(unionAll([box, boxAt([0, 0], [1, 1])])).toEqual({ minX: 0, minY: 0, maxX: 40, maxY: 60 })
  })

  it('G1: boxes that touch meet, and a box contains itself', () => {
    expect(intersects(box, boxAt([40, 60], [5, 5]))).toBe(true)
    expect(intersects(box, boxAt([40.1, 60], [5, 5]))).toBe(false)
    expect(intersection(box, boxAt([30, 0], [100, 30]))).toEqual({ minX: 30, minY: 20, maxX: 40, maxY: 30 })
    expect(intersection(box, boxAt([100, 0], [1, 1]))).toBeNull()
    expect(contains(box, box)).toBe(true)
    expect(contains(box, expand(box, 1))).toBe(false)
    expect(containsPoint(box, [40, 60])).toBe(true)
  })
})

describe('turning', () => {
  it('G2: goes clockwise on screen', () => {
    const [x, y] = rotateAround([1, 0], [0, 0], Math.PI / 2)
    expect(x).toBeCloseTo(0)
    expect(y).toBeCloseTo(1)
    expect(angleOf([0, 0], [0, 5])).toBeCloseTo(Math.PI / 2)
  })

  it('G2: an element and the board agree on every point, there and back', () => {
    const placed = { position: worldPoint(5, 7), size: [40, 10] as const, rotation: radians(0.7) }
    const world = elementToWorld(placed, localPoint(3, 4))
    const [x, y] = worldToElement(placed, world)
    expect([x, y]).toEqual([expect.closeTo(3), expect.closeTo(4)])
    const bounds = boundsOf(placed)
    expect(containsPoint(bounds, world)).toBe(true)
    const quarter = rotatedBounds(worldPoint(0, 0), [40, 10], radians(Math.PI / 2))
    expect([quarter.minX, quarter.minY, quarter.maxX, quarter.maxY]).toEqual(
      [15, -15, 25, 25].map((value) => expect.closeTo(value)),
    )
  })

  it('G2: angles are normalised and aligned to 15 degrees', () => {
    expect(normalizeAngle(-Math.PI / 2)).toBeCloseTo(1.5 * Math.PI)
    expect(normalizeAngle(2 * Math.PI)).toBe(0)
    expect(normalizeAngle(-1e-20)).toBeLessThan(2 * Math.PI)
    expect(alignedAngle(0.3)).toBeCloseTo(Math.PI / 12)
    const [x, y] = alignedPoint([0, 0], [10, 0.5])
    expect(x).toBeCloseTo(Math.hypot(10, 0.5))
    expect(y).toBeCloseTo(0)
  })
})

describe('distances', () => {
  it('G3: to a segment and a line of several', () => {
    expect(distanceToSegment([5, 5], [0, 0], [10, 0])).toBe(5)
    expect(distanceToSegment([13, 4], [0, 0], [10, 0])).toBe(5)
    expect(distanceToSegment([3, 4], [0, 0], [0, 0])).toBe(5)
    const corner: Vec[] = [
      [0, 0],
      [10, 0],
      [10, 10],
    ]
    expect(distanceToPolyline([12, 5], corner)).toBe(2)
    expect(distanceToPolyline([3, 4], [[0, 0]])).toBe(5)
    expect(distanceToPolyline([0, 0], [])).toBe(Infinity)
  })

  it('G3: inside and outside of an outline with a notch', () => {
    const outline: Vec[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [5, 4],
      [0, 10],
    ]
    expect(isInsidePolygon([5, 2], outline)).toBe(true)
    expect(isInsidePolygon([5, 8], outline)).toBe(false)
    expect(isInsidePolygon([1, 7], outline)).toBe(true)
    expect(isInsidePolygon([11, 1], outline)).toBe(false)
    expect(isInsidePolygon([0, 0], [])).toBe(false)
  })
})

describe('the spatial index', () => {
  const anyBox = (random: () => number): Box => {
    const side = 10 ** (random() * 6)
    const at: Vec = [(random() - 0.5) * 20_000, (random() - 0.5) * 20_000]
    return boxAt(at, [random() * side, random() * side * (random() < 0.3 ? 0 : 1)])
  }

  it.each([3, 17, 99])(
    'G4: finds what looking at every box finds, while boxes move and go (seed %i)',
    (seed) => {
      const random = createRandom(seed)
      const index = createSpatialIndex()
      const boxes = new Map<number, Box>()
      for (let step = 0; step < 2000; step++) {
        const key = Math.floor(random() * 300)
        if (random() < 0.2) {
          index.delete(key)
          boxes.delete(key)
        } else {
          const box = anyBox(random)
          index.set(key, box)
          boxes.set(key, box)
        }
        if (step % 20 !== 0) continue
        const view = anyBox(random)
        const found: number[] = []
        index.query(view, (hit) => found.push(hit))
        const wanted = [...boxes].filter(([, box]) => intersects(box, view)).map(([hit]) => hit)
        expect(index.bounds()).toEqual(unionAll(boxes.values()))
        expect(found.sort((a, b) => a - b)).toEqual(wanted.sort((a, b) => a - b))
      }
      expect(index.size).toBe(boxes.size)
      for (const key of boxes.keys()) index.delete(key)
      expect(index.size).toBe(0)
      expect(index.bounds()).toBeNull()
    },
  )

  it('G4: boxes and views at and beyond the edge of the board are found too', () => {
    const [far, beyond] = [0, 1]
    const index = createSpatialIndex()
    index.set(far, boxAt([999_999, -999_999], [3_000_000, 2_000_000]))
    index.set(beyond, boxAt([1e12, 1e12], [1, 1]))
    const found: number[] = []
    index.query({ minX: -1e15, minY: -1e15, maxX: 1e15, maxY: 1e15 }, (key) => found.push(key))
    expect(found.sort()).toEqual([far, beyond])
    found.length = 0
    index.query(boxAt([1e12, 1e12], [0, 0]), (key) => found.push(key))
    expect(found).toEqual([beyond])
  })

  it('G4: a screenful out of 50,000 looks at few of them', () => {
    const random = createRandom(5)
    const index = createSpatialIndex()
    for (let key = 0; key < 50_000; key++)
      index.set(key, boxAt([random() * 40_000, random() * 40_000], [120, 80]))
    index.set(50_000, boxAt([0, 0], [40_000, 40_000]))
    let visited = 0
    const start = cpuTime()
    for (let round = 0; round < 200; round++) {
      index.query(boxAt([random() * 38_000, random() * 39_000], [1600, 900]), () => visited++)
    }
    expect(visited / 200).toBeLessThan(100)
    expect(cpuTime() - start).toBeLessThan(1000)
  })
})
