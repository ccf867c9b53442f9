import { describe, expect, it } from 'vitest'
import { testKinds } from '../../../test/support/kinds.ts'
import { generateScene } from '../../../test/support/scene-generator.ts'
import { boxCenter, boxCorners, unionAll } from '../../geometry/box.ts'
import { boundsOf, centerOf, elementToWorld, rotatedCorners } from '../../geometry/transform.ts'
import { type Box, localPoint, radians, type Vec, worldPoint } from '../../geometry/types.ts'
import type { Element, ElementId, GroupId, Patches } from '../element.ts'
import { compareOrder } from '../order.ts'
import { duplicatePlan } from './duplicate.ts'
import { groupPlan, ungroupPlan } from './group.ts'
import { type ResizeOptions, resizePlan } from './resize.ts'
import { rotatePlan } from './rotate.ts'
import { translatePlan } from './translate.ts'
import { bringForwardPlan, bringToFrontPlan, sendBackwardPlan, sendToBackPlan } from './z-order.ts'

const [template] = generateScene({ count: 1 })

const shape = (id: string, fields: Partial<Element> = {}): Element => {
  if (!template) throw new Error('empty scene')
  return {
    ...template,
    id: id as ElementId,
    position: worldPoint(0, 0),
    size: [100, 50],
    rotation: radians(0),
    ...fields,
  }
}

const applied = (elements: readonly Element[], patches: Patches): Element[] =>
  elements.map((element) => ({ ...element, ...patches.get(element.id) }))

const one = (elements: readonly Element[], patches: Patches): Element =>
  applied(elements, patches)[0] ?? shape('none')

const closeTo = (actual: Vec | undefined, expected: Vec | undefined): void => {
  expect(actual?.[0]).toBeCloseTo(expected?.[0] ?? Number.NaN, 6)
  expect(actual?.[1]).toBeCloseTo(expected?.[1] ?? Number.NaN, 6)
}

const frameOf = (element: Element) => ({
  box: boundsOf({ ...element, rotation: radians(0) }),
  rotation: element.rotation,
})

describe('translatePlan and rotatePlan', () => {
  it('M70: move elements as one, and nothing for no movement', () => {
    const elements = [shape('a'), shape('b', { position: worldPoint(5, 5) })]
    expect(applied(elements, translatePlan(elements, [3, 4])).map(({ position }) => position)).toEqual([
      [3, 4],
      [8, 9],
    ])
    expect(translatePlan(elements, [0, 0]).size).toBe(0)
  })

  it('M71: turn elements round a common point', () => {
    const element = shape('a', { position: worldPoint(100, 0), rotation: radians(6) })
    const turned = one([element], rotatePlan([element], worldPoint(0, 0), radians(Math.PI / 2)))
    closeTo(centerOf(turned), [-25, 150])
    expect(turned.rotation).toBeCloseTo(6 + Math.PI / 2 - 2 * Math.PI)
    expect(turned.size).toEqual(element.size)
  })
})

describe('resizePlan', () => {
  const resized = (
    element: Element,
    direction: 'se' | 'nw' | 'e' | 'n',
    to: Vec,
    options?: ResizeOptions,
  ): Element =>
    one([element], resizePlan([element], testKinds, frameOf(element), direction, worldPoint(...to), options))

  it('M72: a corner follows the pointer, the opposite one stays', () => {
    expect(resized(shape('a'), 'se', [200, 80])).toMatchObject({ position: [0, 0], size: [200, 80] })
    expect(resized(shape('a'), 'nw', [-100, 10])).toMatchObject({ position: [-100, 10], size: [200, 40] })
    expect(resized(shape('a'), 'e', [130, 999])).toMatchObject({ position: [0, 0], size: [130, 50] })
    expect(resized(shape('a'), 'n', [999, -50])).toMatchObject({ position: [0, -50], size: [100, 100] })
  })

  it('M72: pulled past the opposite side it comes out there', () => {
    expect(resized(shape('a'), 'se', [-40, 80])).toMatchObject({ position: [-40, 0], size: [40, 80] })
  })

  it('M72: what is turned comes out turned the other way, when one side alone changes places', () => {
    const elements = [shape('a', { rotation: radians(0.3) }), shape('b', { position: worldPoint(300, 200) })]
    const box = { minX: 0, minY: 0, maxX: 400, maxY: 250 }
    const frame = { box, rotation: radians(0) }
    const turned = (to: Vec) =>
      one(elements, resizePlan(elements, testKinds, frame, 'se', worldPoint(...to))).rotation
    expect(turned([-400, 250])).toBeCloseTo(2 * Math.PI - 0.3)
    expect(turned([-400, -250])).toBeCloseTo(0.3)
    expect(turned([400, 250])).toBeCloseTo(0.3)
  })

  it('M72: keeps the proportion, the middle, or both', () => {
    expect(resized(shape('a'), 'se', [200, 60], { proportional: true }).size).toEqual([200, 100])
    expect(resized(shape('a'), 'e', [200, 0], { proportional: true })).toMatchObject({
      position: [0, -25],
      size: [200, 100],
    })
    const centred = resized(shape('a'), 'se', [150, 60], { fromCenter: true })
    expect(centred).toMatchObject({ position: [-50, -10], size: [200, 70] })
    const both = resized(shape('a'), 'se', [150, 60], { fromCenter: true, proportional: true })
    closeTo(centerOf(both), [50, 25])
    expect(both.size).toEqual([200, 100])
  })

  it.each([0.4, Math.PI / 2, 2, 5])('M73: turned by %f, the opposite corner stays on the board', (angle) => {
    const element = shape('a', { position: worldPoint(30, 40), rotation: radians(angle) })
    const [, , corner] = rotatedCorners(element)
    const to: Vec = [corner[0] + 37, corner[1] - 12]
    for (const proportional of [false, true]) {
      const next = resized(element, 'se', to, { proportional })
      closeTo(rotatedCorners(next)[0], rotatedCorners(element)[0])
      if (!proportional) closeTo(rotatedCorners(next)[2], to)
      else expect(next.size[0] / next.size[1]).toBeCloseTo(2)
    }
    const north = resized(element, 'n', elementToWorld(element, localPoint(70, -30)))
    expect(north.size[1]).toBeCloseTo(80)
    closeTo(rotatedCorners(north)[2], rotatedCorners(element)[2])
    closeTo(rotatedCorners(north)[3], rotatedCorners(element)[3])
  })

  it('M74: several scale as one with their common box', () => {
    const elements = [
      shape('a', { position: worldPoint(0, 0), size: [100, 100] }),
      shape('b', { position: worldPoint(100, 100), size: [100, 100] }),
      shape('c', { position: worldPoint(120, 0), size: [40, 80], rotation: radians(Math.PI / 2) }),
    ]
    const box = unionAll(elements.map(boundsOf)) as Box
    const [, , corner] = boxCorners(box)
    const to = worldPoint(corner[0] * 2, corner[1] * 3)
    const [a, b, c] = applied(
      elements,
      resizePlan(elements, testKinds, { box, rotation: radians(0) }, 'se', to),
    )
    expect(a).toMatchObject({ position: [0, 0], size: [200, 300] })
    expect(b).toMatchObject({ position: [200, 300], size: [200, 300] })
    expect(c?.size[0]).toBeCloseTo(120)
    expect(c?.size[1]).toBeCloseTo(160)
    closeTo(boxCenter(boundsOf(c ?? shape('none'))), [280, 120])
  })

  it('M74: what keeps its proportion makes the others keep theirs, and changes fields of its own', () => {
    const elements = [
      shape('a', { size: [100, 100] }),
      shape('t', { type: 'text', fontSize: 20, position: worldPoint(100, 100), size: [100, 100] }),
    ]
    const box = { minX: 0, minY: 0, maxX: 200, maxY: 200 }
    const plan = resizePlan(elements, testKinds, { box, rotation: radians(0) }, 'se', worldPoint(400, 210))
    const [a, t] = applied(elements, plan)
    expect(a?.size).toEqual([200, 200])
    expect(t).toMatchObject({ size: [200, 200], fontSize: 40 })
  })

  it('M75: flat and empty boxes give finite sizes', () => {
    const flat = shape('a', { size: [100, 0] })
    expect(resized(flat, 'se', [50, 40]).size).toEqual([50, 40])
    expect(resized(flat, 'se', [50, 40], { proportional: true }).size).toEqual([50, 40])
    expect(resized(shape('a'), 'se', [0, 0]).size).toEqual([1, 1])
    const pair = [flat, shape('b', { size: [50, 0] })]
    const frame = { box: { minX: 0, minY: 0, maxX: 100, maxY: 0 }, rotation: radians(0) }
    const sizes = applied(pair, resizePlan(pair, testKinds, frame, 'e', worldPoint(200, 0))).map(
      ({ size }) => size,
    )
    expect(sizes).toEqual([
      [200, 0],
      [100, 0],
    ])
  })
})

const sorted = (elements: readonly Element[], patches: Patches): string =>
  applied(elements, patches)
    .sort(compareOrder)
    .map(({ id }) => id)
    .join('')

describe('z-order', () => {
  const stack = (overlapping = true): Element[] =>
    generateScene({ count: 5 }).map((element, index) => ({
      ...shape('abcde'.charAt(index)),
      order: element.order,
      position: worldPoint(overlapping ? 0 : index * 1000, 0),
    }))
  const ids = (names: string): Set<ElementId> => new Set(names.split('') as ElementId[])

  it('M76: to the front and to the back keep the order among those that move', () => {
    expect(sorted(stack(), bringToFrontPlan(stack(), ids('bd')))).toBe('acebd')
    expect(sorted(stack(), sendToBackPlan(stack(), ids('bd')))).toBe('bdace')
  })

  it('M76: forward and backward step over the next element that overlaps', () => {
    expect(sorted(stack(), bringForwardPlan(stack(), ids('b')))).toBe('acbde')
    expect(sorted(stack(), sendBackwardPlan(stack(), ids('d')))).toBe('abdce')
    expect(sorted(stack(), bringForwardPlan(stack(), ids('ab')))).toBe('cabde')
    expect(sorted(stack(), bringForwardPlan(stack(), ids('ad')))).toBe('baced')
    expect(bringForwardPlan(stack(false), ids('b')).size).toBe(0)
  })

  it('M76: nothing changes that is where it shall be, and only what moves gets a new key', () => {
    expect(bringToFrontPlan(stack(), ids('de')).size).toBe(0)
    expect(sendBackwardPlan(stack(), ids('ab')).size).toBe(0)
    expect([...bringToFrontPlan(stack(), ids('a')).keys()]).toEqual(['a'])
  })
})

describe('groups and copies', () => {
  it('M77: groups nest innermost first, and come apart from outside', () => {
    const elements = [shape('a', { groups: ['g' as GroupId] }), shape('b')]
    const grouped = applied(elements, groupPlan(elements, null, 'h' as GroupId))
    expect(grouped.map(({ groups }) => groups)).toEqual([['g', 'h'], ['h']])
    const inner = applied(grouped, groupPlan(grouped, 'h' as GroupId, 'i' as GroupId))
    expect(inner.map(({ groups }) => groups)).toEqual([
      ['g', 'i', 'h'],
      ['i', 'h'],
    ])
    expect(applied(inner, ungroupPlan(inner, 'h' as GroupId)).map(({ groups }) => groups)).toEqual([
      ['g', 'h'],
      ['h'],
    ])
    expect(applied(grouped, ungroupPlan(grouped)).map(({ groups }) => groups)).toEqual([['g'], []])
    expect(ungroupPlan([shape('c')]).size).toBe(0)
  })

  it('M78: copies have new ids and groups, lie above all, and refer to each other', () => {
    const g = 'g' as GroupId
    const [low, high] = generateScene({ count: 2 })
    const elements = [
      shape('b', { groups: [g], order: high?.order, start: { element: 'a', anchor: [0, 1] } }),
      shape('a', { groups: [g], order: low?.order, end: { element: 'elsewhere' } }),
    ]
    const ordered = [...elements].sort(compareOrder)
    const [b, a] = duplicatePlan(elements, ordered, [10, 20])
    expect(b?.id).not.toBe('b')
    expect(b?.start).toEqual({ element: a?.id, anchor: [0, 1] })
    expect(a?.end).toBeNull()
    expect(a?.groups).toEqual(b?.groups)
    expect(a?.groups).not.toEqual([g])
    expect(a?.position).toEqual([10, 20])
    expect([b, a, ...elements].sort((x, y) => compareOrder(x as Element, y as Element)).slice(2)).toEqual([
      a,
      b,
    ])
  })

  it('M78: copies made inside a group stay inside it', () => {
    const element = shape('a', { groups: ['inner', 'outer'] as GroupId[] })
    const [copy] = duplicatePlan([element], [element], [0, 0], 'outer' as GroupId)
    expect(copy?.groups[0]).not.toBe('inner')
    expect(copy?.groups[1]).toBe('outer')
  })
})
