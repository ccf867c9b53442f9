import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import { type ElbowEnd, elbowRoute, freeEnd, type Heading, isOrthogonal } from './elbow.ts'
import type { Box, Vec } from './types.ts'

const GAP = 6

const boxOf = (x: number, y: number, width: number, height: number): Box => ({
  minX: x,
  minY: y,
  maxX: x + width,
  maxY: y + height,
})

const exitOf = (box: Box, heading: Heading): Vec => {
  const [x, y] = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2]
  if (heading === 'n') return [x, box.minY - GAP]
  if (heading === 's') return [x, box.maxY + GAP]
  return heading === 'w' ? [box.minX - GAP, y] : [box.maxX + GAP, y]
}

const at = (box: Box, ...headings: Heading[]): ElbowEnd => ({
  box,
  exits: headings.map((heading) => ({ at: exitOf(box, heading), heading })),
})

const crosses = (box: Box, points: readonly Vec[]): boolean =>
  points.some((point, index) => {
    const before = points[index - 1]
    if (!before) return false
    return (
      Math.min(before[0], point[0]) < box.maxX &&
      Math.max(before[0], point[0]) > box.minX &&
      Math.min(before[1], point[1]) < box.maxY &&
      Math.max(before[1], point[1]) > box.minY
    )
  })

const directionOf = (from: Vec | undefined, to: Vec | undefined): Heading => {
  if (!from || !to) throw new Error('A route has two points at least.')
  if (Math.abs(to[0] - from[0]) > Math.abs(to[1] - from[1])) return to[0] > from[0] ? 'e' : 'w'
  return to[1] > from[1] ? 's' : 'n'
}

describe('A route at right angles', () => {
  const left = boxOf(0, 0, 100, 60)

  it('is one straight piece between sides that face each other', () => {
    expect(elbowRoute(at(left, 'e'), at(boxOf(300, 0, 100, 60), 'w'))).toEqual([
      [106, 30],
      [294, 30],
    ])
  })

  it('goes round shapes that stand too near each other for a head between them', () => {
    const all = (box: Box): ElbowEnd => at(box, 'n', 'e', 's', 'w')
    for (const near of [boxOf(102, 0, 100, 60), boxOf(50, 80, 100, 60), boxOf(120, 40, 100, 60)]) {
      const route = elbowRoute(all(left), all(near))
      const [before, tip] = [route.at(-2) ?? [0, 0], route.at(-1) ?? [0, 0]]
      expect(Math.hypot(tip[0] - before[0], tip[1] - before[1])).toBeGreaterThanOrEqual(24)
      expect(crosses(left, route) || crosses(near, route)).toBe(false)
    }
  })

  it('bends in the middle of the room between', () => {
    expect(elbowRoute(at(left, 'e'), at(boxOf(300, 200, 100, 60), 'w'))).toEqual([
      [106, 30],
      [200, 30],
      [200, 230],
      [294, 230],
    ])
  })

  it('goes round what it starts from', () => {
    const route = elbowRoute(at(left, 'w'), at(boxOf(300, 0, 100, 60), 'w'))
    expect(crosses(left, route)).toBe(false)
    expect(directionOf(route[0], route[1])).toBe('w')
    expect(route.length).toBeLessThanOrEqual(6)
  })

  it('leads back to the shape it comes from', () => {
    const route = elbowRoute(at(left, 'e'), at(left, 'n'))
    expect(crosses(left, route)).toBe(false)
    expect(route.length).toBe(5)
  })

  it('takes the best of several sides', () => {
    const route = elbowRoute(at(left, 'n', 'e', 's', 'w'), at(boxOf(0, 300, 100, 60), 'n', 'e', 's', 'w'))
    expect(route).toEqual([
      [50, 66],
      [50, 294],
    ])
  })

  it('joins free points with one bend, or none', () => {
    expect(elbowRoute(freeEnd([0, 0]), freeEnd([100, 0]))).toHaveLength(2)
    expect(elbowRoute(freeEnd([0, 0]), freeEnd([100, 50]))).toHaveLength(3)
    expect(elbowRoute(freeEnd([5, 5]), freeEnd([5, 5])).length).toBeGreaterThanOrEqual(1)
  })

  it('keeps fixed segments in their sequence', () => {
    const route = elbowRoute(at(left, 'e'), at(boxOf(400, 200, 100, 60), 'w'), [
      { axis: 'x', at: 150 },
      { axis: 'y', at: -80 },
      { axis: 'x', at: 330 },
    ])
    const pieces = route.slice(1).map((point, index) => [route[index], point] as const)
    const upright = (x: number): number => pieces.findIndex(([a, b]) => a?.[0] === x && b[0] === x)
    const level = pieces.findIndex(([a, b]) => a?.[1] === -80 && b[1] === -80)
    expect([upright(150) >= 0, level > upright(150), upright(330) > level]).toEqual([true, true, true])
  })

  it('is at right angles, leaves and arrives as asked and crosses neither shape where there is a way', () => {
    const seed = 20261120
    const random = createRandom(seed)
    const headings: readonly Heading[] = ['n', 'e', 's', 'w']
    const pick = (): Heading => headings[Math.floor(random() * 4)] ?? 'n'
    for (let round = 0; round < 400; round++) {
      const from = boxOf(0, 0, 20 + random() * 200, 20 + random() * 200)
      // Apart by more than both gaps on one axis at least, so that there always is a way.
      const to = boxOf(
        (random() < 0.5 ? -1 : 1) * (260 + random() * 400),
        (random() - 0.5) * 800,
        20 + random() * 200,
        20 + random() * 200,
      )
      const [leaves, arrives] = [pick(), pick()]
      const route = elbowRoute(at(from, leaves), at(to, arrives))
      const message = `seed ${seed}, round ${round}`
      expect(isOrthogonal(route), message).toBe(true)
      expect(crosses(from, route), message).toBe(false)
      expect(crosses(to, route), message).toBe(false)
      expect(directionOf(route[0], route[1]), message).toBe(leaves)
      expect(directionOf(route.at(-1), route.at(-2)), message).toBe(arrives)
      expect(route.length, message).toBeLessThanOrEqual(8)
      expect(elbowRoute(at(from, leaves), at(to, arrives)), message).toEqual(route)
    }
  })

  it('crosses as little as it can when shapes overlap', () => {
    const route = elbowRoute(at(left, 'e'), at(boxOf(50, 20, 100, 60), 'w'))
    expect(isOrthogonal(route)).toBe(true)
    expect(route[0]).toEqual([106, 30])
    expect(route.at(-1)).toEqual([44, 50])
  })
})
