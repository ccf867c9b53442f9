import { GROW_RADIUS, type Handle } from '../model/handles.ts'
import type { ThemeColors } from '../model/palette.ts'

/** CSS pixels. */
const SIGN = 4.5

const TURNS = { right: 0, below: 1, left: 2, above: 3 } as const

/** The small button from which a flowchart grows: an arrow outwards, or a cross where a note is added. */
export const paintGrowButton = (
  context: CanvasRenderingContext2D,
  { side, note }: Handle & { readonly type: 'grow' },
  colors: ThemeColors,
): void => {
  context.rotate((TURNS[side] * Math.PI) / 2)
  context.fillStyle = colors.handle
  context.strokeStyle = colors.accent
  context.lineWidth = 1
  context.beginPath()
  context.arc(0, 0, GROW_RADIUS - 0.5, 0, 2 * Math.PI)
  context.fill()
  context.globalAlpha = 0.5
  context.stroke()
  context.globalAlpha = 1
  context.lineWidth = 1.75
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  context.moveTo(-SIGN, 0)
  context.lineTo(SIGN, 0)
  if (note) {
    context.moveTo(0, -SIGN)
    context.lineTo(0, SIGN)
  } else {
    context.moveTo(SIGN - 4, -4)
    context.lineTo(SIGN, 0)
    context.lineTo(SIGN - 4, 4)
  }
  context.stroke()
}
