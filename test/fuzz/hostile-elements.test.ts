import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { kinds } from '../../whiteboard/elements/index.ts'
import { localPoint } from '../../whiteboard/geometry/types.ts'
import { createBoardStore } from '../../whiteboard/model/board-store.ts'
import type { Element } from '../../whiteboard/model/element.ts'
import { elementFromJson, elementToJson } from '../../whiteboard/model/json.ts'
import type { Surface } from '../../whiteboard/model/surface.ts'
import { createApproximateMeasurer } from '../../whiteboard/model/text/approximate-measurer.ts'
import { createRandom } from '../support/random.ts'
import { seedsOf } from '../support/seeds.ts'

const JUNK: readonly unknown[] = [
  Number.NaN,
  Infinity,
  -0,
  1e308,
  -5,
  3,
  10n,
  '12',
  '#ff00ff',
  'red;background:url(//x)',
  'x'.repeat(300),
  null,
  true,
  [],
  {},
  [1, 'x'],
  [
    [1, 2],
    [3, Number.NaN],
  ],
  [
    [0, 0],
    [5, 5],
  ],
  new Uint8Array([1, 0, 5, 9, 9]),
  new Uint8Array(0),
]

const measure = createApproximateMeasurer()

const draw = (_: unknown, inner: () => void): void => inner()

/** Takes everything and shows nothing; numbers that are none are what it complains about. */
const surface: Surface = {
  transformed: (_origin, _rotation, _pivot, inner) => inner(),
  faded: draw,
  clipped: draw,
  highlighted: (inner) => inner(),
  image: () => false,
  fill: (path) => expect(path.flat().some((part) => Number.isNaN(part))).toBe(false),
  stroke: (path) => expect(path.flat().some((part) => Number.isNaN(part))).toBe(false),
  text: (lines) => expect(lines.some((line) => Number.isNaN(line.x + line.baseline))).toBe(false),
  shadow: () => {},
  scale: 1,
}

const hostileBoard = (random: () => number): Y.Doc => {
  const doc = new Y.Doc()
  const elements = doc.getMap('elements')
  for (const type of kinds.types) {
    const base: Record<string, unknown> = { type, position: [1, 2], size: [10, 20] }
    for (const key of [...Object.keys(kinds.get(type).defaults), 'position', 'size', 'rotation', 'order']) {
      if (random() < 0.3) base[key] = JUNK[Math.floor(random() * JUNK.length)]
    }
    const entry = new Y.Map<unknown>([['base', base]])
    if (random() < 0.5) entry.set('text/1', new Y.Text('some words to wrap'))
    elements.set(type, entry)
  }
  return doc
}

/** Everything that the engine asks of a type. */
const exercise = (element: Element): void => {
  const kind = kinds.get(element.type)
  kind.paint(surface, element, { measure, editing: false })
  kind.hit(element, localPoint(1, 1), 2)
  kind.textSlot(element)
  kind.fitted?.(element, measure)
  kind.resized?.(element, [5, 6])
  const points = kind.points?.(element) ?? []
  if (points.length > 0) kind.movePoint?.(element, 0, localPoint(3, 3))
  expect(Number.isFinite(kind.overhang(element))).toBe(true)
}

describe('hostile elements of every type', () => {
  it.each(seedsOf(3))(
    'M20-M24, CT1, CT2: are read, drawn, hit, changed and turned into JSON (FUZZ_SEED=%i)',
    (seed) => {
      const random = createRandom(seed)
      let shown = 0
      for (let round = 0; round < 100; round++) {
        const store = createBoardStore(hostileBoard(random), kinds)
        for (const element of store.ordered) {
          exercise(element)
          const json: unknown = JSON.parse(JSON.stringify(elementToJson(element)))
          expect(elementFromJson(json, kinds)?.id).toBe(element.id)
          shown += 1
        }
      }
      expect(shown).toBeGreaterThan(100)
    },
  )
})
