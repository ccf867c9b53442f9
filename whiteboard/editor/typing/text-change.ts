import type { TextDelta } from '../../model/board.ts'

/** One replacement in a text: at `index`, `remove` UTF-16 units go and `insert` comes. */
export interface TextChange {
  readonly index: number
  readonly remove: number
  readonly insert: string
}

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

const commonPrefix = (before: string, after: string, most: number): number => {
  let length = 0
  while (length < most && before.charCodeAt(length) === after.charCodeAt(length)) length++
  return length > 0 && isHighSurrogate(before.charCodeAt(length - 1)) ? length - 1 : length
}

const commonSuffix = (before: string, after: string, most: number): number => {
  let length = 0
  while (
    length < most &&
    before.charCodeAt(before.length - 1 - length) === after.charCodeAt(after.length - 1 - length)
  ) {
    length++
  }
  return length > 0 && isLowSurrogate(before.charCodeAt(before.length - length)) ? length - 1 : length
}

/**
 * The smallest replacement that makes `before` into `after`, or null when they are equal. Where several would do (a
 * letter doubled), the one that ends at `caret`, the place in `after` where typing just stopped, is meant. Surrogate
 * pairs are not torn apart.
 */
export const textChange = (before: string, after: string, caret = after.length): TextChange | null => {
  if (before === after) return null
  const shorter = Math.min(before.length, after.length)
  const suffix = commonSuffix(before, after, Math.min(shorter, Math.max(0, after.length - caret)))
  const prefix = commonPrefix(before, after, shorter - suffix)
  const rest = commonSuffix(before, after, shorter - prefix)
  const tail = Math.max(suffix, rest)
  return {
    index: prefix,
    remove: before.length - prefix - tail,
    insert: after.slice(prefix, after.length - tail),
  }
}

/** Where a place in a text lies after somebody else's change: text inserted right at it does not push it on. */
export const shiftedIndex = (index: number, delta: TextDelta): number => {
  let position = 0
  let shifted = index
  for (const part of delta) {
    if (position >= shifted) break
    if (part.retain !== undefined) position += part.retain
    else if (part.delete !== undefined) shifted -= Math.min(part.delete, shifted - position)
    else {
      const length = part.insert?.length ?? 0
      position += length
      shifted += length
    }
  }
  return shifted
}
