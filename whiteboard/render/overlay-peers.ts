import { toScreen } from '../geometry/camera.ts'
import type { ScreenPoint } from '../geometry/types.ts'
import { inkOn } from '../model/palette.ts'
import type { Peer } from '../model/presence.ts'
import { cssFont } from '../model/text/fonts.ts'
import { graphemes, truncated } from '../model/text/graphemes.ts'
import type { CursorMotion } from './cursor-motion.ts'
import { canvasSize, type Viewport } from './viewport.ts'

const LABEL_SIZE = 12
const LABEL_HEIGHT = 21
const LABEL_PADDING = 8
const MAX_NAME = 28
const FALLBACK = '#6b7280'

export const peerColor = (peer: Peer): string => (/^#[0-9a-f]{6}$/i.test(peer.color) ? peer.color : FALLBACK)

/** The arrow of a cursor, its tip at the origin, in CSS pixels. */
const tracePointer = (context: CanvasRenderingContext2D): void => {
  context.beginPath()
  context.moveTo(0, 0)
  context.lineTo(4.4, 15.6)
  context.lineTo(7.4, 9.4)
  context.lineTo(13.9, 7.2)
  context.closePath()
}

const shorten = (name: string): string => truncated(name, (part) => graphemes(part).length <= MAX_NAME)

const paintLabel = (context: CanvasRenderingContext2D, name: string, color: string): void => {
  context.font = `500 ${cssFont('sans', LABEL_SIZE)}`
  context.textAlign = 'left'
  context.textBaseline = 'middle'
  const width = context.measureText(name).width + 2 * LABEL_PADDING
  context.beginPath()
  context.roundRect(11, 15, width, LABEL_HEIGHT, 7)
  context.fillStyle = color
  context.fill()
  context.fillStyle = inkOn(color)
  context.fillText(name, 11 + LABEL_PADDING, 15 + LABEL_HEIGHT / 2 + 0.5)
}

const paintCursor = (context: CanvasRenderingContext2D, at: ScreenPoint, peer: Peer, ring: string): void => {
  const color = peerColor(peer)
  context.save()
  context.translate(at[0], at[1])
  tracePointer(context)
  context.lineJoin = 'round'
  context.lineWidth = 4
  context.strokeStyle = ring
  context.stroke()
  context.lineWidth = 1.6
  context.strokeStyle = color
  context.fillStyle = color
  context.fill()
  context.stroke()
  if (peer.name !== '') paintLabel(context, shorten(peer.name), color)
  context.restore()
}

/** Everybody's cursor with its name, in CSS pixels. `ring` sets it off from what is under it. */
export const paintCursors = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  peers: readonly Peer[],
  motion: CursorMotion,
  ring: string,
): void => {
  const [width, height] = canvasSize(view)
  for (const peer of peers) {
    const shown = motion.at(peer.clientId)
    if (shown === undefined) continue
    const at = toScreen(view.camera, shown)
    if (at[0] < -240 || at[1] < -50 || at[0] > width || at[1] > height) continue
    paintCursor(context, at, peer, ring)
  }
}
