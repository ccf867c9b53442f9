import { boxHeight, boxWidth, intersects } from '../geometry/box.ts'
import type { Box } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import { paintedBounds } from '../model/element-index.ts'
import type { KindRegistry } from '../model/kind.ts'
import { compareOrder } from '../model/order.ts'
import type { Shift } from '../model/shift.ts'
import { shiftedBox } from '../model/shifted.ts'
import { back, type FinishedSource, isShifted } from './finished.ts'
import type { TileSource } from './tile-raster.ts'
import type { Viewport } from './viewport.ts'

/** Elements over what moves that are looked at, and that are drawn anew at every movement. */
const MOST_LOOKED_AT = 2000
const MOST_CROSSED = 800

/**
 * The parts of the view where something that stays lies over something that moves as a whole, whose tiles lie over all
 * others. Null where that is so much, and each of it so small, that drawing it at every movement would take too long.
 */
export const crossedRegions = (
  { board, drafted }: FinishedSource,
  kinds: KindRegistry,
  view: Viewport,
): readonly Box[] | null => {
  const { shift } = drafted
  if (!shift) return []
  const regions: Box[] = []
  let count = 0
  const above = stillAbove(board, shift, view)
  if (!above) return null
  for (const element of above) {
    const box = board.boxOf(element.id) ?? paintedBounds(element, kinds)
    if (drafted.hidden.has(element.id) || !intersects(box, view.box)) continue
    const others = board.query(shiftedBox(box, back(shift.delta)))
    const isUnder = (other: Element): boolean =>
      isShifted(drafted, shift, other.id) && compareOrder(other, element) < 0
    if (!others.some(isUnder)) continue
    count += others.length
    if (count > MOST_CROSSED) return null
    regions.push(box)
  }
  return regions
}

interface Parts {
  readonly ordered: readonly Element[]
  /** What moves as a whole and what stays, in drawing order. */
  readonly moving: readonly Element[]
  readonly still: readonly Element[]
  /** How many of what stays lie under all that moves. */
  readonly under: number
}

const parts = new WeakMap<ReadonlySet<ElementId>, Parts>()

/** A board parted into what moves and what stays; kept with the ids for as long as the board is the same. */
export const partsOf = (ordered: readonly Element[], ids: ReadonlySet<ElementId>): Parts => {
  const known = parts.get(ids)
  if (known?.ordered === ordered) return known
  const [moving, still]: [Element[], Element[]] = [[], []]
  let under = 0
  for (const element of ordered) {
    if (ids.has(element.id)) moving.push(element)
    else {
      still.push(element)
      if (moving.length === 0) under++
    }
  }
  const made = { ordered, moving, still, under }
  parts.set(ids, made)
  return made
}

/** Up to so many elements are gone through one by one instead of asking the board for those in a place. */
const FEW = 300

const sourceOf = (
  source: TileSource,
  elements: readonly Element[],
  isPart: (id: ElementId) => boolean,
): TileSource => ({
  ...source,
  ordered: elements,
  hidden: { has: (id) => !isPart(id) || source.hidden.has(id) },
  query: (box) =>
    elements.length <= FEW
      ? elements.filter(({ id }) => {
          const place = source.boxOf(id)
          return place !== undefined && intersects(place, box)
        })
      : source.query(box).filter(({ id }) => isPart(id)),
})

/** What tiles of that which moves as a whole are drawn from. */
export const movingOnly = (source: TileSource, ids: ReadonlySet<ElementId>): TileSource =>
  sourceOf(source, partsOf(source.ordered, ids).moving, (id) => ids.has(id))

/** What tiles of all else are drawn from. */
export const stillOnly = (source: TileSource, ids: ReadonlySet<ElementId>): TileSource =>
  sourceOf(source, partsOf(source.ordered, ids).still, (id) => !ids.has(id))

/** What stays over the lowest of what moves, at least all of it that is in view; null where that is too much to look at. */
const stillAbove = (board: BoardReader, { ids }: Shift, view: Viewport): readonly Element[] | null => {
  const { moving, still, under } = partsOf(board.ordered, ids)
  const [lowest] = moving
  if (still.length - under <= MOST_LOOKED_AT || !lowest) return still.slice(under)
  const bounds = board.bounds()
  if (!bounds) return []
  const share = (boxWidth(view.box) * boxHeight(view.box)) / (boxWidth(bounds) * boxHeight(bounds))
  if (share * board.size > MOST_LOOKED_AT) return null
  return board.query(view.box).filter((element) => !ids.has(element.id) && compareOrder(element, lowest) > 0)
}
