import { isEqual } from '../../model/heal.ts'
import type { Foreign, Kept, Written } from './types.ts'
import { finite } from './values.ts'

/** Fields that only make sense together: when one of them is written anew, all are. */
const PLACE = ['x', 'y', 'width', 'height'] as const
const SHAPE = ['width', 'height', 'points'] as const

/**
 * The original with the changes made here: the fields in which what would be written now differs from what would have been
 * written when it came in. Nothing else of it is touched, whatever it is.
 */
const overlaid = (original: Foreign, before: Foreign, now: Foreign): Foreign => {
  const changed = Object.keys(now).filter((key) => !isEqual(before[key], now[key]))
  if (changed.length === 0) return original
  const result: Record<string, unknown> = { ...original }
  for (const key of changed) result[key] = now[key]
  const isReshaped = SHAPE.some((key) => changed.includes(key))
  for (const key of isReshaped ? PLACE : []) result[key] = now[key]
  if (isReshaped && 'fixedSegments' in original) result.fixedSegments = now.fixedSegments ?? null
  for (const key of isReshaped ? [] : (['x', 'y'] as const)) {
    if (changed.includes(key)) result[key] = moved(original[key], before[key], now[key])
  }
  result.version = finite(original.version, 1) + 1
  return result
}

/** A move leaves the digits of the original as they are. */
const moved = (original: unknown, before: unknown, now: unknown): number =>
  finite(original, 0) + Number(now) - Number(before)

/** A text that is not shown here for some reason of its own stays as it is. */
const labelOf = (kept: Kept, before: Written, now: Written): Foreign | null => {
  if (!now.label) return before.label ? null : (kept.label ?? null)
  return kept.label && before.label ? overlaid(kept.label, before.label, now.label) : now.label
}

/** What goes out for an element that came in as `kept`; `before` is what its unchanged self would be written as. */
export const overlay = (kept: Kept, before: Written, now: Written): Written => ({
  element: overlaid(kept.element, before.element, now.element),
  label: labelOf(kept, before, now),
  pieces: now.pieces,
})
