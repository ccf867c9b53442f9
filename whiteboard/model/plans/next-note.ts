import { boxAt, expand, intersects } from '../../geometry/box.ts'
import { boundsOf } from '../../geometry/transform.ts'
import type { Box, Size, Vec, WorldPoint } from '../../geometry/types.ts'
import type { BoardReader } from '../board.ts'
import type { Element } from '../element.ts'
import type { KindRegistry } from '../kind.ts'
import { placeBeside, type Side, sideVector, takesRoom } from './beside.ts'

/** Board units between two notes in a row. */
const NOTE_GAP = 20
/** Places that are tried, one behind the other. */
const MOST_PLACES = 60

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
  const isBeside = sideVector[side][0] !== 0
  const aside: Vec = isBeside ? [0, (size[1] - note.size[1]) / 2] : [0, 0]
  return placeBeside(note, size, { side, gap: NOTE_GAP, count, aside })
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
    other.id !== note.id && takesRoom(other, kinds) && intersects(boundsOf(other), box)
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
