import { boxCenter, unionAll } from '../../geometry/box.ts'
import type { Box, Vec } from '../../geometry/types.ts'
import type { Patches } from '../element.ts'
import { moveUnits, type Unit } from './units.ts'

export type Alignment = 'left' | 'center' | 'right' | 'top' | 'middle' | 'bottom'

const ways: Readonly<Record<Alignment, (box: Box, all: Box) => Vec>> = {
  left: (box, all) => [all.minX - box.minX, 0],
  center: (box, all) => [boxCenter(all)[0] - boxCenter(box)[0], 0],
  right: (box, all) => [all.maxX - box.maxX, 0],
  top: (box, all) => [0, all.minY - box.minY],
  middle: (box, all) => [0, boxCenter(all)[1] - boxCenter(box)[1]],
  bottom: (box, all) => [0, all.maxY - box.maxY],
}

/** Moves units so that the same edge, or the middle, of all of them lies where that of the box round all of them does. */
export const alignPlan = (units: readonly Unit[], alignment: Alignment): Patches => {
  const all = unionAll(units.map(({ box }) => box))
  return all ? moveUnits(units, ({ box }) => ways[alignment](box, all)) : new Map()
}
