import { describe, expect, it } from 'vitest'
import { boxCenter } from '../geometry/box.ts'
import { fromMap, placeMap } from './minimap.ts'

const content = { minX: -500, minY: 0, maxX: 1500, maxY: 400 }
const view = { minX: 0, minY: 0, maxX: 300, maxY: 200 }

describe('the map of the board', () => {
  it('shows all of the board and of the view, in the middle', () => {
    const place = placeMap(content, { ...view, maxX: 2_000 }, [200, 100])
    const [left, top] = fromMap(place, [0, 0])
    const [right, bottom] = fromMap(place, [200, 100])
    expect(left).toBeLessThan(-500)
    expect(right).toBeGreaterThan(2_000)
    expect(top).toBeLessThan(0)
    expect(bottom).toBeGreaterThan(400)
    expect(fromMap(place, [100, 50])).toEqual([750, 200])
  })

  it('shows the view alone on an empty board', () => {
    const place = placeMap(null, view, [100, 100])
    expect(fromMap(place, [50, 50])).toEqual(boxCenter(view))
    expect(Number.isFinite(place.scale)).toBe(true)
  })
})
