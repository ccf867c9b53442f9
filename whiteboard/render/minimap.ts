import { boxCenter, boxHeight, boxWidth, expand, union } from '../geometry/box.ts'
import type { Box, Size, Vec, WorldPoint } from '../geometry/types.ts'
import { worldPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import { isFrame } from '../model/derive.ts'
import type { Element } from '../model/element.ts'
import { shownColor, type Theme, themeColors } from '../model/palette.ts'
import type { Peer } from '../model/presence.ts'

/** Pixels of an element at least, so that none is lost. */
const SPECK = 1.2
/** How much there is of what has an outline only. */
const HOLLOW = 0.3
/** Parts of the map left clear round what is on the board. */
const MARGIN = 0.04

/** How the map lies on its canvas: `scale` canvas pixels per board unit, from the board point `origin`. */
export interface MapPlace {
  readonly origin: Vec
  readonly scale: number
}

/** A map of all that is on the board and of what one sees, as large as it fits on a canvas of `size` pixels. */
export const placeMap = (content: Box | null, view: Box, size: Size): MapPlace => {
  const whole = content ? union(content, view) : view
  const box = expand(whole, Math.max(boxWidth(whole), boxHeight(whole)) * MARGIN)
  const scale = Math.min(size[0] / boxWidth(box), size[1] / boxHeight(box))
  const [x, y] = boxCenter(box)
  return { origin: [x - size[0] / 2 / scale, y - size[1] / 2 / scale], scale }
}

/** The board point under a pixel of the map. */
export const fromMap = ({ origin, scale }: MapPlace, [x, y]: Vec): WorldPoint =>
  worldPoint(origin[0] + x / scale, origin[1] + y / scale)

const isHollow = ({ fillStyle, type, size }: Element): boolean =>
  fillStyle === 'none' && type !== 'line' && Math.min(size[0], size[1]) > 0

const colorOf = (element: Element, theme: Theme): string | null => {
  const filled = element.fillStyle !== undefined && element.fillStyle !== 'none'
  const color = filled || element.stroke === undefined ? element.fill : element.stroke
  return typeof color === 'string' ? shownColor(color, theme) : null
}

/** Every element as a speck of its colour, those of one colour together; cheap enough for tens of thousands. */
export const paintSpecks = (
  context: CanvasRenderingContext2D,
  board: BoardReader,
  { origin, scale }: MapPlace,
  theme: Theme,
): void => {
  let last = ''
  const fallback = themeColors[theme].grid
  for (const element of board.ordered) {
    if (isFrame(element)) continue
    const color = colorOf(element, theme) ?? fallback
    if (color !== last) {
      context.fillStyle = color
      last = color
    }
    context.globalAlpha = isHollow(element) ? HOLLOW : 1
    context.fillRect(
      (element.position[0] - origin[0]) * scale,
      (element.position[1] - origin[1]) * scale,
      Math.max(SPECK, element.size[0] * scale),
      Math.max(SPECK, element.size[1] * scale),
    )
  }
  context.globalAlpha = 1
}

/** What one sees, as a frame with all else dimmed, and where the others are. */
export const paintViews = (
  context: CanvasRenderingContext2D,
  view: Box,
  peers: readonly Peer[],
  { origin, scale }: MapPlace,
  theme: Theme,
): void => {
  const { accent, background } = themeColors[theme]
  const { width, height } = context.canvas
  const [left, top] = [(view.minX - origin[0]) * scale, (view.minY - origin[1]) * scale]
  const [viewWidth, viewHeight] = [boxWidth(view) * scale, boxHeight(view) * scale]
  context.beginPath()
  context.rect(0, 0, width, height)
  context.rect(left, top, viewWidth, viewHeight)
  context.fillStyle = background
  context.globalAlpha = 0.5
  context.fill('evenodd')
  context.globalAlpha = 1
  context.strokeStyle = accent
  context.lineWidth = 2
  context.strokeRect(left + 1, top + 1, Math.max(0, viewWidth - 2), Math.max(0, viewHeight - 2))
  for (const { cursor, view: seen, color } of peers) {
    const at = cursor ?? seen?.center
    if (!at) continue
    context.beginPath()
    context.arc((at[0] - origin[0]) * scale, (at[1] - origin[1]) * scale, 5, 0, 2 * Math.PI)
    context.fillStyle = color
    context.fill()
    context.strokeStyle = background
    context.stroke()
  }
}
