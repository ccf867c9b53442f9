import { kinds } from '../../whiteboard/elements/index.ts'
import type { Size, Vec } from '../../whiteboard/geometry/types.ts'
import { worldPoint } from '../../whiteboard/geometry/types.ts'
import type { Element, ElementId, OrderKey } from '../../whiteboard/model/element.ts'
import { encodeInk, type InkPoint } from '../../whiteboard/model/ink.ts'
import { keyBetween } from '../../whiteboard/model/order.ts'
import { plainElement } from './plain-element.ts'
import { createRandom } from './random.ts'

export interface MixedSceneOptions {
  readonly count: number
  readonly seed?: number
}

/** Square board units for each element: a window of 1280 by 800 at 100 % holds some 80. */
const ROOM = 12_800

const SHAPES = ['rectangle', 'ellipse', 'diamond'] as const
const STROKES = ['#1e1e1e', '#c2410c', '#15803d', '#1d4ed8', '#7e22ce'] as const
const FILLS = ['#ffd8a8', '#b2f2bb', '#a5d8ff', '#eebefa'] as const
const WORDS = ['plan', 'idea', 'next week', 'ask Ada', 'done?', 'why not', 'launch', 'a longer note'] as const
const INK_POINTS = 40

type Random = () => number
type Fields = Readonly<Record<string, unknown>> & { readonly size: Size }

const pick = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.floor(random() * items.length)] as Item

const between = (low: number, high: number, random: Random): number =>
  Math.round(low + random() * (high - low))

const shape = (random: Random): Fields => ({
  type: pick(SHAPES, random),
  size: [between(60, 200, random), between(40, 140, random)],
  stroke: pick(STROKES, random),
  ...(random() < 0.5 ? { fill: pick(FILLS, random), fillStyle: 'solid' } : {}),
})

const text = (random: Random): Fields => {
  const words = `${pick(WORDS, random)} ${pick(WORDS, random)}`
  return { type: 'text', size: [words.length * 10, 25], stroke: pick(STROKES, random), text: words }
}

const line = (random: Random): Fields => {
  const size: Size = [between(40, 240, random), between(20, 160, random)]
  const points: Vec[] = [[0, 0], ...(random() < 0.3 ? [[size[0], 0] as Vec] : []), size]
  return { type: random() < 0.7 ? 'arrow' : 'line', size, points, stroke: pick(STROKES, random) }
}

/** A wavering stroke, its points moved so that they begin at the origin of its box. */
const stroke = (random: Random): Fields => {
  let [x, y, heading] = [0, 0, random() * 6]
  const points: InkPoint[] = []
  for (let index = 0; index < INK_POINTS; index++) {
    points.push([x, y, 0.4 + 0.2 * random()])
    heading += (random() - 0.5) * 0.9
    x += Math.cos(heading) * 6
    y += Math.sin(heading) * 6
  }
  const left = Math.min(...points.map((point) => point[0]))
  const top = Math.min(...points.map((point) => point[1]))
  const moved = points.map(([px, py, pressure]): InkPoint => [px - left, py - top, pressure])
  const size: Size = [
    Math.max(...moved.map((point) => point[0])),
    Math.max(...moved.map((point) => point[1])),
  ]
  return { type: 'ink', size, ink: encodeInk(moved), stroke: pick(STROKES, random) }
}

const sticky = (random: Random): Fields => ({
  type: 'sticky',
  size: [160, 160],
  fill: pick(FILLS, random),
  text: `${pick(WORDS, random)}, ${pick(WORDS, random)}`,
})

/** 40 % shapes, 20 % text, 20 % arrows and lines, 15 % strokes, 5 % notes. */
const fieldsOf = (random: Random): Fields => {
  const part = random()
  if (part < 0.4) return shape(random)
  if (part < 0.6) return text(random)
  if (part < 0.8) return line(random)
  return part < 0.95 ? stroke(random) : sticky(random)
}

/**
 * What a well filled board looks like: `count` elements of mixed types in drawing order, equally dense however many they
 * are; the same for the same seed.
 */
export const mixedScene = ({ count, seed = 1 }: MixedSceneOptions): Element[] => {
  const random = createRandom(seed)
  const side = Math.sqrt(count * ROOM)
  const elements: Element[] = []
  let order: OrderKey | null = null
  for (let index = 0; index < count; index++) {
    order = keyBetween(order, null)
    const fields = fieldsOf(random)
    const [width, height] = fields.size
    const position = worldPoint(Math.round(random() * (side - width)), Math.round(random() * (side - height)))
    const defaults = kinds.get(String(fields.type)).defaults
    const id = `m${index.toString(36).padStart(11, '0')}` as ElementId
    elements.push(plainElement({ ...defaults, ...fields, id, order, position }))
  }
  return elements
}
