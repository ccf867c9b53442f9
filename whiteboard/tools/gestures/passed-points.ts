import type { WorldPoint } from '../../geometry/types.ts'
import type { PointerInput } from '../contract.ts'

/** Where the pointer has been since the event before, oldest first: what the browser merged, or the event's own place. */
export const passedPoints = ({ coalesced, world }: PointerInput): readonly WorldPoint[] =>
  coalesced.length > 0 ? coalesced.map((each) => each.world) : [world]
