import type { FixedSegment } from '../../geometry/elbow.ts'
import { type Binding, healBinding } from '../../model/binding.ts'
import type { Patch } from '../../model/element.ts'
import { healNumber, healOption, isPlainObject, own } from '../../model/heal.ts'
import type { HealField } from '../../model/kind.ts'
import type { Labelled } from '../shared/label.ts'
import type { Linear } from '../shared/linear-geometry.ts'

/** What an arrow stores beside the fields of a line. */
export interface Arrow extends Linear, Labelled {
  readonly start: Binding | null
  readonly end: Binding | null
  readonly fixed: readonly FixedSegment[]
}

const MAX_FIXED = 8
const MAX_COORDINATE = 1_000_000

const healFixed = (value: unknown): FixedSegment | null => {
  if (!isPlainObject(value) || typeof own(value, 'at') !== 'number') return null
  return {
    axis: healOption(own(value, 'axis'), ['x', 'y'], 'x'),
    at: healNumber(own(value, 'at'), 0, -MAX_COORDINATE, MAX_COORDINATE),
  }
}

/** Ends on the other side of what they are bound to, which is turned over with the arrow. */
export const mirroredEnds = ({ start, end }: Arrow, horizontally: boolean, vertically: boolean): Patch => {
  const mirrored = (binding: Binding | null): Binding | null => {
    if (!binding) return null
    const [u, v] = binding.anchor
    return { ...binding, anchor: [horizontally ? 1 - u : u, vertically ? 1 - v : v] }
  }
  return { start: mirrored(start), end: mirrored(end) }
}

const NONE: readonly FixedSegment[] = []

const fixedSegments = (value: unknown): readonly FixedSegment[] => {
  if (!Array.isArray(value) || value.length === 0) return NONE
  return value
    .slice(0, MAX_FIXED)
    .map(healFixed)
    .filter((segment) => segment !== null)
}

/** How the fields are read that only arrows have. */
export const arrowRules: Readonly<Record<'start' | 'end' | 'fixed', HealField>> = {
  start: healBinding,
  end: healBinding,
  fixed: fixedSegments,
}
