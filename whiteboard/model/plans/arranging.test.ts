import { describe, expect, it } from 'vitest'
import { generateScene } from '../../../test/support/scene-generator.ts'
import { boundsOf } from '../../geometry/transform.ts'
import { radians, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, GroupId, Patches } from '../element.ts'
import { alignPlan } from './align.ts'
import { distributePlan } from './distribute.ts'
import { nearestInDirection } from './nearest.ts'
import { tidyPlan } from './tidy.ts'
import { hasUnits, unitsFrom } from './units.ts'

const [template] = generateScene({ count: 1 })

const shape = (id: string, x: number, y: number, width: number, height: number, fields = {}): Element => {
  if (!template) throw new Error('empty scene')
  return {
    ...template,
    id: id as ElementId,
    position: worldPoint(x, y),
    size: [width, height],
    rotation: radians(0),
    groups: [],
    ...fields,
  }
}

const places = (elements: readonly Element[], patches: Patches): readonly (readonly number[])[] =>
  elements.map((element) => ({ ...element, ...patches.get(element.id) }).position)

const group = (id: string): { readonly groups: readonly GroupId[] } => ({ groups: [id as GroupId] })

describe('units', () => {
  it('M120: are groups and what stands for itself; inside an entered group, what is in it', () => {
    const inner = { groups: ['inner' as GroupId, 'outer' as GroupId] }
    const elements = [
      shape('a', 0, 0, 10, 10, inner),
      shape('b', 50, 0, 10, 10, group('outer')),
      shape('c', 90, 0, 10, 10),
    ]
    const ids = (within: GroupId | null) =>
      unitsFrom(elements, within).map((unit) => unit.elements.map(({ id }) => id).join(''))
    expect(ids(null)).toEqual(['ab', 'c'])
    expect(ids('outer' as GroupId)).toEqual(['a', 'b', 'c'])
  })

  it('M120: take what a frame carries along, and go by the frame', () => {
    const frame = shape('f', 0, 0, 100, 100, { type: 'frame' })
    const child = shape('c', 80, 80, 60, 60, { frame: 'f' })
    const [unit, ...others] = unitsFrom([frame, child])
    expect(others).toEqual([])
    expect(unit?.elements).toHaveLength(2)
    expect(unit?.box).toEqual(boundsOf(frame))
  })

  it('M120: are counted as far as it matters', () => {
    const frame = shape('f', 0, 0, 100, 100, { type: 'frame' })
    const child = shape('c', 80, 80, 60, 60, { frame: 'f' })
    const pair = [shape('a', 0, 0, 10, 10, group('g')), shape('b', 0, 0, 10, 10, group('g'))]
    const counts = (elements: readonly Element[]) => [2, 3].map((least) => hasUnits(elements, least, null))
    expect(counts([frame, child])).toEqual([false, false])
    expect(counts([child, ...pair])).toEqual([true, false])
    expect(counts([frame, child, ...pair, shape('d', 0, 0, 1, 1)])).toEqual([true, true])
  })
})

describe('aligning', () => {
  const elements = [shape('a', 0, 0, 40, 20), shape('b', 100, 50, 20, 60), shape('c', 30, 200, 80, 40)]
  const aligned = (to: Parameters<typeof alignPlan>[1]) =>
    places(elements, alignPlan(unitsFrom(elements), to))

  it('M121: brings edges and middles to those of the box round all, and moves along one axis only', () => {
    expect(aligned('left')).toEqual([
      [0, 0],
      [0, 50],
      [0, 200],
    ])
    expect(aligned('right')).toEqual([
      [80, 0],
      [100, 50],
      [40, 200],
    ])
    expect(aligned('center')).toEqual([
      [40, 0],
      [50, 50],
      [20, 200],
    ])
    expect(aligned('top')).toEqual([
      [0, 0],
      [100, 0],
      [30, 0],
    ])
    expect(aligned('bottom')).toEqual([
      [0, 220],
      [100, 180],
      [30, 200],
    ])
    expect(aligned('middle')).toEqual([
      [0, 110],
      [100, 90],
      [30, 100],
    ])
  })

  it('M121: goes by what is seen of a turned element, and moves a group as one', () => {
    const turned = [shape('a', 0, 0, 40, 20, { rotation: radians(Math.PI / 2) }), shape('b', 100, 50, 20, 60)]
    expect(places(turned, alignPlan(unitsFrom(turned), 'left'))[1]?.[0]).toBeCloseTo(10)
    const grouped = [
      shape('a', 50, 0, 10, 10, group('g')),
      shape('b', 80, 0, 10, 10, group('g')),
      shape('c', 0, 50, 10, 10),
    ]
    expect(places(grouped, alignPlan(unitsFrom(grouped), 'left'))).toEqual([
      [0, 0],
      [30, 0],
      [0, 50],
    ])
  })

  it('M121: changes nothing that is in line already', () => {
    const line = [shape('a', 5, 0, 10, 10), shape('b', 5, 40, 20, 10)]
    expect(alignPlan(unitsFrom(line), 'left').size).toBe(0)
    expect(alignPlan([], 'left').size).toBe(0)
  })
})

describe('distributing', () => {
  it('M122: makes distances equal; the first and the last stay', () => {
    const row = [shape('c', 200, 0, 50, 10), shape('a', 0, 5, 50, 10), shape('b', 60, 9, 30, 10)]
    expect(places(row, distributePlan(unitsFrom(row), 'horizontal'))).toEqual([
      [200, 0],
      [0, 5],
      [110, 9],
    ])
    expect(distributePlan(unitsFrom(row.slice(0, 2)), 'horizontal').size).toBe(0)
  })

  it('M122: overlaps evenly where there is no room, and works down the board', () => {
    const column = [shape('a', 0, 0, 10, 60), shape('b', 0, 10, 10, 60), shape('c', 0, 60, 10, 60)]
    expect(places(column, distributePlan(unitsFrom(column), 'vertical'))).toEqual([
      [0, 0],
      [0, 30],
      [0, 60],
    ])
  })
})

describe('tidying', () => {
  it('M123: puts what nearly is a grid into one, in the sequence in which it is read', () => {
    const grid = [
      shape('a', 0, 0, 40, 40),
      shape('b', 52, 6, 40, 40),
      shape('c', 3, 61, 40, 40),
      shape('d', 49, 57, 40, 40),
      shape('e', -4, 118, 40, 40),
    ]
    const tidied = places(grid, tidyPlan(unitsFrom(grid)))
    const [a, b, c, d, e] = tidied
    expect(a?.[0]).toBe(c?.[0])
    expect(c?.[0]).toBe(e?.[0])
    expect(b?.[0]).toBe(d?.[0])
    expect(a?.[1]).toBe(b?.[1])
    expect(c?.[1]).toBe(d?.[1])
    expect((b?.[0] ?? 0) - (a?.[0] ?? 0)).toBe((c?.[1] ?? 0) - (a?.[1] ?? 0))
  })

  it('M123: tidied, it stays as it is; nothing overlaps; a row stays a row', () => {
    const scene = generateScene({ count: 17, seed: 3 }).map((element) => ({ ...element, groups: [] }))
    const patches = tidyPlan(unitsFrom(scene))
    const tidied = scene.map((element) => ({ ...element, ...patches.get(element.id) }))
    const boxes = tidied.map(boundsOf)
    const overlaps = boxes.flatMap((one, index) =>
      boxes
        .slice(index + 1)
        .filter(
          (other) =>
            one.minX < other.maxX && other.minX < one.maxX && one.minY < other.maxY && other.minY < one.maxY,
        ),
    )
    expect(overlaps).toEqual([])
    for (const [id, { position }] of tidyPlan(unitsFrom(tidied))) {
      const before = tidied.find((element) => element.id === id)?.position
      expect(position).toEqual([expect.closeTo(before?.[0] ?? 0), expect.closeTo(before?.[1] ?? 0)])
    }
    const row = [shape('a', 0, 0, 20, 20), shape('b', 90, 4, 20, 30), shape('c', 40, 2, 20, 20)]
    const heights = new Set(
      row
        .map((element) => ({ ...element, ...tidyPlan(unitsFrom(row)).get(element.id) }))
        .map((each) => each.position[1] + each.size[1] / 2),
    )
    expect(heights.size).toBe(1)
  })
})

describe('the nearest element in a direction', () => {
  const elements = [
    shape('right', 200, 10, 10, 10),
    shape('aside', 60, 80, 10, 10),
    shape('left', -100, 0, 10, 10),
    shape('far', 400, 0, 10, 10),
  ]
  const idFrom = (x: number, y: number) => nearestInDirection(elements, [5, 5], [x, y])?.id

  it('M124: lies ahead, rather straight than near', () => {
    expect(idFrom(1, 0)).toBe('right')
    expect(idFrom(-1, 0)).toBe('left')
    expect(idFrom(0, 1)).toBe('aside')
    expect(idFrom(0, -1)).toBeUndefined()
  })
})
