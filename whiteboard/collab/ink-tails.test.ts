import { describe, expect, it } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import { plainElement } from '../../test/support/plain-element.ts'
import { nothingShown } from '../../test/support/presence.ts'
import { createRandom } from '../../test/support/random.ts'
import { boxOfPoints } from '../geometry/box.ts'
import { worldPoint } from '../geometry/types.ts'
import type { Draft } from '../model/draft.ts'
import type { Element } from '../model/element.ts'
import { encodeInk, type InkPoint } from '../model/ink.ts'
import { strokePoints } from '../model/ink-pieces.ts'
import { parseDraft } from './drafts.ts'
import { InkTails } from './ink-tails.ts'
import { encodePresence } from './peers.ts'

/** A stroke through these points of the board, as a gesture drafts it. */
const drafted = (points: readonly InkPoint[], fields: Partial<Element> = {}): Draft => {
  const { minX, minY, maxX, maxY } = boxOfPoints(points) ?? { minX: 0, minY: 0, maxX: 0, maxY: 0 }
  const element = plainElement({
    id: 'stroke000001',
    type: 'ink',
    position: worldPoint(minX, minY),
    size: [maxX - minX, maxY - minY],
    stroke: '#d93a3a',
    ink: encodeInk(points.map(([x, y, pressure]) => [x - minX, y - minY, pressure])),
    ...fields,
  })
  return { type: 'create', elements: [element] }
}

/** A wandering hand, which goes left and up of where it began. */
const hand = (count: number, seed: number): InkPoint[] => {
  const random = createRandom(seed)
  let [x, y] = [1_000, 500]
  return Array.from({ length: count }, (_, index): InkPoint => {
    x += Math.cos(index / 20) * 5 + random() - 0.7
    y += Math.sin(index / 15) * 5 + random() - 0.6
    return [x, y, 0.3 + random() * 0.4]
  })
}

const wireOf = (tails: InkTails, draft: Draft | null): unknown =>
  JSON.parse(JSON.stringify(encodePresence({ ...nothingShown, draft }, testKinds, tails).draft ?? null))

const pointsOf = (draft: Draft | null): InkPoint[] => {
  const [element] = draft?.type === 'create' ? draft.elements : []
  if (!element) return []
  const [left, top] = element.position
  return strokePoints(element).map(([x, y, pressure]) => [x + left, y + top, pressure])
}

const expectSamePoints = (shown: readonly InkPoint[], drawn: readonly InkPoint[]): void => {
  expect(shown).toHaveLength(drawn.length)
  shown.forEach((point, index) => {
    const wanted = drawn[index] as InkPoint
    expect(Math.hypot(point[0] - wanted[0], point[1] - wanted[1])).toBeLessThan(0.3)
    expect(Math.abs(point[2] - wanted[2])).toBeLessThan(0.03)
  })
}

describe('a stroke that others see growing', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'is whole for them, whatever few states get lost on the way (seed %i)',
    (seed) => {
      const random = createRandom(seed)
      const tails = new InkTails()
      const points = hand(400, seed)
      let shown: Draft | null = null
      let lost = 0
      for (let count = 1; count <= points.length; count += 1 + Math.floor(random() * 6)) {
        const drawn = points.slice(0, count)
        const wire = wireOf(tails, drafted(drawn))
        lost = random() < 0.5 && lost < 4 && shown ? lost + 1 : 0
        if (lost > 0) continue
        shown = parseDraft(wire, testKinds, shown)
        expectSamePoints(pointsOf(shown), drawn)
        expect(shown).toMatchObject({ elements: [{ stroke: '#d93a3a', type: 'ink' }] })
      }
    },
  )

  it('is told in states that do not grow with it', () => {
    const tails = new InkTails()
    const points = hand(1_000, 3)
    const sizes: number[] = []
    for (let count = 4; count <= points.length; count += 4) {
      sizes.push(JSON.stringify(wireOf(tails, drafted(points.slice(0, count)))).length)
    }
    const late = sizes.slice(-25)
    expect(Math.min(...late)).toBeLessThan(200)
    expect(late.filter((size) => size > 400).length).toBeLessThan(3)
  })

  it('shows straight pieces where more got lost, and all of it again soon', () => {
    const tails = new InkTails()
    const points = hand(800, 4)
    let shown: Draft | null = null
    for (let count = 4; count <= points.length; count += 4) {
      const wire = wireOf(tails, drafted(points.slice(0, count)))
      if (count > 200 && count < 280) continue
      shown = parseDraft(wire, testKinds, shown)
      expect(pointsOf(shown)).toHaveLength(count)
    }
    expectSamePoints(pointsOf(shown), points)
  })

  it('is seen by those who come while it is drawn, within a second', () => {
    const tails = new InkTails()
    const points = hand(800, 5)
    let shown: Draft | null = null
    let states = 0
    for (let count = 4; count <= points.length; count += 4) {
      const wire = wireOf(tails, drafted(points.slice(0, count)))
      if (count < 300 || shown) continue
      states += 1
      shown = parseDraft(wire, testKinds, shown)
    }
    expect(states).toBeLessThanOrEqual(31)
    expect(pointsOf(shown).length).toBeGreaterThan(300)
  })

  it('may have its end changed, as a straight segment under way does', () => {
    const tails = new InkTails()
    const start = hand(60, 6)
    let shown: Draft | null = null
    const show = (points: readonly InkPoint[]): void => {
      shown = parseDraft(wireOf(tails, drafted(points)), testKinds, shown)
      expectSamePoints(pointsOf(shown), points)
    }
    for (let count = 4; count <= 60; count += 4) show(start.slice(0, count))
    for (let x = 0; x < 300; x += 20) show([...start, [900 - x, 700 + x / 2, 0.5]])
    show(start.slice(0, 30))
  })

  it('is another after it ended, and goes out as it is when it is moved or one of several', () => {
    const tails = new InkTails()
    const points = hand(100, 7)
    for (let count = 10; count <= 100; count += 10) wireOf(tails, drafted(points.slice(0, count)))
    expect(wireOf(tails, drafted(points))).toMatchObject({ type: 'ink' })
    expect(wireOf(tails, drafted(points.map(([x, y, p]) => [x + 50, y, p])))).toMatchObject({
      type: 'create',
    })
    wireOf(tails, null)
    expect(wireOf(tails, drafted(points))).toMatchObject({ type: 'create' })
  })
})

describe('a tail from a hostile peer', () => {
  const previous = drafted(hand(20, 8))

  it.each([
    {},
    { id: 'other', at: [0, 0], from: 1, ink: '' },
    { id: 'stroke000001', at: [Number.NaN, 'x'], from: 1, ink: 'AAAA' },
    { id: 'stroke000001', at: null, from: 1, ink: 'AAAA' },
    { id: 'stroke000001', at: [0, 0], from: 1, ink: 7 },
    { id: 'stroke000001', at: [0, 0], from: 1e308, ink: '!!!' },
    { id: 'stroke000001', at: [0, 0], from: -5, ink: 'AQAA' },
  ])('is nothing, or within bounds (%j)', (wire) => {
    const draft = parseDraft({ type: 'ink', ...wire }, testKinds, previous)
    expect(pointsOf(draft).length).toBeLessThanOrEqual(20_000)
    expect(
      pointsOf(draft)
        .flat()
        .every((value) => Number.isFinite(value)),
    ).toBe(true)
    expect(parseDraft({ type: 'ink', ...wire }, testKinds)).toBeNull()
  })
})
