import { describe, expect, it } from 'vitest'
import { createRandom } from '../../test/support/random.ts'
import type { ElementId, OrderKey } from './element.ts'
import {
  compareOrder,
  FIRST_KEY,
  insertionPlan,
  isOrderKey,
  keyBetween,
  keysBetween,
  MAX_KEY_LENGTH,
  type Ordered,
  sequencePlan,
} from './order.ts'

const ordered = (...keys: string[]): Ordered[] =>
  keys.map((key, index) => ({
    id: `e${String(index).padStart(5, '0')}` as ElementId,
    order: key as OrderKey,
  }))

const isAscending = (keys: readonly string[]): boolean =>
  keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key)

describe('keyBetween', () => {
  it('M31: any two different keys have a readable key between them', () => {
    const random = createRandom(7)
    const keys: OrderKey[] = [FIRST_KEY]
    for (let step = 0; step < 3000; step++) {
      const at = Math.floor(random() * (keys.length + 1))
      const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null)
      expect(isOrderKey(key)).toBe(true)
      keys.splice(at, 0, key)
    }
    expect(isAscending(keys)).toBe(true)
  })

  it('M31: putting 100,000 on top or at the bottom keeps keys within 6 characters', () => {
    let top: OrderKey | null = null
    let bottom: OrderKey | null = FIRST_KEY
    for (let step = 0; step < 100_000; step++) {
      top = keyBetween(top, null)
      bottom = keyBetween(null, bottom)
    }
    expect(top?.length).toBeLessThanOrEqual(6)
    expect(bottom?.length).toBeLessThanOrEqual(6)
  })

  it('M32: unreadable and crossed keys give a readable answer', () => {
    for (const bad of ['', 'a', '0', 'a00', 'ä1', 'a1 ', 'x'.repeat(1_000_000), 'b1']) {
      expect(isOrderKey(bad)).toBe(false)
      expect(isOrderKey(keyBetween(bad, null))).toBe(true)
      expect(isOrderKey(keyBetween(null, bad))).toBe(true)
    }
    expect(keyBetween('a5', 'a5') > 'a5').toBe(true)
    expect(keyBetween('a7', 'a5') > 'a7').toBe(true)
  })

  it('M32: the largest and smallest integers still have neighbours', () => {
    const largest = `z${'z'.repeat(26)}`
    expect(keyBetween(largest, null) > largest).toBe(true)
    expect(isOrderKey(`A${'0'.repeat(26)}`)).toBe(true)
  })
})

describe('keysBetween', () => {
  it('M31: gives as many ascending keys as asked for, within the bounds', () => {
    const keys = keysBetween('a1', 'a2', 1000)
    expect(keys).toHaveLength(1000)
    expect(isAscending(['a1', ...keys, 'a2'])).toBe(true)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThan(8)
    expect(isAscending(keysBetween(null, 'a0', 100))).toBe(true)
    expect(keysBetween('a0', null, 0)).toEqual([])
  })
})

const afterPlan = (elements: readonly Ordered[], index: number, count: number): string[] => {
  const plan = insertionPlan(elements, index, count)
  const patched = elements.map((element) => ({ ...element, ...plan.patches.get(element.id) }))
  const fresh = plan.keys.map((order, at) => ({ id: `new${at}` as ElementId, order }))
  return [...patched, ...fresh].sort(compareOrder).map((element) => element.id)
}

describe('insertionPlan', () => {
  it('M33: changes no other element where there is room', () => {
    const plan = insertionPlan(ordered('a0', 'a1', 'a2'), 1, 2)
    expect(plan.patches.size).toBe(0)
    expect(isAscending(['a0', ...plan.keys, 'a1'])).toBe(true)
  })

  it('M33: makes room between equal keys of two people', () => {
    expect(afterPlan(ordered('a1', 'a1'), 1, 2)).toEqual(['e00000', 'new0', 'new1', 'e00001'])
  })

  it('M33, CT9: makes room in the middle of 1,000 equal keys', () => {
    const elements = ordered(...Array<string>(1000).fill('a0'))
    const ids = afterPlan(elements, 500, 1)
    expect(ids[500]).toBe('new0')
    expect(ids.filter((id) => id !== 'new0')).toEqual(elements.map((element) => element.id))
  })

  it('M33: gives neighbours new keys before one grows too long', () => {
    let elements = ordered('a0', 'a1')
    for (let step = 0; step < 3000; step++) {
      const plan = insertionPlan(elements, 1, 1)
      const key = plan.keys[0] ?? FIRST_KEY
      elements = elements.map((element) => ({ ...element, ...plan.patches.get(element.id) }))
      elements.splice(1, 0, { id: `n${step}` as ElementId, order: key })
      expect(key.length).toBeLessThanOrEqual(MAX_KEY_LENGTH)
    }
    expect(isAscending(elements.map((element) => element.order))).toBe(true)
  })

  it('M33: works at both ends and on an empty board', () => {
    expect(insertionPlan([], 0, 3).keys).toHaveLength(3)
    expect(afterPlan(ordered('a0'), 0, 1)).toEqual(['new0', 'e00000'])
    expect(afterPlan(ordered('a0'), 99, 1)).toEqual(['e00000', 'new0'])
  })
})

describe('sequencePlan', () => {
  it('M33: re-keys what moved and only that', () => {
    const [first, second, third] = ordered('a0', 'a1', 'a2') as [Ordered, Ordered, Ordered]
    const patches = sequencePlan([second, third, first], new Set([first.id]))
    expect([...patches.keys()]).toEqual([first.id])
  })
})
