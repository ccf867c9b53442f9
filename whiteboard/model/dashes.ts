import type { Dash } from './element.ts'
import type { Path } from './surface.ts'

/** Lengths of line and gap for a stroke of this width, drawn with round caps; both in the width's unit. */
export const dashPattern = (dash: Dash, width: number): readonly number[] => {
  if (dash === 'dashed') return [width * 1.5 + 5, width * 1.5 + 4]
  if (dash === 'dotted') return [0.01, width * 1.4 + 3]
  return []
}

/** Dashes beyond which a line is drawn without gaps: it would take browsers seconds, and is a blur anyway. */
const MOST_DASHES = 10_000

const lengths = new WeakMap<Path, number>()

/** About how long a path is: from command to command, however it bends in between. */
const lengthOf = (path: Path): number => {
  const known = lengths.get(path)
  if (known !== undefined) return known
  let length = 0
  let [atX, atY] = [0, 0]
  for (const command of path) {
    if (command[0] === 'Z') continue
    const [x, y] = command.slice(-2) as [number, number]
    if (command[0] !== 'M') length += Math.hypot(x - atX, y - atY)
    ;[atX, atY] = [x, y]
  }
  lengths.set(path, length)
  return length
}

/** The pattern for this path; none for one that would have no end of dashes. */
export const dashesAlong = (path: Path, dash: Dash, width: number): readonly number[] => {
  const pattern = dashPattern(dash, width)
  const period = pattern.reduce((sum, part) => sum + part, 0)
  return period > 0 && lengthOf(path) > MOST_DASHES * period ? [] : pattern
}
