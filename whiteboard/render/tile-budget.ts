import type { TileBudget } from './tile-layer.ts'

/** Milliseconds since the view moved, since this person's hand did something, and since anything was done at all. */
export interface Moment {
  readonly moved: number
  readonly worked: number
  readonly touched: number
  /** Milliseconds since it was zoomed. */
  readonly zoomed?: number
  /** Whether nothing of the board is shown yet, so that there is nothing to keep moving. */
  readonly first?: boolean
}

/**
 * While the view moves; while a hand is at work, which sees nothing but what is in view; while something else goes on; and
 * while everything stands still and only has to become complete.
 */
const MOVING: TileBudget = { urgent: 8, leisure: 4.5, ahead: 4, far: 0 }
const AT_WORK: TileBudget = { urgent: 24, leisure: 9, ahead: 0, far: 0 }
const BUSY: TileBudget = { urgent: 24, leisure: 9, ahead: 3, far: 1.5 }
const STANDING: TileBudget = { urgent: 24, leisure: 26, ahead: 9, far: 9 }
/** Milliseconds for what is only sharper while zooming: most of it is passed before it is done. */
const LEISURE_ZOOMING = 2.5
/** While a board that was just opened is waited for: half of what the page may take to answer. */
const FIRST: TileBudget = { urgent: 48, leisure: 48, ahead: 0, far: 0 }

/** Milliseconds for which a movement, or anything that was done, is taken to go on. */
const STILL_MOVING = 70
const STILL_BUSY = 150
/** Milliseconds between frames from which less is drawn in each. */
const LATE = 21
const LEAST_SHARE = 0.25

const isMoving = ({ moved }: Moment): boolean => moved < STILL_MOVING

/** The part of its budget that a moving view gets next: less after late frames, and slowly more after others. */
export const pace = (share: number, moment: Moment, elapsed: number): number => {
  if (!isMoving(moment)) return share
  return elapsed > LATE ? Math.max(LEAST_SHARE, share * 0.7) : Math.min(1, share * 1.1)
}

const standingBudget = ({ first, worked, touched }: Moment): TileBudget => {
  if (first) return FIRST
  if (worked < STILL_BUSY) return AT_WORK
  return touched < STILL_BUSY ? BUSY : STANDING
}

/** What may be spent on tiles in the next frame. */
export const budgetFor = (moment: Moment, share: number): TileBudget => {
  if (!isMoving(moment)) return standingBudget(moment)
  const { urgent, ahead, far } = MOVING
  const isZooming = moment.zoomed !== undefined && moment.zoomed < STILL_MOVING
  const leisure = isZooming ? LEISURE_ZOOMING : MOVING.leisure
  return { urgent: urgent * share, leisure: leisure * share, ahead: ahead * share, far }
}
