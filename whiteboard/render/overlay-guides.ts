import { toScreen } from '../geometry/camera.ts'
import type { WorldPoint } from '../geometry/types.ts'
import type { Guide, Hints } from '../model/hints.ts'
import type { ThemeColors } from '../model/palette.ts'
import type { Viewport } from './viewport.ts'

/** Half the length, in CSS pixels, of the strokes that end a mark in a gap. */
const GAP_END = 6

/** Between two device pixels a line of one pixel would be blurred over both. */
const onPixel = (value: number, ratio: number): number => (Math.round(value * ratio - 0.5) + 0.5) / ratio

const traceLine = (context: CanvasRenderingContext2D, { from, to }: Guide, view: Viewport): void => {
  for (const point of [from, to]) {
    const [x, y] = toScreen(view.camera, point)
    const at = [onPixel(x, view.ratio), onPixel(y, view.ratio)] as const
    if (point === from) context.moveTo(...at)
    else context.lineTo(...at)
  }
}

/** Strokes across both ends of a mark, which runs along one of the axes. */
const traceEnds = (context: CanvasRenderingContext2D, { from, to }: Guide, view: Viewport): void => {
  const isHorizontal = from[1] === to[1]
  for (const point of [from, to]) {
    const [x, y] = toScreen(view.camera, point)
    const [dx, dy] = isHorizontal ? [0, GAP_END] : [GAP_END, 0]
    context.moveTo(onPixel(x, view.ratio) - dx, onPixel(y, view.ratio) - dy)
    context.lineTo(onPixel(x, view.ratio) + dx, onPixel(y, view.ratio) + dy)
  }
}

const paintGuides = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  guides: readonly Guide[],
  color: string,
): void => {
  context.strokeStyle = color
  context.lineWidth = 1
  context.beginPath()
  for (const guide of guides) {
    traceLine(context, guide, view)
    if (guide.kind === 'gap') traceEnds(context, guide, view)
  }
  context.stroke()
}

const tracePoints = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  points: readonly WorldPoint[],
): void => {
  context.beginPath()
  for (const point of points) {
    const [x, y] = toScreen(view.camera, point)
    context.lineTo(x, y)
  }
}

const paintLasso = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  loop: readonly WorldPoint[],
  color: string,
): void => {
  tracePoints(context, view, loop)
  context.fillStyle = color
  context.globalAlpha = 0.08
  context.fill()
  context.globalAlpha = 0.8
  context.strokeStyle = color
  context.lineWidth = 1.25
  context.stroke()
  context.setLineDash([4, 4])
  context.globalAlpha = 0.5
  const [first, last] = [loop[0], loop.at(-1)]
  if (first && last) {
    context.beginPath()
    const [[fromX, fromY], [toX, toY]] = [toScreen(view.camera, last), toScreen(view.camera, first)]
    context.moveTo(fromX, fromY)
    context.lineTo(toX, toY)
    context.stroke()
  }
  context.setLineDash([])
  context.globalAlpha = 1
}

const paintFrame = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  corners: readonly WorldPoint[],
  color: string,
): void => {
  tracePoints(context, view, corners)
  context.closePath()
  context.fillStyle = color
  context.globalAlpha = 0.06
  context.fill()
  context.globalAlpha = 1
  context.strokeStyle = color
  context.lineWidth = 1.25
  context.stroke()
}

/** What something under way is in line with, where a frame goes, and the loop that is being drawn round elements. */
export const paintHints = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  hints: Hints | null,
  colors: ThemeColors,
): void => {
  if (hints?.guides) paintGuides(context, view, hints.guides, colors.guide)
  if (hints?.frame) paintFrame(context, view, hints.frame, colors.accent)
  if (hints?.lasso) paintLasso(context, view, hints.lasso, colors.accent)
}
