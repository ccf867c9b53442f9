import { type Theme, themeColors } from '../model/palette.ts'
import type { Viewport } from './viewport.ts'

/** Board units between dots at zoom 1; halved or doubled until they lie 18 to 36 CSS pixels apart. */
const SPACING = 24
const CLOSEST = 18
/** Alpha of the dots that stay while those between them come and go. */
const STRENGTH = 0.9

/** Dots at every `spacing` device pixels from the board's origin; whole pixels, so that they are crisp. */
const paintDots = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  spacing: number,
  alpha: number,
): void => {
  const side = Math.max(1, Math.round(view.ratio * 1.5))
  const startX = ((view.offsetX % spacing) + spacing) % spacing
  const startY = ((view.offsetY % spacing) + spacing) % spacing
  context.globalAlpha = alpha
  for (let y = startY - spacing; y < view.height; y += spacing) {
    const top = Math.round(y - side / 2)
    for (let x = startX - spacing; x < view.width; x += spacing) {
      context.fillRect(Math.round(x - side / 2), top, side, side)
    }
  }
  context.globalAlpha = 1
}

/** The board's background with its grid of dots, over the whole canvas (or what it is clipped to). */
export const paintBackdrop = (context: CanvasRenderingContext2D, view: Viewport, theme: Theme): void => {
  const colors = themeColors[theme]
  context.setTransform(1, 0, 0, 1, 0, 0)
  context.globalAlpha = 1
  context.fillStyle = colors.background
  context.fillRect(0, 0, view.width, view.height)
  context.fillStyle = colors.grid
  const closest = CLOSEST * view.ratio
  const fine = SPACING * view.scale * 2 ** Math.ceil(Math.log2(closest / (SPACING * view.scale)))
  const share = Math.min(1, (fine / closest - 1) * 1.2)
  paintDots(context, view, fine * 2, STRENGTH)
  if (share > 0.06) paintDots(context, view, fine, STRENGTH * share)
}
