import { describe, expect, it } from 'vitest'
import { testKinds } from '../../test/support/kinds.ts'
import { plainElement } from '../../test/support/plain-element.ts'
import { createRandom } from '../../test/support/random.ts'
import { seedsOf } from '../../test/support/seeds.ts'
import { boxAt, intersects, unionAll } from '../geometry/box.ts'
import { boundsOf } from '../geometry/transform.ts'
import { type Box, radians, type Size, worldPoint } from '../geometry/types.ts'
import type { Element, ElementId, OrderKey } from './element.ts'
import { createElementIndex, type ElementIndex, paintedBounds } from './element-index.ts'
import { compareOrder } from './order.ts'

type Random = () => number

const idOf = (number: number): ElementId => `e${number}` as ElementId

const IDS = 60
const FRAMES = 4

/** One of the first numbers is a frame; others may be in one. */
const anyElement = (random: Random): Element => {
  const number = Math.floor(random() * IDS)
  const isFrame = number < FRAMES
  const size: Size = isFrame ? [900, 700] : [random() * 200, random() * 200]
  return plainElement({
    id: idOf(number),
    type: isFrame ? 'frame' : 'rectangle',
    position: worldPoint(random() * 3000, random() * 3000),
    size,
    rotation: radians(isFrame || random() < 0.5 ? 0 : random() * 6),
    order: `a${Math.floor(random() * 9)}` as OrderKey,
    link: random() < 0.1 ? 'https://example.org' : null,
    frame: !isFrame && random() < 0.3 ? idOf(Math.floor(random() * FRAMES)) : null,
  })
}

/** Changes the index and, alike, a plain map of what is stored. */
const change = (index: ElementIndex, stored: Map<ElementId, Element>, random: Random): void => {
  const element = anyElement(random)
  const before = stored.get(element.id)
  const dice = random()
  if (dice < 0.2) {
    index.delete(element.id)
    stored.delete(element.id)
  } else if (dice < 0.5 && before) {
    const moved = { ...before, position: element.position }
    index.shift(moved)
    stored.set(element.id, moved)
  } else {
    index.set(element)
    stored.set(element.id, element)
  }
}

/** What each element looks like, worked out from all that is stored. */
const drawn = (stored: ReadonlyMap<ElementId, Element>): Element[] =>
  [...stored.values()]
    .map((element) => {
      const frame = element.frame === null ? undefined : stored.get(element.frame)
      return frame ? { ...element, clip: boundsOf(frame) } : element
    })
    .sort(compareOrder)

const anyBox = (random: Random): Box =>
  boxAt([random() * 3000, random() * 3000], [10 ** (random() * 4), 10 ** (random() * 4)])

describe('the index of elements', () => {
  it.each(seedsOf(6))(
    'M10, M12: is what reading everything anew gives, after any edits (seed %i)',
    (seed) => {
      const random = createRandom(seed)
      const index = createElementIndex(testKinds)
      const stored = new Map<ElementId, Element>()
      for (let round = 0; round < 150; round++) {
        for (let edits = Math.floor(random() * 8); edits >= 0; edits--) change(index, stored, random)
        index.settle()
        const wanted = drawn(stored)
        const box = anyBox(random)
        if (random() < 0.5) {
          expect(index.ordered).toEqual(wanted)
          expect(index.ordered).toBe(index.ordered)
        }
        expect(index.query(box)).toEqual(
          wanted.filter((element) => intersects(paintedBounds(element, testKinds), box)),
        )
        expect(index.bounds()).toEqual(unionAll(wanted.map((element) => paintedBounds(element, testKinds))))
        expect(index.frames).toEqual(wanted.filter(({ type }) => type === 'frame'))
        expect(index.linked).toEqual(wanted.filter(({ link }) => link !== null))
        expect(index.linked).toBe(index.linked)
        expect(index.size).toBe(wanted.length)
        for (const element of wanted) {
          expect(index.get(element.id)).toEqual(element)
          expect(index.boxOf(element.id)).toEqual(paintedBounds(element, testKinds))
        }
      }
    },
  )

  it('tells of all that changed or went where it was painted before, once', () => {
    const seed = 9
    const random = createRandom(seed)
    const index = createElementIndex(testKinds)
    const stored = new Map<ElementId, Element>()
    let before: Element[] = []
    for (let round = 0; round < 100; round++) {
      for (let edits = 0; edits < 4; edits++) change(index, stored, random)
      index.settle()
      const left = index.takeLeft()
      for (const element of before) {
        const now = index.get(element.id)
        if (now === element) continue
        const wanted = paintedBounds(element, testKinds)
        if (left.has(element.id) || now === undefined) expect(left.get(element.id)).toEqual(wanted)
        else expect(paintedBounds(now, testKinds)).toEqual(wanted)
      }
      expect(index.takeLeft().size).toBe(0)
      before = [...index.ordered]
    }
  })
})
