import { boxCenter, boxHeight, boxWidth } from '../../geometry/box.ts'
import type { Vec } from '../../geometry/types.ts'
import { rotateAround } from '../../geometry/vector.ts'
import type { BoundEnd } from './ends.ts'

/** Board units that a loop swings out beyond its target. */
const SHORTEST_SWING = 36
const SWING_SHARE = 0.3
/** Half the angle between the two legs of a loop that leaves and comes back at one place. */
const SPREAD = 0.45
/** The widest angle between two points of a loop, so that it is round. */
const STEP = 0.7

const angleFrom = (center: Vec, point: Vec): number =>
  Math.abs(point[0] - center[0]) + Math.abs(point[1] - center[1]) < 0.5
    ? -Math.PI / 4
    : Math.atan2(point[1] - center[1], point[0] - center[0])

/** From the first angle to the second the shorter way round. */
const turnBetween = (from: number, to: number): number => {
  const turn = (to - from) % (2 * Math.PI)
  if (turn > Math.PI) return turn - 2 * Math.PI
  return turn < -Math.PI ? turn + 2 * Math.PI : turn
}

/**
 * The points between both ends of an arrow that leads back to what it comes from: out on the side of one anchor, round,
 * and in on the side of the other.
 */
export const loopBetween = (start: BoundEnd, end: BoundEnd): Vec[] => {
  const { box } = start
  const center = boxCenter(box)
  const swing = Math.max(SHORTEST_SWING, Math.min(boxWidth(box), boxHeight(box)) * SWING_SHARE)
  const radius = Math.hypot(boxWidth(box), boxHeight(box)) / 2 + swing
  const at = (angle: number): Vec => rotateAround([center[0] + radius, center[1]], center, angle)
  const from = angleFrom(center, start.anchor)
  const turn = turnBetween(from, angleFrom(center, end.anchor))
  const wide = Math.max(Math.abs(turn), 2 * SPREAD) * (turn < 0 ? -1 : 1)
  const first = from + (turn - wide) / 2
  const steps = Math.max(2, Math.ceil(Math.abs(wide) / STEP))
  return Array.from({ length: steps + 1 }, (_, index) => at(first + (wide * index) / steps))
}
