import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../test/support/random.ts'
import { isInsidePolygon } from '../../geometry/distance.ts'
import { isOrthogonal } from '../../geometry/elbow.ts'
import { elementToWorld } from '../../geometry/transform.ts'
import { localPoint, type Vec } from '../../geometry/types.ts'
import { deriveElement, worldOutline } from '../../model/derive.ts'
import type { Element, ElementId } from '../../model/element.ts'
import { elementFromJson } from '../../model/json.ts'
import { kinds } from '../index.ts'

const made = (json: Record<string, unknown>): Element => {
  const element = elementFromJson(json, kinds)
  if (!element) throw new Error('Nothing can be made of this.')
  return element
}

const shape = (id: string, x: number, y: number, more: Record<string, unknown> = {}): Element =>
  made({ type: 'rectangle', id, x, y, width: 100, height: 60, ...more })

const arrow = (more: Record<string, unknown>): Element =>
  made({
    type: 'arrow',
    id: 'arrow0000000',
    points: [
      [0, 0],
      [10, 10],
    ],
    ...more,
  })

const LEFT = 'left00000000'
const RIGHT = 'right0000000'

const derive = (element: Element, ...others: readonly Element[]): Element => {
  const byId = new Map(others.map((other) => [other.id, other]))
  return deriveElement(element, (id: ElementId) => byId.get(id), kinds)
}

const onBoard = (element: Element): readonly Vec[] =>
  (element.points as readonly Vec[]).map(([x, y]) => elementToWorld(element, localPoint(x, y)))

const bound = (element: string, anchor: Vec = [0.5, 0.5], mode = 'outline') => ({ element, anchor, mode })

describe('An arrow bound to shapes', () => {
  it('ends a little before the outlines that it aims through', () => {
    const points = onBoard(
      derive(arrow({ start: bound(LEFT), end: bound(RIGHT) }), shape(LEFT, 0, 0), shape(RIGHT, 300, 0)),
    )
    expect(points[0]).toEqual([106, 30])
    expect(points[1]).toEqual([294, 30])
  })

  it('ends at the very point inside', () => {
    const points = onBoard(derive(arrow({ end: bound(RIGHT, [0.25, 0.5], 'inside') }), shape(RIGHT, 300, 0)))
    expect(points[1]).toEqual([325, 30])
  })

  it.each(['ellipse', 'diamond', 'rectangle', 'star'])(
    'ends outside of a turned %s, near its outline',
    (type) => {
      const seed = 7
      const random = createRandom(seed)
      for (let round = 0; round < 60; round++) {
        const target = shape(RIGHT, 400, 100, { type, width: 160, height: 90, rotation: random() * 6 })
        const from = { x: random() * 1000, y: random() * 700 - 300 }
        const start = made({
          ...arrow({}),
          id: 'arrow0000000',
          type: 'arrow',
          ...from,
          points: [
            [0, 0],
            [1, 1],
          ],
          end: bound(RIGHT),
        })
        const outline = worldOutline(target, kinds)
        const [first] = onBoard(start)
        if (first && isInsidePolygon(first, outline)) continue
        const tip = onBoard(derive(start, target)).at(-1) ?? [0, 0]
        const message = `seed ${seed}, round ${round}`
        expect(isInsidePolygon(tip, outline), message).toBe(false)
        const nearest = Math.min(...outline.map(([x, y]) => Math.hypot(tip[0] - x, tip[1] - y)))
        expect(nearest, message).toBeLessThan(type === 'ellipse' ? 20 : 170)
      }
    },
  )

  it.each(['straight', 'curved', 'elbow'])('is the same when a %s route is derived again', (route) => {
    const seed = 11
    const random = createRandom(seed)
    for (let round = 0; round < 50; round++) {
      const left = shape(LEFT, random() * 100, random() * 100, { rotation: random() * 6 })
      const right = shape(RIGHT, random() * 600, random() * 600, { type: 'ellipse' })
      const drawn = arrow({
        route,
        x: 50,
        y: 80,
        points:
          round % 2 === 0
            ? [
                [0, 0],
                [40, 90],
                [200, 30],
              ]
            : [
                [0, 0],
                [100, 0],
              ],
        start: bound(LEFT, [random(), random()]),
        end: round % 5 === 0 ? bound(LEFT, [random(), random()]) : bound(RIGHT, [random(), random()]),
        fixed: round % 3 === 0 ? [{ axis: 'x', at: 70 }] : [],
      })
      const once = derive(drawn, left, right)
      expect(derive(once, left, right), `seed ${seed}, round ${round}`).toBe(once)
    }
  })

  it('follows at right angles with its fixed piece where a person put it', () => {
    const drawn = arrow({
      route: 'elbow',
      start: bound(LEFT, [1, 0.5]),
      end: bound(RIGHT, [0, 0.5]),
      points: [
        [0, 0],
        [100, 100],
      ],
      fixed: [{ axis: 'x', at: 60 }],
    })
    for (const y of [-200, 0, 150, 400]) {
      const points = onBoard(derive(drawn, shape(LEFT, -110, 0), shape(RIGHT, 300, y)))
      expect(isOrthogonal(points)).toBe(true)
      const fixed = points.some(([x], index) => x === 60 && points[index + 1]?.[0] === 60)
      expect(fixed).toBe(true)
    }
  })

  it('takes the shortest way at right angles into a shape that does not fill its box', () => {
    const star = shape(RIGHT, 80, 320, { type: 'star', width: 150, height: 150, rotation: 0.4 })
    const above = shape(LEFT, 300, 120, { type: 'diamond', width: 160, height: 110 })
    const drawn = arrow({ route: 'elbow', start: bound(LEFT, [0.5, 1]), end: bound(RIGHT) })
    const points = onBoard(derive(drawn, above, star))
    expect(points).toHaveLength(3)
    const outline = worldOutline(star, kinds)
    expect(isInsidePolygon([(points[2]?.[0] ?? 0) - 8, points[2]?.[1] ?? 0], outline)).toBe(true)
  })

  it('makes a loop when both ends are at one shape, also after that has moved', () => {
    const drawn = arrow({ start: bound(LEFT, [1, 0.3]), end: bound(LEFT, [1, 0.7]) })
    const near = onBoard(derive(drawn, shape(LEFT, 0, 0)))
    const far = onBoard(derive(derive(drawn, shape(LEFT, 0, 0)), shape(LEFT, 500, 40)))
    expect(near.length).toBeGreaterThan(2)
    expect(Math.max(...near.map(([x]) => x))).toBeGreaterThan(130)
    near.forEach(([x, y], index) => {
      expect(far[index]?.[0]).toBeCloseTo(x + 500, 6)
      expect(far[index]?.[1]).toBeCloseTo(y + 40, 6)
    })
  })

  it.each([
    ['itself', 'arrow0000000'],
    ['what is gone', 'gone00000000'],
    ['another arrow', 'other0000000'],
  ])('stays where it is drawn when it is bound to %s (CT5)', (_, element) => {
    const drawn = arrow({ x: 5, y: 6, start: bound(element), end: bound(element, [2, Number.NaN]) })
    expect(
      derive(
        drawn,
        made({
          ...arrow({}),
          type: 'arrow',
          id: 'other0000000',
          points: [
            [0, 0],
            [9, 9],
          ],
        }),
      ),
    ).toBe(drawn)
  })

  it.each([null, 'x', 3, [], {}, { element: 7 }, { element: '' }, { element: 'a'.repeat(999) }])(
    'reads %j as no binding at all',
    (start) => {
      expect(arrow({ start }).start).toBe(null)
    },
  )
})

describe('The points of an arrow at right angles', () => {
  const elbow = (more: Record<string, unknown> = {}): Element =>
    arrow({
      route: 'elbow',
      points: [
        [0, 0],
        [100, 0],
        [100, 80],
        [200, 80],
      ],
      ...more,
    })
  const kind = kinds.get('arrow')

  it('are its ends, and the middle of each piece', () => {
    expect(kind.cornerCount?.(elbow())).toBe(2)
    expect(kind.points?.(elbow())).toEqual([
      [0, 0],
      [200, 80],
      [50, 0],
      [100, 40],
      [150, 80],
    ])
  })

  it('fix a piece where it is dragged, and free it again', () => {
    const moved = { ...elbow(), ...kind.movePoint?.(elbow(), 3, localPoint(40, 60)) } as Element
    expect(moved.points).toEqual([
      [0, 0],
      [40, 0],
      [40, 80],
      [200, 80],
    ])
    expect(moved.fixed).toEqual([{ axis: 'x', at: 40 }])
    const freed = { ...moved, ...kind.removePoint?.(moved, 3) } as Element
    expect(freed.fixed).toEqual([])
    expect(kind.removePoint?.(elbow(), 3)).toEqual({})
  })

  it('keep a fixed piece on the board when an end moves out on the other side', () => {
    const fixed = { ...elbow(), ...kind.movePoint?.(elbow(), 3, localPoint(40, 60)) } as Element
    const moved = { ...fixed, ...kind.movePoint?.(fixed, 0, localPoint(-50, -20)) } as Element
    const points = onBoard(moved)
    expect(points[0]).toEqual([-50, -20])
    expect(points.some(([x], index) => x === 40 && points[index + 1]?.[0] === 40)).toBe(true)
  })
})
