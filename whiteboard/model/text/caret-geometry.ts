import { clamp } from '../../geometry/clamp.ts'
import type { Box, LocalPoint, Vec } from '../../geometry/types.ts'
import type { TextLine, TextMeasurer, TextStyle } from '../surface.ts'
import { hasRightToLeft, type Run, visualRuns } from './bidi.ts'
import { graphemes } from './graphemes.ts'
import { LINE_HEIGHT } from './text-layout.ts'
import type { WrittenText } from './written-text.ts'

type Measured = (part: string) => number

const measuredIn =
  ({ family, size }: TextStyle, measure: TextMeasurer): Measured =>
  (part) =>
    measure.width(part, family, size)

const SHARE = { left: 0, center: 0.5, right: 1 } as const

/** How much of a line's height lies above its baseline: a text field's caret is about so placed. */
const ABOVE_BASELINE = 0.78

/** Top and bottom of the caret in a line. */
const verticals = ({ baseline }: TextLine, { size }: TextStyle): Vec => {
  const height = size * LINE_HEIGHT
  const top = baseline - height * ABOVE_BASELINE
  return [top, top + height]
}

interface PlacedRun extends Run {
  readonly left: number
  readonly right: number
}

/** The runs of a line with the places they take. */
const placedRuns = (line: TextLine, style: TextStyle, measured: Measured): readonly PlacedRun[] => {
  const { text, rightToLeft = false } = line
  const runs: readonly Run[] =
    rightToLeft || hasRightToLeft(text)
      ? visualRuns(text, rightToLeft)
      : [{ start: 0, end: text.length, rightToLeft: false }]
  const whole = measured(text)
  let left = line.x - whole * SHARE[style.align]
  if (runs.length === 1) return runs.map((run) => ({ ...run, left, right: left + whole }))
  return runs.map((run) => {
    const right = left + measured(text.slice(run.start, run.end))
    const placed = { ...run, left, right }
    left = right
    return placed
  })
}

const inRun = (run: PlacedRun, line: TextLine, column: number, measured: Measured): number => {
  const part = measured(line.text.slice(run.start, Math.min(column, run.end)))
  return run.rightToLeft ? run.right - part : run.left + part
}

const columnX = (line: TextLine, style: TextStyle, column: number, measured: Measured): number => {
  const runs = placedRuns(line, style, measured)
  const run =
    runs.find(({ start, end }) => start <= column && column < end) ??
    runs.find(({ end }) => end === column) ??
    runs[0]
  return run ? inRun(run, line, column, measured) : line.x
}

/** The line that a place in the text is on: at the end of a wrapped line that is the beginning of the next. */
const lineIndexAt = (lines: readonly TextLine[], index: number): number =>
  Math.max(
    0,
    lines.findLastIndex(({ start = 0 }) => start <= index),
  )

const columnIn = (line: TextLine, index: number): number =>
  clamp(index - (line.start ?? 0), 0, line.text.length)

/** Where a caret stands, as the line from its top to its bottom in the element's own coordinates. */
export interface CaretLine {
  readonly x: number
  readonly top: number
  readonly bottom: number
}

/** @param index a place in the element's text, in UTF-16 units; one beyond the text counts as its end */
export const caretAt = (
  { lines, style }: WrittenText,
  index: number,
  measure: TextMeasurer,
): CaretLine | null => {
  const line = lines[lineIndexAt(lines, index)]
  if (!line) return null
  const [top, bottom] = verticals(line, style)
  return { x: columnX(line, style, columnIn(line, index), measuredIn(style, measure)), top, bottom }
}

/** Boxes under the letters between two places, in the element's own coordinates. */
export const selectionBoxes = (
  { lines, style }: WrittenText,
  from: number,
  to: number,
  measure: TextMeasurer,
): readonly Box[] => {
  const [first, last] = from < to ? [from, to] : [to, from]
  const measured = measuredIn(style, measure)
  const touched = lines.slice(lineIndexAt(lines, first), lineIndexAt(lines, last) + 1)
  return touched.flatMap((line) => {
    const [minY, maxY] = verticals(line, style)
    const [start, end] = [columnIn(line, first), columnIn(line, last)]
    return placedRuns(line, style, measured)
      .map((run) => ({ run, from: Math.max(start, run.start), to: Math.min(end, run.end) }))
      .filter((part) => part.from < part.to)
      .map((part) => {
        const ends = [part.from, part.to].map((column) => inRun(part.run, line, column, measured))
        return { minX: Math.min(...ends), maxX: Math.max(...ends), minY, maxY }
      })
  })
}

/** Letters of one line up to which each place is tried; on longer ones a point is only found if they read to the right. */
const MOST_LETTERS = 400

/** The place in the text that is nearest to a point in the element's own coordinates, in UTF-16 units. */
export const indexAt = ({ lines, style }: WrittenText, point: LocalPoint, measure: TextMeasurer): number => {
  const above = lines.findIndex((line) => point[1] < verticals(line, style)[1])
  const line = lines[above === -1 ? lines.length - 1 : above]
  if (!line) return 0
  const measured = measuredIn(style, measure)
  const columns: number[] = [0]
  for (const letter of graphemes(line.text)) columns.push((columns.at(-1) ?? 0) + letter.length)
  const distance = (column: number): number => Math.abs(columnX(line, style, column, measured) - point[0])
  const near = columns.length > MOST_LETTERS ? around(columns, line, style, point[0], measured) : columns
  const nearest = near.reduce((best, column) => (distance(column) < distance(best) ? column : best))
  return (line.start ?? 0) + nearest
}

/** Of a long line, the places on both sides of `x`. */
const around = (
  columns: readonly number[],
  line: TextLine,
  style: TextStyle,
  x: number,
  measured: Measured,
): readonly number[] => {
  let [low, high] = [0, columns.length - 1]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (columnX(line, style, columns[middle] ?? 0, measured) <= x) low = middle
    else high = middle
  }
  return columns.slice(low, high + 1)
}
