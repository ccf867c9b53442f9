import type { FontFamily } from './element.ts'
import type { TextLine, TextMeasurer, TextStyle } from './surface.ts'

/** Lines as they are written: coordinates from the top left of the text, in board units. */
export interface TextLayout {
  readonly lines: readonly TextLine[]
  /** The longest line. */
  readonly width: number
  readonly height: number
}

/** Distance from one line to the next, in font sizes. */
export const LINE_HEIGHT = 1.25

/**
 * How far below a line's middle its letters stand, in font sizes: half of ascent less descent, so that text stands
 * exactly where a text field with this line height shows it. For the system's fonts a value in the middle of the usual.
 */
const BASELINE: Readonly<Record<FontFamily, number>> = { hand: 0.35, sans: 0.364, serif: 0.343, mono: 0.343 }

/** Layouts kept per measurer. */
const CACHE_SIZE = 4_000

/** Widths may be over by this many board units, for sums of fractions that differ from one measuring to the next. */
const TOLERANCE = 0.01

type LayoutStyle = Pick<TextStyle, 'family' | 'size' | 'align'>

const caches = new WeakMap<TextMeasurer, Map<string, TextLayout>>()

/** Forgets what was measured, as when a font has arrived. */
export const forgetLayouts = (measure: TextMeasurer): void => {
  caches.delete(measure)
}

/**
 * Lays text out in lines. With a width, lines wrap as in a text field: at spaces (which hang over the edge), after
 * hyphens, between Chinese and Japanese characters, and within a word only if it is too long for a line of its own.
 * `x` of a line lies at the left, the middle or the right of `width`; without one, of the longest line.
 */
export const layoutText = (
  text: string,
  style: LayoutStyle,
  width: number | null,
  measure: TextMeasurer,
): TextLayout => {
  const cache = caches.get(measure) ?? new Map<string, TextLayout>()
  caches.set(measure, cache)
  const key = `${style.family} ${style.size} ${style.align} ${width} ${text}`
  const known = cache.get(key)
  const layout = known ?? layOut(text, style, width, measure)
  if (known) cache.delete(key)
  cache.set(key, layout)
  if (cache.size > CACHE_SIZE) cache.delete(cache.keys().next().value ?? key)
  return layout
}

const layOut = (
  text: string,
  style: LayoutStyle,
  width: number | null,
  measure: TextMeasurer,
): TextLayout => {
  const measured = (part: string): number => measure.width(part, style.family, style.size)
  const paragraphs = text.replace(/\r\n?/g, '\n').replaceAll('\t', '    ').split('\n')
  const rows =
    width === null ? paragraphs : paragraphs.flatMap((paragraph) => wrap(paragraph, width, measured))
  const longest = rows.reduce((most, row) => Math.max(most, measured(row)), 0)
  const height = style.size * LINE_HEIGHT
  const x = { left: 0, center: 0.5, right: 1 }[style.align] * (width ?? longest)
  const baseline = height / 2 + style.size * BASELINE[style.family]
  return {
    lines: rows.map((row, index) => ({ text: row, x, baseline: index * height + baseline })),
    width: longest,
    height: rows.length * height,
  }
}

/** So many of the longest words are measured: one with fewer letters is seldom the widest. */
const MEASURED_WORDS = 8

/** Width of the widest piece of text that lines are not broken within. */
export const widestWord = (text: string, style: LayoutStyle, measure: TextMeasurer): number => {
  const words = [
    ...new Set(
      text
        .split('\n')
        .flatMap(units)
        .map((word) => word.trimEnd()),
    ),
  ]
  const longest = words.sort((a, b) => b.length - a.length).slice(0, MEASURED_WORDS)
  return longest.reduce((most, word) => Math.max(most, measure.width(word, style.family, style.size)), 0)
}

type Measured = (part: string) => number

const wrap = (paragraph: string, width: number, measured: Measured): string[] => {
  const rows: string[] = []
  let row = ''
  const fits = (part: string): boolean => measured(part.trimEnd()) <= width + TOLERANCE
  for (const unit of units(paragraph)) {
    if (fits(row + unit)) {
      row += unit
      continue
    }
    if (row !== '') rows.push(row.trimEnd())
    const pieces = fits(unit) ? [unit] : broken(unit, fits)
    rows.push(...pieces.slice(0, -1))
    row = pieces.at(-1) ?? ''
  }
  return [...rows, row.trimEnd()]
}

/** Characters that begin no line, and such that end none. */
const NO_START = /^[、。，．：；！？）」』】〉》〕・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ’”]/
const NO_END = /[（「『【〈《〔‘“]$/
const IDEOGRAPH = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}]/u

/** The pieces of a paragraph between which a line may end; spaces belong to the piece before them. */
const units = (paragraph: string): string[] => {
  const result: string[] = []
  let unit = ''
  let previous = ''
  for (const character of paragraph) {
    if (unit !== '' && mayBreak(unit, previous, character)) {
      result.push(unit)
      unit = ''
    }
    unit += character
    previous = character
  }
  return unit === '' ? result : [...result, unit]
}

const mayBreak = (unit: string, previous: string, next: string): boolean => {
  if (next === ' ') return false
  if (previous === ' ') return true
  if (previous === '-') return unit.length > 1 && /\p{Letter}/u.test(next)
  if (!IDEOGRAPH.test(previous) && !IDEOGRAPH.test(next)) return false
  return !NO_START.test(next) && !NO_END.test(previous)
}

/** A word cut into pieces that each fit, of one character at least; characters are what a reader takes for one. */
const broken = (word: string, fits: (part: string) => boolean): string[] => {
  const characters = Array.from(new Intl.Segmenter().segment(word), ({ segment }) => segment)
  const pieces: string[] = []
  let start = 0
  while (start < characters.length) {
    const count = fitting(characters, start, fits)
    pieces.push(characters.slice(start, start + count).join(''))
    start += count
  }
  return pieces
}

/** How many characters from `start` fit: first doubling, then halving, so that no long rest is measured. */
const fitting = (characters: readonly string[], start: number, fits: (part: string) => boolean): number => {
  const left = characters.length - start
  const fitsFirst = (count: number): boolean => fits(characters.slice(start, start + count).join(''))
  let low = 1
  let high = 2
  while (high <= left && fitsFirst(high)) {
    low = high
    high *= 2
  }
  high = Math.min(high, left + 1)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (fitsFirst(middle)) low = middle
    else high = middle
  }
  return low
}
