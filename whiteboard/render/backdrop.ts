import type { Theme } from '../model/palette.ts'
import { patternInk, shownPaper } from '../model/paper.ts'
import type { BoardSettings, Pattern } from '../model/settings.ts'
import type { Viewport } from './viewport.ts'

/** CSS pixels between the marks of a pattern, at least. Where they become fewer, every other one fades. */
const CLOSEST: Readonly<Record<Pattern, number>> = { dots: 14, grid: 9, lines: 9, plain: 1 }
/** Alpha below which marks are not worth drawing. */
const FAINTEST = 0.06
/** A line covers more than a dot and has to be fainter. */
const LINE_STRENGTH = 0.6

/** Where marks lie along one axis, in device pixels. */
interface Marks {
  readonly from: number
  readonly spacing: number
  readonly to: number
}

const marksAlong = (offset: number, spacing: number, length: number): Marks => ({
  from: (((offset % spacing) + spacing) % spacing) - spacing,
  spacing,
  to: length,
})

/** The smaller side of each mark, in whole device pixels, so that it is crisp. */
const sideOf = (pattern: Pattern, { ratio }: Viewport): number =>
  Math.max(1, pattern === 'dots' ? Math.round(ratio * 1.5) : Math.round(ratio))

/** One row of dots, from which all are laid out: a canvas takes some forty copies faster than thousands of dots. */
let rowOfDots: CanvasRenderingContext2D | null = null

const drawRowOfDots = (across: Marks, side: number, color: string): HTMLCanvasElement | null => {
  rowOfDots ??= document.createElement('canvas').getContext('2d')
  if (rowOfDots === null) return null
  const { canvas } = rowOfDots
  if (canvas.width < across.to) canvas.width = across.to
  if (canvas.height !== side) canvas.height = side
  rowOfDots.clearRect(0, 0, canvas.width, side)
  rowOfDots.fillStyle = color
  for (let x = across.from; x < across.to; x += across.spacing) {
    rowOfDots.fillRect(Math.round(x - side / 2), 0, side, side)
  }
  return canvas
}

const paintDots = (context: CanvasRenderingContext2D, across: Marks, down: Marks, side: number): void => {
  const row = drawRowOfDots(across, side, String(context.fillStyle))
  if (row === null) return
  for (let y = down.from; y < down.to; y += down.spacing) {
    context.drawImage(row, 0, 0, across.to, side, 0, Math.round(y - side / 2), across.to, side)
  }
}

const paintRows = (context: CanvasRenderingContext2D, across: Marks, down: Marks, side: number): void => {
  for (let y = down.from; y < down.to; y += down.spacing) {
    context.fillRect(0, Math.round(y - side / 2), across.to, side)
  }
}

const paintColumns = (context: CanvasRenderingContext2D, across: Marks, down: Marks, side: number): void => {
  for (let x = across.from; x < across.to; x += across.spacing) {
    context.fillRect(Math.round(x - side / 2), 0, side, down.to)
  }
}

/** One set of marks, so many device pixels apart, that begins `shift` device pixels from the board's origin. */
const paintMarks = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  pattern: Pattern,
  spacing: number,
  shift = 0,
): void => {
  const across = marksAlong(view.offsetX + shift, spacing, view.width)
  const down = marksAlong(view.offsetY + shift, spacing, view.height)
  const side = sideOf(pattern, view)
  if (pattern === 'dots') paintDots(context, across, down, side)
  else paintRows(context, across, down, side)
  if (pattern === 'grid') paintColumns(context, across, down, side)
}

/** The marks that come when those twice as far apart have room between them. No line is drawn twice; with dots that does not show. */
const paintBetween = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  pattern: Pattern,
  spacing: number,
): void => {
  if (pattern === 'dots') paintMarks(context, view, pattern, spacing)
  else paintMarks(context, view, pattern, spacing * 2, spacing)
}

/**
 * Device pixels between marks: the grid's step, doubled until they lie far enough apart. Dots are only paper and are halved
 * too; lines say where the grid is, and stay on it.
 */
export const patternSpacing = (pattern: Pattern, step: number, { scale, ratio }: Viewport): number => {
  const doublings = Math.ceil(Math.log2((CLOSEST[pattern] * ratio) / (step * scale)))
  return step * scale * 2 ** (pattern === 'dots' ? doublings : Math.max(0, doublings))
}

/** The board's paper with its pattern, over the whole canvas (or what it is clipped to). */
export const paintBackdrop = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  theme: Theme,
  { pattern, background, gridStep }: BoardSettings,
): void => {
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha = 1
  context.fillStyle = shownPaper(background, theme)
  context.fillRect(0, 0, view.width, view.height)
  if (pattern === 'plain') return
  const { color, strength } = patternInk(background, theme)
  const full = strength * (pattern === 'dots' ? 1 : LINE_STRENGTH)
  const fine = patternSpacing(pattern, gridStep, view)
  const share = Math.min(1, (fine / (CLOSEST[pattern] * view.ratio) - 1) * 1.2)
  context.fillStyle = color
  context.globalAlpha = full
  paintMarks(context, view, pattern, fine * 2)
  context.globalAlpha = full * share
  if (share > FAINTEST) paintBetween(context, view, pattern, fine)
  context.globalAlpha = 1
}
