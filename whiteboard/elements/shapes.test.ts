import { describe, expect, it } from 'vitest'
import { isInsidePolygon } from '../geometry/distance.ts'
import { localPoint, worldPoint } from '../geometry/types.ts'
import type { Element } from '../model/element.ts'
import type { ElementKind } from '../model/kind.ts'
import type { Path, StrokeStyle, Surface, TextMeasurer } from '../model/surface.ts'
import { kinds } from './index.ts'
import { polygonOf } from './shared/outlines.ts'

const SHAPES = 'rectangle ellipse diamond triangle parallelogram hexagon star cloud cylinder bubble'.split(
  ' ',
)
const CORNERED = SHAPES.filter((type) => kinds.get(type).styles.includes('corner'))

const measure: TextMeasurer = { width: (text, _, size) => text.length * size * 0.5 }

const make = (kind: ElementKind, fields: object = {}): Element =>
  ({
    id: 'element00001',
    type: kind.type,
    position: worldPoint(0, 0),
    size: [200, 120],
    rotation: 0,
    text: '',
    ...kind.defaults,
    ...fields,
  }) as unknown as Element

interface Drawn {
  readonly kind: 'fill' | 'stroke'
  readonly path: Path
  readonly width: number
}

const drawn = (kind: ElementKind, element: Element, scale = 1): Drawn[] => {
  const calls: Drawn[] = []
  const surface: Surface = {
    scale,
    transformed: (_origin, _rotation, _pivot, draw) => draw(),
    faded: (_opacity, draw) => draw(),
    clipped: (_path, draw) => draw(),
    highlighted: (draw) => draw(),
    image: () => false,
    fill: (path) => void calls.push({ kind: 'fill', path, width: 0 }),
    stroke: (path, { width }: StrokeStyle) => void calls.push({ kind: 'stroke', path, width }),
    text: () => undefined,
    shadow: () => undefined,
  }
  kind.paint(surface, element, { measure, editing: false })
  return calls
}

describe.each(SHAPES)('%s', (type) => {
  const kind = kinds.get(type)
  const outline = (element: Element) => kind.outline?.(element) ?? []

  it('fills its box from edge to edge', () => {
    const points = outline(make(kind, { corner: 0 }))
    for (const [axis, side] of [200, 120].entries()) {
      const values = points.map((point) => point[axis] as number)
      expect(Math.min(...values)).toBeCloseTo(0, 0)
      expect(Math.max(...values)).toBeCloseTo(side, 0)
    }
  })

  it('has room for text inside of its outline, as it stands and turned over', () => {
    for (const flipped of [false, true]) {
      const element = make(kind, { flippedX: flipped, flippedY: flipped, size: [300, 220] })
      const box = kind.textSlot(element)?.box
      if (!box) throw new Error('It has no room for text')
      const middle = [(box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2] as const
      const sides = [
        [box.minX, middle[1]],
        [box.maxX, middle[1]],
        [middle[0], box.minY],
        [middle[0], box.maxY],
      ] as const
      for (const side of sides) expect(isInsidePolygon(side, outline(element))).toBe(true)
    }
  })

  it('has its text at the top, in the middle or at the bottom', () => {
    for (const verticalAlign of ['top', 'middle', 'bottom']) {
      expect(kind.textSlot(make(kind, { verticalAlign }))?.vertical).toBe(verticalAlign)
    }
  })

  it.each(['solid', 'semi', 'hachure', 'cross-hatch'])('is hit inside when its fill is %s', (fillStyle) => {
    const inside = localPoint(100, 62)
    expect(kind.hit(make(kind, { fillStyle }), inside, 3)).toBe(true)
    expect(kind.hit(make(kind), inside, 3)).toBe(false)
  })

  it.each([0, 1, 2])('keeps all of its ink within its overhang (roughness %d)', (roughness) => {
    const element = make(kind, { roughness, fillStyle: 'cross-hatch', strokeWidth: 4 })
    const reach = kind.overhang(element)
    for (const { path, width } of drawn(kind, element)) {
      for (const [axis, side] of [200, 120].entries()) {
        const values = polygonOf(path).map((point) => point[axis] as number)
        expect(Math.min(...values) - width / 2).toBeGreaterThanOrEqual(-reach)
        expect(Math.max(...values) + width / 2).toBeLessThanOrEqual(side + reach)
      }
    }
  })

  it('draws the same paths again when it was only moved or recoloured', () => {
    const style = { roughness: 1, fillStyle: 'hachure' }
    const first = drawn(kind, make(kind, style))
    const again = drawn(kind, make(kind, { ...style, position: worldPoint(50, 9), stroke: '#ff0000' }))
    expect(again.map(({ path }) => path)).toEqual(first.map(({ path }) => path))
    again.forEach(({ path }, index) => {
      expect(path).toBe(first[index]?.path)
    })
  })

  it('is drawn clean where an unsteady hand could not be seen', () => {
    const rough = drawn(kind, make(kind, { roughness: 2 }), 0.05)
    expect(rough).toEqual(drawn(kind, make(kind), 0.05))
    expect(drawn(kind, make(kind, { roughness: 2 }))).not.toEqual(drawn(kind, make(kind)))
  })

  it('has hatch lines inside only, and an even tint where they would run together', () => {
    const element = make(kind, { fillStyle: 'hachure', corner: 0 })
    const [lines] = drawn(kind, element)
    expect(lines?.kind).toBe('stroke')
    expect(lines?.path.length).toBeGreaterThan(10)
    const points = outline(element)
    lines?.path.forEach((to, index) => {
      const from = lines.path[index - 1]
      if (to[0] !== 'L' || from?.[0] !== 'M') return
      expect(isInsidePolygon([(from[1] + to[1]) / 2, (from[2] + to[2]) / 2], points)).toBe(true)
    })
    expect(drawn(kind, element, 0.2)[0]?.kind).toBe('fill')
  })

  it('never has more hatch lines than can be drawn at once', () => {
    const huge = make(kind, { fillStyle: 'cross-hatch', size: [1e6, 1e6] })
    expect(drawn(kind, huge)[0]?.path.length).toBeLessThan(20_000)
  })

  it('turned over twice is as it was', () => {
    const element = make(kind)
    const once = { ...element, ...kind.mirrored?.(element, true, true) } as Element
    const twice = { ...once, ...kind.mirrored?.(once, true, true) } as Element
    expect(drawn(kind, twice)).toEqual(drawn(kind, element))
  })
})

it.each(CORNERED)('%s has sharp corners, its own or those that were chosen', (type) => {
  const kind = kinds.get(type)
  const paths = [0, null, 30].map((corner) => drawn(kind, make(kind, { corner }))[0]?.path)
  expect(new Set(paths).size).toBe(3)
  expect(paths[0]?.every(([letter]) => letter !== 'C' && letter !== 'Q')).toBe(true)
  expect(paths[2]?.some(([letter]) => letter === 'C' || letter === 'Q')).toBe(true)
})

it.each(['triangle', 'bubble', 'parallelogram', 'cylinder'])('%s looks different turned over', (type) => {
  const kind = kinds.get(type)
  const element = make(kind)
  const turned = { ...element, ...kind.mirrored?.(element, type !== 'triangle', type !== 'parallelogram') }
  expect(drawn(kind, turned as Element)).not.toEqual(drawn(kind, element))
})

it('CT3: a polygon of thousands of random corners never has more hatch lines than can be drawn at once', () => {
  const points = Array.from({ length: 2_000 }, (_, n) => [(n * 7919) % 10_007, (n * n * 31) % 10_009])
  const ragged = { points, closed: true, fillStyle: 'cross-hatch', size: [1e4, 1e4], strokeWidth: 0 }
  const line = kinds.get('line')
  const [hatching] = drawn(line, make(line, { ...ragged, route: 'straight' }))
  expect(hatching?.path.length).toBeGreaterThan(100)
  expect(hatching?.path.length).toBeLessThan(45_000)
})
