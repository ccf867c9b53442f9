import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import { type Box, type Size, type WorldPoint, worldPoint } from '../../geometry/types.ts'

/** Part of the view that what is brought may take. */
const SHARE = 0.6
/** Board units between them. */
const GAP = 24
/** Pictures in one row. */
const MOST_IN_ROW = 6

export interface Laid {
  readonly position: WorldPoint
  readonly size: Size
}

/** Never larger than it is. */
const fitting = ([width, height]: Size, room: Size): Size => {
  const scale = Math.min(1, room[0] / width, room[1] / height)
  return [width * scale, height * scale]
}

interface Row {
  readonly sizes: readonly Size[]
  readonly width: number
  readonly height: number
}

const rowOf = (sizes: readonly Size[]): Row => ({
  sizes,
  width: sizes.reduce((sum, [width]) => sum + width, GAP * (sizes.length - 1)),
  height: Math.max(...sizes.map(([, height]) => height)),
})

/** From left to right, their middles in line. */
const placedRow = ({ sizes, width, height }: Row, middle: number, top: number): Laid[] => {
  let left = middle - width / 2
  return sizes.map((size) => {
    const position = worldPoint(left, top + (height - size[1]) / 2)
    left += size[0] + GAP
    return { position, size }
  })
}

/**
 * Lays pictures out side by side round `center`, in rows where they are many, so that all of them together take no more
 * than a part of `view`.
 *
 * @param sizes in board units at which each would be shown alone
 */
export const layOut = (sizes: readonly Size[], center: WorldPoint | null, view: Box): Laid[] => {
  if (sizes.length === 0) return []
  const columns = Math.min(sizes.length, MOST_IN_ROW)
  const rowCount = Math.ceil(sizes.length / columns)
  const room: Size = [
    Math.max(16, (boxWidth(view) * SHARE - GAP * (columns - 1)) / columns),
    Math.max(16, (boxHeight(view) * SHARE - GAP * (rowCount - 1)) / rowCount),
  ]
  const fitted = sizes.map((size) => fitting(size, room))
  const rows = Array.from({ length: rowCount }, (_, row) =>
    rowOf(fitted.slice(row * columns, (row + 1) * columns)),
  )
  const height = rows.reduce((sum, row) => sum + row.height, GAP * (rowCount - 1))
  const [x, y] = center ?? boxCenter(view)
  let top = y - height / 2
  return rows.flatMap((row) => {
    const placed = placedRow(row, x, top)
    top += row.height + GAP
    return placed
  })
}
