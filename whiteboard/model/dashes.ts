import type { Dash } from './element.ts'

/** Lengths of line and gap for a stroke of this width, drawn with round caps; both in the width's unit. */
export const dashPattern = (dash: Dash, width: number): readonly number[] => {
  if (dash === 'dashed') return [width * 1.5 + 5, width * 1.5 + 4]
  if (dash === 'dotted') return [0.01, width * 1.4 + 3]
  return []
}
