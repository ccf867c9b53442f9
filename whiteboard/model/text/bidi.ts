/** Hebrew, Arabic and the other scripts that are written from right to left, with the mark that stands for them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** Letters, and the invisible marks that count as one. */
const STRONG = /[\p{Letter}\u200e\u200f\u061c]/u
const DIGIT = /\p{Decimal_Number}/u

export const hasRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text)

/** Whether a paragraph reads from right to left: its first letter decides (Unicode's rules P2 and P3). */
export const readsRightToLeft = (paragraph: string): boolean => {
  if (!hasRightToLeft(paragraph)) return false
  const first = STRONG.exec(paragraph)
  return first !== null && RIGHT_TO_LEFT.test(first[0])
}

/** A piece of a line that reads in one direction; places in UTF-16 units. */
export interface Run {
  readonly start: number
  readonly end: number
  readonly rightToLeft: boolean
}

type Strength = 'left' | 'right' | 'digit' | 'neutral'

const strengthOf = (character: string): Strength => {
  if (DIGIT.test(character)) return 'digit'
  if (!STRONG.test(character)) return 'neutral'
  return RIGHT_TO_LEFT.test(character) ? 'right' : 'left'
}

interface Piece {
  readonly start: number
  readonly strength: Strength
}

const piecesOf = (line: string): Piece[] => {
  const pieces: Piece[] = []
  let start = 0
  for (const character of line) {
    pieces.push({ start, strength: strengthOf(character) })
    start += character.length
  }
  return pieces
}

/** Embedding levels, as many as matter for a line of one direction with words of the other in it: 0 to 2. */
const levelsOf = (pieces: readonly Piece[], base: 0 | 1): number[] => {
  const foreign = base === 0 ? 0 : 2
  const levels: (number | null)[] = []
  let last: Strength = base === 1 ? 'right' : 'left'
  for (const { strength } of pieces) {
    if (strength === 'left' || strength === 'right') last = strength
    if (strength === 'neutral') levels.push(null)
    else if (strength === 'right') levels.push(1)
    else levels.push(strength === 'digit' && last === 'right' ? 2 : foreign)
  }
  return levels.map((level, index) => level ?? neutralLevel(levels, index, base))
}

/** Signs and spaces go with the letters on both sides if these agree, otherwise with the paragraph. */
const neutralLevel = (levels: readonly (number | null)[], index: number, base: 0 | 1): number => {
  let [before, after] = [index - 1, index + 1]
  while (before >= 0 && levels[before] === null) before--
  while (after < levels.length && levels[after] === null) after++
  const [left, right] = [levels[before] ?? base, levels[after] ?? base]
  if (left === right && left !== 2) return left
  return base === 0 && left > 0 && right > 0 ? 1 : base
}

/**
 * The runs of a line in the order in which they stand, left to right: Unicode's bidirectional algorithm without explicit
 * embeddings, which is enough to tell where a caret stands.
 */
export const visualRuns = (line: string, rightToLeft: boolean): readonly Run[] => {
  const pieces = piecesOf(line)
  const levels = levelsOf(pieces, rightToLeft ? 1 : 0)
  const runs: { start: number; end: number; level: number }[] = []
  pieces.forEach(({ start }, index) => {
    const end = pieces[index + 1]?.start ?? line.length
    const level = levels[index] ?? 0
    const run = runs.at(-1)
    if (run?.level === level) run.end = end
    else runs.push({ start, end, level })
  })
  for (const level of [2, 1]) reverseFrom(runs, level)
  return runs.map(({ start, end, level }) => ({ start, end, rightToLeft: level === 1 }))
}

/** Turns round each row of neighbours that are at this level or above (Unicode's rule L2). */
const reverseFrom = (runs: { level: number }[], level: number): void => {
  let start = 0
  while (start < runs.length) {
    let end = start
    while (end < runs.length && (runs[end]?.level ?? 0) >= level) end++
    const part = runs.slice(start, end).reverse()
    runs.splice(start, part.length, ...part)
    start = end + 1
  }
}
