import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import { distanceToSegment } from './distance.ts'
import { partWithin } from './sweep.ts'
import type { Vec } from './types.ts'
import { interpolate } from './vector.ts'

describe('what a disc sweeps over of a segment', () => {
  it('is the part within its reach, on random ways', () => {
    const random = createRandom(21)
    const point = (): Vec => [random() * 100, random() * 100]
    let found = 0
    for (let round = 0; round < 2_000; round++) {
      const [p, q, a, b] = [point(), point(), point(), point()]
      const reach = 1 + random() * 20
      const part = partWithin(p, q, a, b, reach)
      for (let at = 0; at <= 1; at += 0.02) {
        const away = distanceToSegment(interpolate(p, q, at), a, b) - reach
        if (Math.abs(away) < 0.01) continue
        const isIn = part !== null && at >= part[0] && at <= part[1]
        expect(isIn, `round ${round}`).toBe(away < 0)
      }
      if (part) found += 1
    }
    expect(found).toBeGreaterThan(300)
  })

  it('is all of a point within reach, and nothing of one beyond', () => {
    expect(partWithin([5, 5], [5, 5], [0, 0], [0, 0], 10)).toEqual([0, 1])
    expect(partWithin([5, 5], [5, 5], [20, 20], [30, 20], 10)).toBeNull()
  })
})
