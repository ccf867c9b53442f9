import { boxAt, expand, intersects } from '../../geometry/box.ts'
import { boundsOf, centerOf } from '../../geometry/transform.ts'
import { type Box, type Size, type Vec, type WorldPoint, worldPoint } from '../../geometry/types.ts'
import { add, rotateAround } from '../../geometry/vector.ts'
import type { BoardReader } from '../board.ts'
import { FRAME_TYPE } from '../derive.ts'
import type { Element } from '../element.ts'
import type { KindRegistry } from '../kind.ts'

/** The side of an element on which another is put. */
export type Side = 'right' | 'below' | 'left' | 'above'

/** Board units between two notes in a row. */
const NOTE_GAP = 20
/** Places that are tried, one behind the other. */
const MOST_PLACES = 60

const directions: Readonly<Record<Side, Vec>> = {
  right: [1, 0],
  below: [0, 1],
  left: [-1, 0],
  above: [0, -1],
}

/** What a note beside another takes over from it. */
const COPIED = [
  'fill',
  'fontFamily',
  'fontSize',
  'textAlign',
  'verticalAlign',
  'opacity',
  'frame',
  'rotation',
]

const sizeOf = ({ size, minHeight }: Element): Size => [
  size[0],
  typeof minHeight === 'number' && minHeight > 0 ? Math.min(minHeight, size[1]) : size[1],
]

/** The top left corner of the `count`th place on this side, tops or left edges in line with the note's. */
const placeAt = (note: Element, size: Size, side: Side, count: number): WorldPoint => {
  const [x, y] = directions[side]
  const [width, height] = note.size
  const along: Vec = [
    x * ((width + size[0]) / 2 + NOTE_GAP + count * (size[0] + NOTE_GAP)),
    y * ((height + size[1]) / 2 + NOTE_GAP + count * (size[1] + NOTE_GAP)),
  ]
  const inLine: Vec = x === 0 ? [0, 0] : [0, (size[1] - height) / 2]
  const center = centerOf(note)
  const [atX, atY] = rotateAround(add(center, add(along, inLine)), center, note.rotation)
  return worldPoint(atX - size[0] / 2, atY - size[1] / 2)
}

/**
 * The fields of an empty note of the same kind and look beside a note: at the first place in that direction where
 * nothing lies but lines and frames.
 */
export const nextNote = (
  note: Element,
  side: Side,
  board: Pick<BoardReader, 'query'>,
  kinds: KindRegistry,
): Partial<Element> => {
  const size = sizeOf(note)
  const isTaken = (box: Box, other: Element): boolean =>
    other.id !== note.id &&
    other.type !== FRAME_TYPE &&
    kinds.get(other.type).resize !== 'points' &&
    intersects(boundsOf(other), box)
  const isFree = (box: Box): boolean => !board.query(box).some((other) => isTaken(expand(box, -1), other))
  const copied = Object.fromEntries(COPIED.filter((key) => key in note).map((key) => [key, note[key]]))
  const at = (count: number): Partial<Element> => ({
    ...copied,
    position: placeAt(note, size, side, count),
    size,
    minHeight: size[1],
  })
  for (let count = 0; count < MOST_PLACES; count++) {
    const fields = at(count)
    const bounds =
      note.rotation === 0 && fields.position
        ? boxAt(fields.position, size)
        : boundsOf({ ...note, ...fields } as Element)
    if (isFree(bounds)) return fields
  }
  return at(0)
}
