import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../test/support/random.ts'
import { localPoint, type Vec } from '../../geometry/types.ts'
import type { Element } from '../../model/element.ts'
import { elementFromJson } from '../../model/json.ts'
import type { PathCommand, Surface } from '../../model/surface.ts'
import { kinds } from '../index.ts'
import { cutAt, lengthOfAll, polyline, smooth, withoutEnds } from './curve.ts'
import { HEADS } from './fields.ts'
import { bodyOf } from './linear.ts'
import type { Linear } from './linear-geometry.ts'

const line = (more: Record<string, unknown>): Linear => {
  const json = {
    type: 'line',
    id: 'line00000000',
    x: 0,
    y: 0,
    points: [
      [0, 0],
      [200, 0],
    ],
    ...more,
  }
  return elementFromJson(json, kinds) as Element as Linear
}

/** All points of the paths that an element draws, control points included. */
const inkOf = (element: Element) => {
  const points: Vec[] = []
  let strokes = 0
  let fills = 0
  const note = (path: readonly PathCommand[]): void => {
    for (const [, ...numbers] of path) {
      for (let index = 0; index + 1 < numbers.length; index += 2) {
        points.push([numbers[index] ?? 0, numbers[index + 1] ?? 0])
      }
    }
  }
  const surface: Surface = {
    scale: 1,
    transformed: (_origin, _rotation, _pivot, draw) => draw(),
    faded: (_opacity, draw) => draw(),
    clipped: (_path, draw) => draw(),
    highlighted: (draw) => draw(),
    image: () => false,
    fill: (path) => {
      fills++
      note(path)
    },
    stroke: (path) => {
      strokes++
      note(path)
    },
    text: () => {},
    shadow: () => {},
  }
  const measure = { width: (letters: string, _: unknown, size: number) => letters.length * size * 0.5 }
  kinds.get(element.type).paint(surface, element, { measure, editing: false })
  return { points, strokes, fills }
}

describe('a head', () => {
  it.each(HEADS.filter((head) => head !== 'none'))(
    '%s is drawn within the overhang, at both ends',
    (head) => {
      for (const strokeWidth of [1, 4, 12]) {
        const element = line({ startHead: head, endHead: head, strokeWidth })
        const { points, strokes, fills } = inkOf(element)
        expect(strokes + fills).toBeGreaterThan(2)
        const overhang = kinds.get('line').overhang(element)
        for (const [x, y] of points) {
          expect(x).toBeGreaterThanOrEqual(-overhang)
          expect(x).toBeLessThanOrEqual(200 + overhang)
          expect(Math.abs(y)).toBeLessThanOrEqual(overhang)
        }
      }
    },
  )

  it.each(['triangle-outline', 'circle-outline', 'diamond-outline', 'zero-or-one', 'zero-or-many'])(
    '%s is not crossed by the line',
    (endHead) => {
      const element = line({ endHead })
      const end = bodyOf(element).at(-1)?.[3]?.[0] ?? 200
      const { points } = inkOf(element)
      const outline = points.filter(([, y]) => Math.abs(y) > 1).map(([x]) => x)
      // What stands out to the sides of the line begins where the line ends, or after.
      expect(end).toBeLessThan(Math.min(...outline) + 1)
      expect(end).toBeGreaterThan(150)
    },
  )

  it('leaves something of a line that is shorter than it', () => {
    const element = line({
      points: [
        [0, 0],
        [6, 0],
      ],
      startHead: 'zero-or-many',
      endHead: 'diamond-outline',
    })
    expect(lengthOfAll(bodyOf(element))).toBeGreaterThan(0)
    for (const [x] of inkOf(element).points) expect(Number.isFinite(x)).toBe(true)
  })
})

describe('a curve', () => {
  const random = createRandom(5)
  const somewhere = (): Vec => [random() * 300, random() * 300]

  it('is as long as its two parts, wherever it is cut', () => {
    for (let round = 0; round < 50; round++) {
      const points = Array.from({ length: 2 + (round % 5) }, somewhere)
      const segments = round % 2 === 0 ? smooth(points) : polyline(points, round)
      const length = lengthOfAll(segments)
      const [before, after] = cutAt(segments, length * random())
      expect(lengthOfAll(before) + lengthOfAll(after)).toBeCloseTo(length, -0.3)
    }
  })

  it('keeps its ends apart when more is cut off than there is', () => {
    const segments = polyline(
      [
        [0, 0],
        [10, 0],
      ],
      0,
    )
    expect(lengthOfAll(withoutEnds(segments, 50, 50))).toBeGreaterThan(0)
  })

  it('passes through all of its points when it is closed, and comes back', () => {
    const points: Vec[] = [
      [0, 0],
      [100, 0],
      [100, 100],
    ]
    for (const segments of [smooth(points, true), polyline(points, 0, true)]) {
      expect(segments.map(([from]) => from)).toEqual(points)
      expect(segments.at(-1)?.[3]).toEqual([0, 0])
    }
    const rounded = polyline(points, 10, true)
    expect(rounded.at(-1)?.[3]).toEqual(rounded[0]?.[0])
  })
})

describe('the label of an arrow', () => {
  const labelled = ({ text = 'yes', ...more }: { text?: string } & Record<string, unknown>): Element => ({
    ...line({ ...more, type: 'arrow', endHead: 'none' }),
    text,
  })

  it('stands in a gap of the line', () => {
    const { points } = inkOf(labelled({}))
    const xs = points.map(([x]) => x).filter((x) => x > 80 && x < 120)
    expect(xs).toEqual([])
    expect(Math.max(...points.map(([x]) => x))).toBe(200)
  })

  it('leaves the line whole when there is none', () => {
    expect(inkOf(labelled({ text: '' })).strokes).toBe(1)
  })

  it.each(['straight', 'curved', 'elbow'])('is hit, and lies on a %s route', (route) => {
    const arrow = labelled({
      route,
      points: [
        [0, 0],
        [120, 200],
        [300, 40],
      ],
    })
    const slot = kinds.get('arrow').textSlot(arrow)
    if (!slot) throw new Error('An arrow can be written on.')
    const [x, y] = [(slot.box.minX + slot.box.maxX) / 2, (slot.box.minY + slot.box.maxY) / 2]
    const plain: Element = { ...arrow, text: '' }
    expect(kinds.get('arrow').hit(plain, localPoint(x, y), 1)).toBe(true)
    expect(kinds.get('arrow').hit(arrow, localPoint(x + 8, y + 8), 0)).toBe(true)
  })
})
