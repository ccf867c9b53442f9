import { boxAt, expand } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { Size, Vec, WorldPoint } from '../../geometry/types.ts'
import { anchorPoint, type Binding } from '../binding.ts'
import type { BoardReader } from '../board.ts'
import { FRAME_TYPE, isBindable } from '../derive.ts'
import type { Element } from '../element.ts'
import type { KindRegistry } from '../kind.ts'
import { placeBeside, type Side, sideVector, takesRoom } from './beside.ts'

/** Board units between what a flowchart grows from and what it grows by, and between those beside each other. */
const LENGTH = 96
const BESIDE = 36
/** Places in one row, and rows, that are tried. */
const MOST_BESIDE = 12
const MOST_ROWS = 4

/** The middle of a side, as an anchor. */
const sideAnchor = (side: Side): Vec => {
  const [x, y] = sideVector[side]
  return [0.5 + x / 2, 0.5 + y / 2]
}

const opposites: Readonly<Record<Side, Side>> = {
  right: 'left',
  below: 'above',
  left: 'right',
  above: 'below',
}

/** Whether a flowchart may grow from it: arrows can be bound to it, and it holds text. */
export const canGrow = (element: Element, kinds: KindRegistry): boolean => {
  const kind = kinds.get(element.type)
  if (!isBindable(kind) || kind.needsText || element.type === FRAME_TYPE) return false
  const slot = kind.textSlot(element)
  return slot !== null && !slot.caption
}

/** 0, 1, -1, 2, -2, …: places in a row spread from the middle. */
const spread = (count: number): number => (count % 2 === 0 ? -count / 2 : (count + 1) / 2)

const placeAt = (element: Element, size: Size, side: Side, row: number, beside: number): WorldPoint => {
  const [x, y] = sideVector[side]
  const aside: Vec = [Math.abs(y) * beside * (size[0] + BESIDE), Math.abs(x) * beside * (size[1] + BESIDE)]
  return placeBeside(element, size, { side, gap: LENGTH, count: row, aside })
}

/** What a person gave an element that says nothing of how it looks. */
const NOT_COPIED: ReadonlySet<string> = new Set(['author', 'seed'])

/** How it looks: its own fields, as far as its type knows them. */
const looks = (element: Element, kinds: KindRegistry): Partial<Element> => {
  const keys = Object.keys(kinds.get(element.type).defaults).filter((key) => !NOT_COPIED.has(key))
  return Object.fromEntries(keys.filter((key) => key in element).map((key) => [key, element[key]]))
}

/** What an arrow takes over from the shape that it comes from. */
const LINE_STYLES = ['stroke', 'strokeWidth', 'roughness', 'opacity'] as const

/** The fields of the next element of a flowchart, and of the arrow that leads to it, once that has an id. */
export interface Growth {
  readonly next: Partial<Element>
  readonly arrow: Partial<Element>
  readonly start: Binding
  /** Where the arrow ends on the next element. */
  readonly endAnchor: Vec
}

/** The arrow that leads out of a side, as far as that is known before it leads anywhere. */
export const arrowFrom = (
  element: Element,
  side: Side,
  kinds: KindRegistry,
): Pick<Growth, 'arrow' | 'start'> => {
  const { styles } = kinds.get(element.type)
  const taken = LINE_STYLES.filter((key) => styles.includes(key))
  const style = Object.fromEntries(taken.map((key) => [key, element[key]]))
  return {
    arrow: { ...style, frame: element.frame },
    start: { element: element.id, anchor: sideAnchor(side), mode: 'outline' },
  }
}

export const sidePoint = (element: Element, side: Side): WorldPoint => anchorPoint(element, sideAnchor(side))

/**
 * Grows a flowchart by an empty element of the same look, at the first place on this side where nothing lies but lines
 * and frames: in front of the side, then beside that to both sides, then further out.
 */
export const growthPlan = (
  element: Element,
  side: Side,
  board: Pick<BoardReader, 'query'>,
  kinds: KindRegistry,
): Growth => {
  const { size, rotation, opacity, frame } = element
  const isFree = (position: WorldPoint): boolean => {
    const bounds = rotation === 0 ? boxAt(position, size) : boundsOf({ position, size, rotation })
    return board
      .query(expand(bounds, BESIDE / 2 - 1))
      .every((other) => other.id === element.id || !takesRoom(other, kinds))
  }
  const position = firstPlace((row, beside) => placeAt(element, size, side, row, beside), isFree)
  return {
    ...arrowFrom(element, side, kinds),
    next: { ...looks(element, kinds), position, size, rotation, opacity, frame },
    endAnchor: sideAnchor(opposites[side]),
  }
}

const firstPlace = (
  at: (row: number, beside: number) => WorldPoint,
  isFree: (position: WorldPoint) => boolean,
): WorldPoint => {
  for (let row = 0; row < MOST_ROWS; row++) {
    for (let count = 0; count < MOST_BESIDE; count++) {
      const place = at(row, spread(count))
      if (isFree(place)) return place
    }
  }
  return at(0, 0)
}
