import { kinds } from '../../whiteboard/elements/index.ts'
import { HEADS } from '../../whiteboard/elements/shared/fields.ts'
import { radians, worldPoint } from '../../whiteboard/geometry/types.ts'
import type { Element, ElementId, GroupId } from '../../whiteboard/model/element.ts'
import { encodeInk, type InkPoint } from '../../whiteboard/model/ink.ts'
import { plainElement } from './plain-element.ts'

/** A number below a limit, the same for the same seed. */
export type Below = (limit: number) => number

const pick = <Item>(items: readonly [Item, ...Item[]] | readonly Item[], below: Below): Item =>
  items[below(items.length)] as Item

const COLORS = ['#1e1e1e', '#c2410c', '#15803d', '#1d4ed8', '#ffe48a']
const WORDS = [
  '',
  'plan',
  'a longer label that has to wrap somewhere',
  'zwei\nZeilen',
  '会議',
  'שלום',
  '👩‍👩‍👧 ok',
]

/** Some values of every style, and of other fields that types may have. */
export const fieldValues: Readonly<Record<string, readonly unknown[]>> = {
  stroke: COLORS,
  fill: COLORS,
  fillStyle: ['none', 'solid', 'semi', 'hachure', 'cross-hatch'],
  strokeWidth: [1, 2, 4, 9],
  dash: ['solid', 'dashed', 'dotted'],
  opacity: [1, 0.5, 0.1],
  fontFamily: ['hand', 'sans', 'serif', 'mono'],
  fontSize: [12, 20, 36],
  textAlign: ['left', 'center', 'right'],
  verticalAlign: ['top', 'middle', 'bottom'],
  roughness: [0, 1, 2],
  corner: [null, 0, 12],
  route: ['straight', 'curved', 'elbow'],
  penWidth: ['variable', 'constant'],
  startHead: HEADS,
  endHead: HEADS,
  closed: [false, true],
  flippedX: [false, true],
  autoWidth: [false, true],
}

const inkOf = (below: Below): Uint8Array => {
  const points: InkPoint[] = []
  let [x, y] = [0, 0]
  for (let count = 2 + below(40); count > 0; count--) {
    points.push([x, y, below(10) / 10])
    x += below(21) - 10
    y += below(21) - 10
  }
  return encodeInk(points)
}

const pointsOf = (below: Below, width: number, height: number): readonly (readonly [number, number])[] => [
  [0, 0],
  ...Array.from({ length: below(3) }, () => [below(width), below(height)] as const),
  [width, height],
]

const boundEnd = (below: Below, targets: readonly ElementId[]): unknown =>
  targets.length === 0 || below(2) === 0
    ? null
    : {
        element: pick(targets, below),
        anchor: [below(11) / 10, below(11) / 10],
        mode: pick(['outline', 'inside'], below),
      }

/** What a type needs besides a box, where it has it. */
const ownFields = (
  type: string,
  [width, height]: readonly [number, number],
  below: Below,
  targets: readonly ElementId[],
): Partial<Element> => {
  const { defaults } = kinds.get(type)
  return {
    ...('points' in defaults || type === 'line' || type === 'arrow'
      ? { points: pointsOf(below, width, height) }
      : {}),
    ...(type === 'ink' || type === 'highlighter' ? { ink: inkOf(below) } : {}),
    ...(type === 'arrow' ? { start: boundEnd(below, targets), end: boundEnd(below, targets) } : {}),
    ...(type === 'image' ? { asset: 'ab'.repeat(32), natural: [400, 300] } : {}),
  }
}

/**
 * `count` elements of all types, in all styles: groups in groups, some locked, some turned, arrows bound to those before
 * them, things in frames. For `Editor.create`; the same for the same random numbers.
 */
export const varietyOf = (count: number, below: Below): Partial<Element>[] => {
  const elements: Partial<Element>[] = []
  const ids: ElementId[] = []
  const frames: ElementId[] = []
  for (let index = 0; index < count; index++) {
    const type = kinds.types[index % kinds.types.length] ?? 'rectangle'
    const kind = kinds.get(type)
    const size = [20 + below(160), 20 + below(120)] as const
    const styles = kind.styles.filter(() => below(3) === 0)
    const id = `v${index}-${below(1e6)}` as ElementId
    elements.push({
      id,
      type,
      position: worldPoint(below(800), below(600)),
      size,
      ...(kind.upright || below(4) > 0 ? {} : { rotation: radians(below(6)) }),
      ...(below(5) === 0 ? { groups: groupsOf(below) } : {}),
      ...(below(12) === 0 ? { locked: true } : {}),
      ...(kind.textSlot(plainOf(type, size)) && below(2) === 0 ? { text: pick(WORDS, below) } : {}),
      ...(type !== 'frame' && frames.length > 0 && below(4) === 0 ? { frame: pick(frames, below) } : {}),
      ...Object.fromEntries(styles.map((key) => [key, pick(fieldValues[key] ?? [0], below)])),
      ...ownFields(type, size, below, ids),
    })
    ids.push(id)
    if (type === 'frame') frames.push(id)
  }
  return elements
}

const groupsOf = (below: Below): readonly GroupId[] => {
  const outer = `outer${below(2)}` as GroupId
  return below(2) === 0 ? [outer] : [`inner${below(3)}` as GroupId, outer]
}

/** Enough of an element to ask its type whether it is written on. */
const plainOf = (type: string, size: readonly [number, number]): Element =>
  plainElement({
    ...kinds.get(type).defaults,
    type,
    size,
    points: [
      [0, 0],
      [1, 1],
    ],
  })
