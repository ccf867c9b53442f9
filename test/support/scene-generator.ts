import { radians, worldPoint } from '../../whiteboard/geometry/types.ts'
import type { Element, ElementId, GroupId, OrderKey } from '../../whiteboard/model/element.ts'
import { keyBetween } from '../../whiteboard/model/order.ts'
import { createRandom } from './random.ts'

export interface SceneOptions {
  readonly count: number
  readonly seed?: number
  /** The types to choose from, evenly; by default rectangles only. */
  readonly types?: readonly string[]
  /** Part of the elements that carry a label; by default none. */
  readonly labelled?: number
}

const WORDS = ['plan', 'idea', 'next week', 'ask Ada', 'done?', 'why not', 'launch', 'a longer note to wrap']
const COLORS = ['#1e1e1e', '#c2410c', '#15803d', '#1d4ed8', '#7e22ce']

const choose = <Item>(items: readonly Item[], random: () => number, fallback: Item): Item =>
  items[Math.floor(random() * items.length)] ?? fallback

/** A scene of `count` elements in drawing order, spread so that a screen holds some fifty; the same for the same seed. */
export const generateScene = (options: SceneOptions): Element[] => {
  const random = createRandom(options.seed ?? 1)
  const side = Math.ceil(Math.sqrt(options.count)) * 180
  const elements: Element[] = []
  let order: OrderKey | null = null
  for (let index = 0; index < options.count; index++) {
    order = keyBetween(order, null)
    elements.push({
      id: `e${index.toString(36).padStart(11, '0')}` as ElementId,
      type: choose(options.types ?? [], random, 'rectangle'),
      position: worldPoint(Math.round(random() * side), Math.round(random() * side)),
      size: [40 + Math.round(random() * 160), 40 + Math.round(random() * 120)],
      rotation: radians(random() < 0.1 ? random() * 6 : 0),
      order,
      groups: random() < 0.05 ? [`g${Math.floor(index / 20)}` as GroupId] : [],
      locked: false,
      opacity: 1,
      frame: null,
      link: null,
      text: random() < (options.labelled ?? 0) ? choose(WORDS, random, 'plan') : '',
      stroke: choose(COLORS, random, '#1e1e1e'),
    })
  }
  return elements
}
