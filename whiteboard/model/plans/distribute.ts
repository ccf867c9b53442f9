import type { Box, Vec } from '../../geometry/types.ts'
import type { Patches } from '../element.ts'
import { moveUnits, type Unit } from './units.ts'

export type Direction = 'horizontal' | 'vertical'

/** Where a box begins and ends in a direction. */
const spanOf = ({ minX, minY, maxX, maxY }: Box, direction: Direction): readonly [number, number] =>
  direction === 'horizontal' ? [minX, maxX] : [minY, maxY]

/**
 * Makes the distances between units that follow each other the same; the first and the last stay. Where there is too
 * little room they overlap by the same amount.
 */
export const distributePlan = (units: readonly Unit[], direction: Direction): Patches => {
  const along = (unit: Unit): readonly [number, number] => spanOf(unit.box, direction)
  const sorted = [...units].sort((a, b) => middleOf(along(a)) - middleOf(along(b)))
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last || sorted.length < 3) return new Map()
  const room = along(last)[1] - along(first)[0]
  const taken = sorted.reduce((sum, unit) => sum + lengthOf(along(unit)), 0)
  const gap = (room - taken) / (sorted.length - 1)
  let next = along(first)[0]
  const places = sorted.map((unit) => {
    const place = next
    next += lengthOf(along(unit)) + gap
    return place
  })
  return moveUnits(sorted, (unit, index): Vec => {
    const isFixed = unit === first || unit === last
    const way = isFixed ? 0 : (places[index] ?? 0) - along(unit)[0]
    return direction === 'horizontal' ? [way, 0] : [0, way]
  })
}

const lengthOf = ([from, to]: readonly [number, number]): number => to - from
const middleOf = ([from, to]: readonly [number, number]): number => (from + to) / 2
