import { describe, expect, it } from 'vitest'
import { kinds } from '../../whiteboard/elements/index.ts'
import { boxCenter, boxHeight, boxWidth } from '../../whiteboard/geometry/box.ts'
import { centerOf } from '../../whiteboard/geometry/transform.ts'
import { radians, worldPoint } from '../../whiteboard/geometry/types.ts'
import { rotateAround } from '../../whiteboard/geometry/vector.ts'
import type { Element, Patches } from '../../whiteboard/model/element.ts'
import { selectionFrame } from '../../whiteboard/model/handles.ts'
import { flipPlan } from '../../whiteboard/model/plans/flip.ts'
import { resizePlan } from '../../whiteboard/model/plans/resize.ts'
import { rotatePlan } from '../../whiteboard/model/plans/rotate.ts'
import { EditorDriver } from '../support/editor-driver.ts'
import { belowOf } from '../support/random-hand.ts'
import { seedsOf } from '../support/seeds.ts'
import { varietyOf } from '../support/variety.ts'

const CLOSE = 4

/** Elements of all types: text, notes, ink, lines, turned ones; nothing that follows anything else. */
const figureOf = (seed: number): readonly Element[] => {
  const person = new EditorDriver()
  person.editor.create(varietyOf(22, belowOf(seed)))
  return person.elements.map((element) => ({ ...element, frame: null, start: null, end: null }))
}

const applied = (elements: readonly Element[], patches: Patches): readonly Element[] =>
  elements.map((element) => ({ ...element, ...patches.get(element.id) }))

const frameOf = (elements: readonly Element[]) => {
  const frame = selectionFrame(elements, kinds)
  if (!frame) throw new Error('Nothing to transform.')
  return frame
}

const expectSamePlaces = (actual: readonly Element[], expected: readonly Element[]): void => {
  actual.forEach((element, index) => {
    const other = expected[index]
    const numbers = ({ position, size, rotation }: Element) => [
      ...position,
      ...size,
      Math.cos(rotation),
      Math.sin(rotation),
    ]
    if (!other) throw new Error('An element is missing.')
    numbers(element).forEach((value, at) => {
      expect(value, `${element.type} ${at}`).toBeCloseTo(numbers(other)[at] ?? Number.NaN, CLOSE)
    })
  })
}

/** Pulls the lower right corner of the frame round all until they are so many times as large. */
const scaled = (elements: readonly Element[], scale: number): readonly Element[] => {
  const frame = frameOf(elements)
  const { minX, minY } = frame.box
  const to = worldPoint(minX + boxWidth(frame.box) * scale, minY + boxHeight(frame.box) * scale)
  return applied(elements, resizePlan(elements, kinds, frame, 'se', to, { proportional: true }))
}

describe('many elements of all types together', () => {
  it.each(seedsOf(40))('M71: turn as one figure, and back (FUZZ_SEED=%i)', (seed) => {
    const figure = figureOf(seed)
    const center = boxCenter(frameOf(figure).box)
    const angle = radians(1 + (seed % 5))
    const turned = applied(figure, rotatePlan(figure, center, angle))
    turned.forEach((element, index) => {
      const [x, y] = rotateAround(centerOf(figure[index] ?? element), center, angle)
      expect(centerOf(element)[0]).toBeCloseTo(x, CLOSE)
      expect(centerOf(element)[1]).toBeCloseTo(y, CLOSE)
    })
    expectSamePlaces(applied(turned, rotatePlan(turned, center, radians(-angle))), figure)
  })

  it.each(seedsOf(40))('M72–M75: grow as one figure, and shrink back (FUZZ_SEED=%i)', (seed) => {
    const figure = figureOf(seed)
    const { minX, minY } = frameOf(figure).box
    const grown = scaled(figure, 2)
    grown.forEach((element, index) => {
      const before = figure[index] ?? element
      const [x, y] = centerOf(before)
      expect(centerOf(element)[0], element.type).toBeCloseTo(minX + (x - minX) * 2, CLOSE)
      expect(centerOf(element)[1], element.type).toBeCloseTo(minY + (y - minY) * 2, CLOSE)
      expect(element.size[0], element.type).toBeCloseTo(before.size[0] * 2, CLOSE)
      expect(element.size[1], element.type).toBeCloseTo(before.size[1] * 2, CLOSE)
      expect(element.rotation).toBe(before.rotation)
    })
    expectSamePlaces(scaled(grown, 0.5), figure)
  })

  it.each(seedsOf(40))('turn over, and back (FUZZ_SEED=%i)', (seed) => {
    const figure = figureOf(seed)
    for (const direction of ['horizontal', 'vertical'] as const) {
      const flipped = applied(figure, flipPlan(figure, kinds, direction))
      expectSamePlaces(applied(flipped, flipPlan(flipped, kinds, direction)), figure)
    }
  })
})
