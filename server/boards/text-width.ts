import type { FontFamily } from '../../whiteboard/model/element.ts'

/** Widths of characters in ems, by how wide they look; good enough to break lines in a small picture. */
const NARROW = 0.29
const MIDDLE = 0.53
const WIDE = 0.82
const FULL = 1

const NARROW_CHARACTERS = new Set("iljtfrI1.,:;'`!|()[]{} /\\-")
const WIDE_CHARACTERS = new Set('mwMWQOGD@%&—')

const FACTORS: Readonly<Record<FontFamily, number>> = { hand: 1.02, sans: 1.04, serif: 0.96, mono: 1 }
const MONO = 0.6

const isFullWidth = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0
  return code >= 0x1100 && (code <= 0x115f || (code >= 0x2e80 && code <= 0xd7ff) || code >= 0xf900)
}

const widthOf = (character: string): number => {
  if (isFullWidth(character)) return FULL
  if (NARROW_CHARACTERS.has(character)) return NARROW
  return WIDE_CHARACTERS.has(character) ? WIDE : MIDDLE
}

/** About how wide a line of text is, in the unit of `size`. The server has no fonts to measure with. */
export const estimatedWidth = (text: string, family: FontFamily, size: number): number => {
  let ems = 0
  for (const character of text)
    ems += family === 'mono' && !isFullWidth(character) ? MONO : widthOf(character)
  return ems * size * (FACTORS[family] ?? 1)
}
