/** All that only a move of many elements as a whole needs; `late-shifting.ts` fetches it. */
export { movedIds, shiftedDraft } from '../model/shift.ts'
export { crossedRegions } from './shifted-parts.ts'
export { TileStack } from './tile-stack.ts'
