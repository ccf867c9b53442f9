import { BADGE_RADIUS, badgeOf } from '../model/link-badge.ts'
import type { ThemeColors } from '../model/palette.ts'
import { shownElement } from './drafted.ts'
import type { OverlaySource } from './overlay.ts'
import { canvasSize, type Viewport } from './viewport.ts'

/** Badges that are drawn at most. */
const MOST_BADGES = 500

/** An arrow that leaves its box, as links out of a page have it, in CSS pixels from the badge's middle. */
const traceSign = (context: CanvasRenderingContext2D): void => {
  context.moveTo(-0.5, -4)
  context.lineTo(-4, -4)
  context.lineTo(-4, 4)
  context.lineTo(4, 4)
  context.lineTo(4, 0.5)
  context.moveTo(1, -4)
  context.lineTo(4, -4)
  context.lineTo(4, -1)
  context.moveTo(4, -4)
  context.lineTo(-0.5, 0.5)
}

/** A small round sign at the corner of whatever leads elsewhere. */
export const paintBadges = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  { board, drafted }: OverlaySource,
  colors: ThemeColors,
): void => {
  const [width, height] = canvasSize(view)
  let count = 0
  for (const element of board.linked) {
    if (drafted.erasing.has(element.id)) continue
    const at = badgeOf(shownElement(drafted, board, element.id) ?? element, view.camera)
    if (!at || at[0] < -BADGE_RADIUS || at[1] < -BADGE_RADIUS) continue
    if (at[0] > width + BADGE_RADIUS || at[1] > height + BADGE_RADIUS || count++ >= MOST_BADGES) continue
    context.save()
    context.translate(at[0], at[1])
    context.beginPath()
    context.arc(0, 0, BADGE_RADIUS, 0, 2 * Math.PI)
    context.fillStyle = colors.handle
    context.fill()
    context.strokeStyle = colors.accent
    context.lineWidth = 1.25
    context.stroke()
    context.beginPath()
    traceSign(context)
    context.lineWidth = 1.5
    context.lineCap = 'round'
    context.lineJoin = 'round'
    context.stroke()
    context.restore()
  }
}
