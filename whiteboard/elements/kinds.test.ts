import { describe, expect, it, vi } from 'vitest'
import { plainElement } from '../../test/support/plain-element.ts'
import { elementToWorld } from '../geometry/transform.ts'
import { localPoint, radians, type Size, worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import { encodeInk } from '../model/ink.ts'
import type { ElementKind } from '../model/kind.ts'
import type { Surface, TextMeasurer } from '../model/surface.ts'
import { kinds } from './index.ts'

/** Every letter is half as wide as it is high. */
const measure: TextMeasurer = { width: (text, _, size) => text.length * size * 0.5 }
const context = { measure, editing: false }

const points = [
  [0, 0],
  [50, 80],
  [100, 20],
]
const packed = encodeInk([
  [0, 0, 0.2],
  [40, 60, 0.9],
  [100, 80, 0.4],
])
const samples: Readonly<Record<string, Record<string, unknown>>> = {
  line: { points },
  image: { asset: 'a'.repeat(64), natural: [400, 320], crop: [10, 20, 300, 200], corner: 12 },
  arrow: { points, startHead: 'dot', endHead: 'triangle' },
  ink: { ink: packed },
  highlighter: { ink: packed },
}

const make = (type: string, fields: Record<string, unknown> = {}): Element => {
  const kind = kinds.get(type)
  const parsed = kind.parse({ ...kind.defaults, ...samples[type], ...fields })
  return plainElement({ position: worldPoint(10, 20), size: [100, 80], ...fields, ...parsed, type })
}

/** Runs all drawing and keeps the numbers that came. */
const recorder = (scale = 1) => {
  const numbers: number[] = []
  const calls: string[] = []
  const note = (name: string, value: unknown): void => {
    calls.push(name)
    JSON.stringify(value, (_, inner) => {
      if (typeof inner === 'number') numbers.push(inner)
      return inner
    })
  }
  const surface: Surface = {
    scale,
    transformed: (_origin, _rotation, _pivot, draw) => draw(),
    faded: (_opacity, draw) => draw(),
    clipped: (_path, draw) => draw(),
    highlighted: (draw) => draw(),
    image: () => false,
    fill: (path) => note('fill', path),
    stroke: (path, style) => note('stroke', [path, style.width]),
    text: (lines, style) => note('text', [lines, style.size]),
    shadow: (path) => note('shadow', path),
  }
  return { surface, numbers, calls }
}

const hostile: readonly unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -1e308,
  10n,
  '12',
  'red;background:url(//x)',
  '__proto__',
  [],
  [[Number.NaN, 1], 'x', [1]],
  { length: 5 },
  new Uint8Array([255, 255, 255, 255]),
  new Uint8Array(2_000_000),
  () => 1,
]

describe('from afar', () => {
  it.each(['line', 'arrow', 'ink'])('%s still goes from where it begins to where it ends', (type) => {
    const { surface, numbers } = recorder(0.05)
    const ends = (paint: ElementKind['paint'] | undefined): number[] => {
      numbers.length = 0
      paint?.(surface, make(type), context)
      return [...numbers.slice(0, 2), ...numbers.slice(-3, -1)]
    }
    const { paintSmall } = kinds.get(type)
    expect(ends(paintSmall)).toEqual([0, 0, 100, type === 'ink' ? 80 : 20])
  })
})

describe('the registry', () => {
  it('answers with the placeholder for types it does not know, inherited names included', () => {
    for (const type of ['mystery', '', '__proto__', 'constructor', 'toString']) {
      expect(kinds.has(type)).toBe(false)
      expect(kinds.get(type).type).toBe('placeholder')
    }
  })
})

describe.each(kinds.types)('%s', (type) => {
  const kind: ElementKind = kinds.get(type)

  it('heals or refuses hostile values in every field, and draws what is left', () => {
    for (const key of [...Object.keys(kind.defaults), 'points', 'ink', 'text']) {
      for (const value of hostile) {
        const parsed = kind.parse({ ...kind.defaults, ...samples[type], [key]: value })
        if (parsed === null) continue
        const element = { ...make(type), ...parsed }
        const { surface, numbers } = recorder()
        kind.paint(surface, element, context)
        kind.paintSmall?.(surface, element, context)
        kind.hit(element, localPoint(5, 5), 2)
        expect(kind.overhang(element), key).toBeLessThan(10_000)
        expect(numbers.every(Number.isFinite), `${key}: ${String(value)}`).toBe(true)
      }
    }
  })

  it('draws at any size and scale with finite numbers', () => {
    const sizes: Size[] = [
      [0, 0],
      [1e6, 1e6],
      [0, 300],
      [0.001, 1e6],
    ]
    for (const size of sizes) {
      for (const scale of [0.001, 1, 100]) {
        const { surface, numbers } = recorder(scale)
        const element = make(type, { size, text: 'Some text' })
        kind.paint(surface, element, context)
        kind.paintSmall?.(surface, element, context)
        expect(numbers.every(Number.isFinite)).toBe(true)
      }
    }
  })

  it('does not draw its text while it is typed into', () => {
    const { surface, calls } = recorder()
    const typed = { measure, editing: true }
    kind.paint(surface, make(type, { text: 'words' }), typed)
    kind.paintSmall?.(surface, make(type, { text: 'words' }), typed)
    expect(calls).not.toContain('text')
  })

  it('is not hit far away', () => {
    expect(kind.hit(make(type), localPoint(400, 400), 5)).toBe(false)
  })
})

describe('outlined shapes', () => {
  const [width, height] = [100, 80]

  it.each(['rectangle', 'diamond', 'ellipse'])(
    '%s is hit on its outline, and inside only when filled',
    (type) => {
      const kind = kinds.get(type)
      const empty = make(type)
      const top = localPoint(width / 2, 0)
      const middle = localPoint(width / 2, height / 2)
      expect(kind.hit(empty, top, 3)).toBe(true)
      expect(kind.hit(empty, middle, 3)).toBe(false)
      expect(kind.hit(make(type, { fillStyle: 'solid' }), middle, 3)).toBe(true)
      expect(kind.hit(make(type, { text: 'label' }), middle, 3)).toBe(true)
    },
  )

  it.each(['diamond', 'ellipse'])('%s is not hit in the corners of its box', (type) => {
    expect(kinds.get(type).hit(make(type, { fillStyle: 'solid' }), localPoint(3, 3), 2)).toBe(false)
  })

  it('grow with text that no longer fits, and only then', () => {
    const kind = kinds.get('rectangle')
    expect(kind.fitted?.(make('rectangle', { text: 'short' }), measure)).toEqual({})
    const full = make('rectangle', { text: 'many words '.repeat(12) })
    const grown = { ...full, ...kind.fitted?.(full, measure) } as Element
    expect(grown.size[0]).toBe(100)
    expect(grown.size[1]).toBeGreaterThan(80)
  })
})

describe('a word too long for its shape', () => {
  it('makes a small note broader, and leaves one of the usual size as it is', () => {
    const kind = kinds.get('sticky')
    const small = make('sticky', { size: [40, 40], minHeight: 40, text: 'word' })
    const grown = { ...small, ...kind.fitted?.(small, measure) } as Element
    expect(grown.size[0]).toBeCloseTo(4 * 22 * 0.6 * 0.5 + 32)
    const usual = make('sticky', { size: [200, 200], text: 'x'.repeat(80) })
    expect(kind.fitted?.(usual, measure)?.size ?? usual.size).toEqual([200, expect.any(Number)])
  })

  it.each(['rectangle', 'diamond', 'ellipse'])('makes a %s broader to both sides, within limits', (type) => {
    const kind = kinds.get(type)
    const narrow = make(type, { size: [60, 60], text: 'unbreakable' })
    const grown = { ...narrow, ...kind.fitted?.(narrow, measure) } as Element
    expect(grown.size[0]).toBeGreaterThan(100)
    expect(grown.position[0] + grown.size[0] / 2).toBeCloseTo(narrow.position[0] + 30)
    expect(kind.fitted?.(grown, measure)).toEqual({})
    const endless = make(type, { size: [60, 60], text: 'x'.repeat(5000) })
    const limited = { ...endless, ...kind.fitted?.(endless, measure) } as Element
    expect(limited.size[0]).toBeLessThan(700)
  })
})

describe('lines and arrows', () => {
  const kind = kinds.get('line')

  it('are refused without two points', () => {
    expect(kind.parse({ points: [[0, 0]] })).toBeNull()
    expect(kind.parse({})).toBeNull()
  })

  it('are drawn scaled to their box', () => {
    const line = make('line', {
      points: [
        [0, 0],
        [10, 10],
      ],
      size: [100, 50],
    })
    expect(kind.points?.(line).slice(0, 2)).toEqual([
      [0, 0],
      [100, 50],
    ])
  })

  it.each([0, 0.7, 3])('keep their other points in place when one is moved (turned by %d)', (angle) => {
    const line = make('line', { points, size: [100, 80], rotation: radians(angle) })
    const before =
      kind
        .points?.(line)
        .slice(0, 3)
        .map((point) => elementToWorld(line, point)) ?? []
    const target = elementToWorld(line, localPoint(-60, 200))
    const moved = { ...line, ...kind.movePoint?.(line, 0, localPoint(-60, 200)) } as Element
    const after =
      kind
        .points?.(moved)
        .slice(0, 3)
        .map((point) => elementToWorld(moved, point)) ?? []
    const expected = [target, before[1], before[2]]
    after.forEach((point, index) => {
      expect(point[0]).toBeCloseTo(expected[index]?.[0] ?? Number.NaN, 6)
      expect(point[1]).toBeCloseTo(expected[index]?.[1] ?? Number.NaN, 6)
    })
  })

  it('get a new corner where the middle of a piece is pulled', () => {
    const line = make('line', {
      points: [
        [0, 0],
        [100, 0],
      ],
      size: [100, 0],
    })
    expect(kind.cornerCount?.(line)).toBe(2)
    expect(kind.points?.(line)).toHaveLength(3)
    const bent = { ...line, ...kind.movePoint?.(line, 2, localPoint(50, 40)) } as Element
    expect(kind.cornerCount?.(bent)).toBe(3)
    expect(bent.size).toEqual([100, 40])
    expect(kind.movePoint?.(line, 7, localPoint(0, 0))).toEqual({})
  })

  it('are hit along their ink, not beside it', () => {
    const line = make('line', {
      points: [
        [0, 0],
        [100, 80],
      ],
      size: [100, 80],
    })
    expect(kind.hit(line, localPoint(50, 42), 3)).toBe(true)
    expect(kind.hit(line, localPoint(80, 20), 3)).toBe(false)
  })

  it('let their curves stay within their overhang', () => {
    const curve = make('line', {
      points: [
        [0, 0],
        [10, 100],
        [20, 0],
        [30, 100],
      ],
      size: [30, 100],
    })
    const { surface, numbers } = recorder()
    kind.paint(surface, curve, context)
    const reach = kind.overhang(curve)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-reach)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(100 + reach)
  })
})

describe('ink', () => {
  const kind = kinds.get('ink')

  it('stays within its overhang, also between points that lie far apart', () => {
    const stroke = encodeInk([
      [0, 0, 0.5],
      [200, 0, 0.5],
      [200, 200, 0.5],
      [0, 200, 0.5],
    ])
    const element = make('ink', { ink: stroke, size: [200, 200] })
    const { surface, numbers } = recorder()
    kind.paint(surface, element, context)
    const reach = kind.overhang(element)
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-reach)
    expect(Math.max(...numbers)).toBeLessThanOrEqual(200 + reach)
    expect(Math.max(...numbers)).toBeGreaterThan(195)
  })

  it('makes a dot of a tap', () => {
    const element = make('ink', { ink: encodeInk([[0, 0, 0.5]]), size: [0, 0] })
    const { surface, calls, numbers } = recorder()
    kind.paint(surface, element, context)
    expect(calls).toEqual(['fill'])
    expect(Math.max(...numbers)).toBeGreaterThan(1)
    expect(kind.hit(element, localPoint(1, 1), 0)).toBe(true)
  })

  it('is drawn from the same outline while it only moves', () => {
    const element = make('ink')
    const paths: unknown[] = []
    const { surface } = recorder()
    const fill = vi.spyOn(surface, 'fill').mockImplementation((path) => void paths.push(path))
    kind.paint(surface, element, context)
    kind.paint(surface, { ...element, position: worldPoint(500, 0) }, context)
    expect(fill).toHaveBeenCalledTimes(2)
    expect(paths[0]).toBe(paths[1])
  })
})

describe('text', () => {
  const kind = kinds.get('text')
  const sized = (element: Element): Element => ({ ...element, ...kind.fitted?.(element, measure) }) as Element

  it('is as large as what is written', () => {
    const fitted = sized(make('text', { text: 'hello' }))
    expect(fitted.size[0]).toBeCloseTo(5 * 20 * 0.5)
    expect(fitted.size[1]).toBeCloseTo(25)
    expect(kind.fitted?.(fitted, measure)).toEqual({})
  })

  it.each([
    ['left', 0],
    ['center', 0.5],
    ['right', 1],
  ])('grows away from the side it is aligned to (%s), turned or not', (textAlign, part) => {
    for (const rotation of [0, 1.1]) {
      const before = sized(make('text', { text: 'ab', textAlign, rotation: radians(rotation) }))
      const after = sized({ ...before, text: 'abcdefgh' })
      const anchor = (element: Element) => elementToWorld(element, localPoint(element.size[0] * part, 0))
      expect(anchor(after)[0]).toBeCloseTo(anchor(before)[0], 6)
      expect(anchor(after)[1]).toBeCloseTo(anchor(before)[1], 6)
    }
  })

  it('scales its letters with its corners and wraps at its sides', () => {
    const element = sized(make('text', { text: 'hello there' }))
    const [width, height] = element.size
    expect(kind.resized?.(element, [width * 2, height * 2])).toEqual({ fontSize: 40 })
    const patch = kind.resized?.(element, [width * 0.6, height])
    expect(patch).toEqual({ autoWidth: false })
    const narrow = sized({ ...element, ...patch, size: [width * 0.6, height] })
    expect(narrow.size[1]).toBeCloseTo(50)
  })
})

describe('a sticky note', () => {
  const kind = kinds.get('sticky')

  it('takes the height it is resized to as its own', () => {
    expect(kind.resized?.(make('sticky'), [300, 120])).toEqual({ minHeight: 120 })
  })
})
