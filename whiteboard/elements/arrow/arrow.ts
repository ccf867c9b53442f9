import type { FixedSegment } from '../../geometry/elbow.ts'
import { type Binding, healBinding } from '../../model/binding.ts'
import { healNumber, healOption, isPlainObject, own } from '../../model/heal.ts'
import type { Labelled } from '../shared/label.ts'
import type { Linear } from '../shared/linear-geometry.ts'

/** What an arrow stores beside the fields of a line. */
export interface Arrow extends Linear, Labelled {
  readonly start: Binding | null
  readonly end: Binding | null
  readonly fixed: readonly FixedSegment[]
}

export const MAX_FIXED = 8
const MAX_COORDINATE = 1_000_000

const healFixed = (value: unknown): FixedSegment | null => {
  if (!isPlainObject(value) || typeof own(value, 'at') !== 'number') return null
  return {
    axis: healOption(own(value, 'axis'), ['x', 'y'], 'x'),
    at: healNumber(own(value, 'at'), 0, -MAX_COORDINATE, MAX_COORDINATE),
  }
}

const NONE: readonly FixedSegment[] = []

/** Reads the fields that only arrows have. */
export const parseArrow = (
  fields: Readonly<Record<string, unknown>>,
): Pick<Arrow, 'start' | 'end' | 'fixed'> => {
  const stored = own(fields, 'fixed')
  const fixed = Array.isArray(stored) ? stored.slice(0, MAX_FIXED).map(healFixed) : NONE
  return {
    start: healBinding(own(fields, 'start')),
    end: healBinding(own(fields, 'end')),
    fixed: fixed.length === 0 ? NONE : fixed.filter((segment) => segment !== null),
  }
}
