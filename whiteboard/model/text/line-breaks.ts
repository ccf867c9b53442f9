import { graphemes } from './graphemes.ts'

/** Signs that begin no line, and such that end none. */
const NO_START =
  /^[、。，．：；！？）」』】〉》〕〗・ー々〻ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ’”»!?,.;:)\]}%…‥°]/
const NO_END = /[（「『【〈《〔〖‘“«([{]$/
const IDEOGRAPH = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u
const EMOJI = /\p{Emoji_Presentation}|\ufe0f/u
/** Scripts that put no spaces between words: Thai, Lao, Burmese, Khmer. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/

const words =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter(undefined, { granularity: 'word' }) : null

/** Places between two words of such a script, in UTF-16 units. */
const unspacedBreaks = (paragraph: string): ReadonlySet<number> => {
  const places = new Set<number>()
  if (words === null || !UNSPACED.test(paragraph)) return places
  for (const { index, segment } of words.segment(paragraph)) {
    if (UNSPACED.test(segment) && UNSPACED.test(paragraph[index - 1] ?? '')) places.add(index)
  }
  return places
}

const standsAlone = (letter: string): boolean => IDEOGRAPH.test(letter) || EMOJI.test(letter)

/** Between words and numbers joined by a hyphen, but not before the number of `-5`; round a dash; after the `?` of an address. */
const mayBreakAtSign = (unit: string, next: string): boolean => {
  if (next === '—') return /[\p{Letter}\p{Number}]$/u.test(unit)
  if (/^\p{Letter}/u.test(next)) return /(?:—|.[-\u2010\u2013?])$/su.test(unit)
  return /^\d/.test(next) && /[\p{Letter}\p{Number}][-?\u2014]$/u.test(unit)
}

const mayBreak = (unit: string, previous: string, next: string): boolean => {
  if (next === ' ') return false
  if (previous === ' ' || previous === '\u200b') return true
  if (mayBreakAtSign(unit, next)) return true
  if (!standsAlone(previous) && !standsAlone(next)) return false
  return next !== '\u00a0' && previous !== '\u00a0' && !NO_START.test(next) && !NO_END.test(previous)
}

/**
 * The pieces of a paragraph between which a line may end: words, each with the spaces behind it, and single ideographs
 * and emoji. Put together they are the paragraph.
 */
export const breakUnits = (paragraph: string): readonly string[] => {
  const result: string[] = []
  const between = unspacedBreaks(paragraph)
  let unit = ''
  let previous = ''
  let place = 0
  for (const letter of graphemes(paragraph)) {
    if (unit !== '' && (between.has(place) || mayBreak(unit, previous, letter))) {
      result.push(unit)
      unit = ''
    }
    unit += letter
    previous = letter
    place += letter.length
  }
  return unit === '' ? result : [...result, unit]
}
