import { describe, expect, it } from 'vitest'
import { cpuTime } from '../../../test/support/cpu-time.ts'
import { boxOfPoints } from '../../geometry/box.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import { encodeInk, type InkPoint } from '../../model/ink.ts'
import { cutField, encodeCuts, type InkInterval } from '../../model/ink-cuts.ts'
import type { Path } from '../../model/surface.ts'
import { type InkShape, inkShape, type Stroke } from './ink-shape.ts'

const pointsOf = (path: Path): Vec[] =>
  path.flatMap((command): Vec[] => (command[0] === 'Z' ? [] : [[command.at(-2), command.at(-1)] as Vec]))

const boxOf = (path: Path): Box => {
  const box = boxOfPoints(pointsOf(path))
  if (!box) throw new Error('The stroke has no outline.')
  return box
}

const even = (...places: readonly Vec[]): InkPoint[] => places.map(([x, y]): InkPoint => [x, y, 0.5])

interface Look {
  readonly penWidth?: Stroke['penWidth']
  readonly cuts?: readonly InkInterval[]
}

/** A stroke of width 2 as its own points lie. */
const shapeOf = (points: readonly InkPoint[], { penWidth = 'variable', cuts = [] }: Look = {}): InkShape => {
  const box = boxOfPoints(points) as Box
  const stroke = {
    type: 'ink',
    size: [box.maxX - box.minX, box.maxY - box.minY],
    strokeWidth: 2,
    penWidth,
    streamline: 0.42,
    simulatePressure: null,
    ink: encodeInk(points),
    ...(cuts.length > 0 && { [cutField(1)]: encodeCuts(cuts) }),
  } as unknown as Stroke
  return inkShape(stroke, penWidth === 'constant')
}

const outlineOf = ({ pieces }: InkShape): Path => pieces[0]?.outline ?? []

const wave: readonly InkPoint[] = Array.from(
  { length: 60 },
  (_, index): InkPoint => [index * 4, 30 + 20 * Math.sin(index / 6), 0.5 + 0.3 * Math.sin(index / 4)],
)

describe('a stroke', () => {
  it('reaches into its corners, and leaves them as straight as it came', () => {
    const outline = outlineOf(shapeOf(even([0, 60], [20, 0], [40, 60])))
    const points = pointsOf(outline)
    expect(boxOf(outline).minY).toBeLessThan(-0.5)
    for (const y of [6, 12, 20, 30]) {
      const row = points.filter((point) => Math.abs(point[1] - y) < 3.5)
      const left = 20 - Math.min(...row.map(([x]) => x))
      const right = Math.max(...row.map(([x]) => x)) - 20
      expect(Math.abs(left - right)).toBeLessThan(2.5)
    }
  })

  it('of one tap is a dot about as broad as a line', () => {
    const dot = (pressure: number) => {
      const { minX, maxX } = boxOf(outlineOf(shapeOf([[0, 0, pressure]])))
      return maxX - minX
    }
    expect(dot(0.5)).toBeGreaterThan(4.5)
    expect(dot(0.5)).toBeLessThan(7)
    expect(dot(0.2)).toBeLessThan(dot(0.9))
  })

  it('of one breadth is a line through its points, with nothing to fill', () => {
    const { pieces, breadth } = shapeOf(wave, { penWidth: 'constant' })
    expect(pieces).toHaveLength(1)
    expect(pieces[0]?.outline).toBeNull()
    expect(breadth).toBeCloseTo(2.8)
    const line = pointsOf(pieces[0]?.line ?? [])
    expect(line[0]).toEqual([0, expect.closeTo(30 - boxOfY(wave), 1)])
    for (const [x, y] of line) {
      expect(Math.abs(y - (30 + 20 * Math.sin(x / 24) - boxOfY(wave)))).toBeLessThan(2.5)
    }
  })
})

const boxOfY = (points: readonly InkPoint[]): number => boxOfPoints(points)?.minY ?? 0

describe('what is left of a cut stroke', () => {
  it.each(['variable', 'constant'] as const)('is drawn in pieces that end at the cut, %s', (penWidth) => {
    const { pieces, breadth } = shapeOf(wave, { penWidth, cuts: [[20, 30.5]] })
    expect(pieces).toHaveLength(2)
    const [left, right] = pieces.map(({ outline, line }) => boxOf(outline ?? line))
    expect(left?.maxX).toBeGreaterThan(20 * 4 - breadth)
    expect(left?.maxX).toBeLessThan(20 * 4 + breadth)
    expect(right?.minX).toBeGreaterThan(30.5 * 4 - 1.5 * breadth)
    expect(right?.minX).toBeLessThan(30.5 * 4 + breadth)
  })

  it('is where and as broad as it was before the cut', () => {
    const whole = pointsOf(outlineOf(shapeOf(wave)))
    const [left] = shapeOf(wave, { cuts: [[40, 59]] }).pieces
    const kept = pointsOf(left?.outline ?? []).filter(([x]) => x > 5 && x < 140)
    expect(kept.length).toBeGreaterThan(40)
    for (const [x, y] of kept) {
      expect(Math.min(...whole.map((point) => Math.hypot(point[0] - x, point[1] - y)))).toBeLessThan(1.6)
    }
  })

  it('is nothing when all is erased, and a speck where hardly anything is left', () => {
    expect(shapeOf(wave, { cuts: [[0, 59]] }).pieces).toEqual([])
    const { pieces } = shapeOf(wave, {
      cuts: [
        [0, 20],
        [20.2, 59],
      ],
    })
    expect(pieces).toHaveLength(1)
    expect(boxOf(outlineOf({ pieces, breadth: 5 })).maxX).toBeLessThan(90)
  })

  describe('CT3: from a hostile hand, as long as a stroke may be', () => {
    const zigzag = Array.from(
      { length: 20_000 },
      (_, index): InkPoint => [
        300 + 290 * Math.sin(index * 2.1),
        200 + 190 * Math.cos(index * 1.7),
        index % 2,
      ],
    )

    it('becomes a path of bounded length', () => {
      const { pieces } = shapeOf(zigzag)
      expect(pieces).toHaveLength(1)
      expect(pieces[0]?.outline?.length).toBeLessThan(500_000)
    })

    it.each(['variable', 'constant'] as const)(
      'is put together soon, however often it is cut (%s)',
      (penWidth) => {
        const cuts = Array.from({ length: 4_000 }, (_, index): InkInterval => [index * 4, index * 4 + 1.5])
        const startedAt = cpuTime()
        expect(shapeOf(zigzag, { penWidth, cuts }).pieces).toHaveLength(4_000)
        // It takes a fraction of this; in quadratic time it took minutes.
        expect(cpuTime() - startedAt).toBeLessThan(8_000)
      },
      20_000,
    )
  })
})
