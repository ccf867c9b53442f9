import { boxCenter, boxHeight, boxWidth, unionAll } from '../../geometry/box.ts'
import { clamp } from '../../geometry/clamp.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import type { Patches } from '../element.ts'
import { moveUnits, type Unit } from './units.ts'

/** The distance, in board units, where there is none to go by, and the bounds of one that is taken from what is there. */
const GAP = { usual: 20, least: 8, most: 200 } as const

/**
 * Puts units into a grid, as near to how they lie as a grid can be: rows from top to bottom, in each from left to right,
 * each in the middle of its cell. Columns are as wide and rows as high as their largest; the top left corner stays.
 */
export const tidyPlan = (units: readonly Unit[]): Patches => {
  const all = unionAll(units.map(({ box }) => box))
  if (!all || units.length < 2) return new Map()
  const found = rowsOf(units)
  const columns = isGrid(found) ? (found[0]?.length ?? 1) : Math.ceil(Math.sqrt(units.length))
  const rows = chunks(found.flat(), columns)
  const gap = isGrid(found) ? usualGap(found) : GAP.usual
  const widths = Array.from({ length: columns }, (_, column) =>
    largest(
      rows.map((row) => row[column]),
      ({ box }) => boxWidth(box),
    ),
  )
  const heights = rows.map((row) => largest(row, ({ box }) => boxHeight(box)))
  const [xs, ys] = [middles(all.minX, widths, gap), middles(all.minY, heights, gap)]
  return moveUnits(rows.flat(), ({ box }, index): Vec => {
    const [x, y] = boxCenter(box)
    return [(xs[index % columns] ?? x) - x, (ys[Math.floor(index / columns)] ?? y) - y]
  })
}

/** Units whose middle lies beside the first of a row belong to it; each row from the left. */
const rowsOf = (units: readonly Unit[]): readonly (readonly Unit[])[] => {
  const rows: Unit[][] = []
  const middle = ({ box }: Unit): number => boxCenter(box)[1]
  for (const unit of [...units].sort((a, b) => middle(a) - middle(b))) {
    const row = rows.at(-1)
    const first = row?.[0]
    const reach = first ? Math.max(boxHeight(first.box), boxHeight(unit.box)) / 2 : 0
    if (row && first && middle(unit) - middle(first) < reach) row.push(unit)
    else rows.push([unit])
  }
  return rows.map((row) => row.sort((a, b) => a.box.minX - b.box.minX))
}

/** Whether all rows but the last are as long as each other, and that one not longer. */
const isGrid = (rows: readonly (readonly Unit[])[]): boolean => {
  const [first, ...others] = rows.map((row) => row.length)
  const last = others.pop() ?? 0
  return first !== undefined && last <= first && others.every((length) => length === first)
}

const chunks = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )

const largest = (units: readonly (Unit | undefined)[], side: (unit: Unit) => number): number =>
  Math.max(0, ...units.map((unit) => (unit ? side(unit) : 0)))

/** The middle of each cell along an axis. */
const middles = (from: number, lengths: readonly number[], gap: number): readonly number[] => {
  let start = from
  return lengths.map((length) => {
    const middle = start + length / 2
    start += length + gap
    return middle
  })
}

/** The median of the distances that there are between columns and between rows. */
const usualGap = (rows: readonly (readonly Unit[])[]): number => {
  const columns = (rows[0] ?? []).map((_, column) => rows.flatMap((row) => row[column] ?? []))
  const gaps = [
    ...gapsBetween(columns, ({ minX, maxX }) => [minX, maxX]),
    ...gapsBetween(rows, ({ minY, maxY }) => [minY, maxY]),
  ]
  const apart = gaps.filter((gap) => gap > 0).sort((a, b) => a - b)
  const median = apart[Math.floor(apart.length / 2)] ?? GAP.usual
  return clamp(median, GAP.least, GAP.most)
}

const gapsBetween = (
  lines: readonly (readonly Unit[])[],
  span: (box: Box) => readonly [number, number],
): readonly number[] =>
  lines.slice(1).map((line, index) => {
    const start = Math.min(...line.map(({ box }) => span(box)[0]))
    return start - Math.max(...(lines[index] ?? []).map(({ box }) => span(box)[1]))
  })
