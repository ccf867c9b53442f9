import type { FontFamily } from '../element.ts'
import { createRecent, type Recent } from '../recent.ts'
import type { TextLine, TextMeasurer, TextStyle } from '../surface.ts'
import { readsRightToLeft } from './bidi.ts'
import { graphemes } from './graphemes.ts'
import { breakUnits } from './line-breaks.ts'

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
 * exactly where a text field with this line height shows it.
 */
const BASELINE: Readonly<Record<FontFamily, number>> = { hand: 0.35, sans: 0.364, serif: 0.35, mono: 0.36 }

/** Lines of layouts that are kept per measurer, and characters of texts whose widest word is. */
const KEPT_LINES = 8_000
const KEPT_CHARACTERS = 100_000
/** Characters that are as much as a line. */
const LINE_LENGTH = 50

/** Widths may be over by this many board units, for sums of fractions that differ from one measuring to the next. */
const TOLERANCE = 0.01

type LayoutStyle = Pick<TextStyle, 'family' | 'size' | 'align'>

interface Measurements {
  readonly layouts: Recent<TextMeasurer, TextLayout>
  /** Widths of the widest words of texts, in font sizes. */
  readonly words: Recent<TextMeasurer, number>
}

const caches = new WeakMap<TextMeasurer, Measurements>()

const measurementsOf = (measure: TextMeasurer): Measurements => {
  const known = caches.get(measure) ?? {
    layouts: createRecent(KEPT_LINES),
    words: createRecent(KEPT_CHARACTERS),
  }
  caches.set(measure, known)
  return known
}

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
  const key = `${style.family} ${style.size} ${style.align} ${width} ${text}`
  const { layouts } = measurementsOf(measure)
  const known = layouts.get(measure, key)
  if (known) return known
  const layout = layOut(text, style, width, measure)
  return layouts.set(measure, key, layout, layout.lines.length + text.length / LINE_LENGTH)
}

const layOut = (
  text: string,
  style: LayoutStyle,
  width: number | null,
  measure: TextMeasurer,
): TextLayout => {
  const measured = (part: string): number => measure.width(part, style.family, style.size)
  const written = plainText(text)
  const rows = paragraphsOf(written.text).flatMap((paragraph) =>
    width === null ? [paragraph] : wrap(paragraph, width, measured),
  )
  const longest = rows.reduce((most, row) => Math.max(most, measured(row.text)), 0)
  const height = style.size * LINE_HEIGHT
  const x = { left: 0, center: 0.5, right: 1 }[style.align] * (width ?? longest)
  const baseline = height / 2 + style.size * BASELINE[style.family]
  return {
    lines: rows.map((row, index) => ({
      ...row,
      x,
      baseline: index * height + baseline,
      start: written.placeOf(row.start),
    })),
    width: longest,
    height: rows.length * height,
  }
}

/** What a tab takes: as many spaces. */
export const TAB = '    '

/** The text with one kind of line break and without tabs, and where its places lie in the text as it is stored. */
const plainText = (text: string): { text: string; placeOf: (place: number) => number } => {
  if (!/[\r\t]/.test(text)) return { text, placeOf: (place) => place }
  const places: number[] = []
  let plain = ''
  for (let place = 0; place < text.length; place++) {
    const letter = text.charAt(place)
    if (letter === '\r' && text[place + 1] === '\n') continue
    const shown = letter === '\t' ? TAB : letter === '\r' ? '\n' : letter
    for (let count = 0; count < shown.length; count++) places.push(place)
    plain += shown
  }
  return { text: plain, placeOf: (place) => places[place] ?? text.length }
}

interface Row {
  readonly text: string
  readonly start: number
  readonly rightToLeft: boolean
}

const paragraphsOf = (text: string): Row[] => {
  let start = 0
  return text.split('\n').map((paragraph) => {
    const row = { text: paragraph, start, rightToLeft: readsRightToLeft(paragraph) }
    start += paragraph.length + 1
    return row
  })
}

/** So many of the longest words are measured: one with fewer letters is seldom the widest. */
const MEASURED_WORDS = 8

/** Width of the widest piece of text that lines are not broken within. */
export const widestWord = (text: string, style: LayoutStyle, measure: TextMeasurer): number => {
  const { words } = measurementsOf(measure)
  const key = `${style.family} ${text}`
  const width =
    words.get(measure, key) ?? words.set(measure, key, widest(text, style, measure), text.length + 1)
  return style.size * width
}

const widest = (text: string, { family }: LayoutStyle, measure: TextMeasurer): number =>
  longestWords(text).reduce((most, word) => Math.max(most, measure.width(word, family, 1)), 0)

const longestWords = (text: string): readonly string[] => {
  const words = new Set(
    text
      .split(/[\r\n\t]/)
      .flatMap(breakUnits)
      .map((word) => word.trimEnd()),
  )
  return [...words].sort((a, b) => b.length - a.length).slice(0, MEASURED_WORDS)
}

type Measured = (part: string) => number

/**
 * Words measured one by one come to nearly what the row measures: up to this part of the width they fit without measuring
 * the row with each of them anew.
 */
const SURELY = 0.95

/** All rows read as their paragraph does. Spaces at the end of a row hang over the edge and are not in it. */
const wrap = (paragraph: Row, width: number, measured: Measured): Row[] => {
  const rows: Row[] = []
  let { start } = paragraph
  let text = ''
  let sum = 0
  const fits = (part: string): boolean => measured(part.trimEnd()) <= width + TOLERANCE
  const end = (row: string): void => {
    rows.push({ ...paragraph, text: row.trimEnd(), start })
    start += row.length
  }
  for (const unit of breakUnits(paragraph.text)) {
    const room = measured(unit)
    if (sum + room <= width * SURELY || fits(text + unit)) {
      text += unit
      sum += room
      continue
    }
    if (text !== '') end(text)
    const pieces = fits(unit) ? [unit] : broken(unit, fits)
    for (const piece of pieces.slice(0, -1)) end(piece)
    text = pieces.at(-1) ?? ''
    sum = measured(text)
  }
  end(text)
  return rows
}

/** A word cut into pieces that each fit, of one character at least; characters are what a reader takes for one. */
const broken = (word: string, fits: (part: string) => boolean): string[] => {
  const characters = graphemes(word)
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
