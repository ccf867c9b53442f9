import { toScreen } from '../geometry/camera.ts'
import { clamp } from '../geometry/clamp.ts'
import { rotatedCorners } from '../geometry/transform.ts'
import type { ScreenPoint, Vec, WorldPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { ThemeColors } from '../model/palette.ts'
import type { AssetId } from '../model/surface.ts'
import type { Viewport } from './viewport.ts'

/** Part of each picture that has arrived, 0 to 1. */
export type Uploads = ReadonlyMap<AssetId, number>

/** CSS pixels. */
const BAR = { height: 4, inset: 8, longest: 160, shortest: 16 } as const

/** From the middle of the lower edge upwards, so that it lies within a picture that is turned too. */
const barPlace = (corners: readonly ScreenPoint[]): { start: Vec; along: Vec; length: number } | null => {
  const [, , right, left] = corners
  if (!right || !left) return null
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]]
  const width = Math.hypot(dx, dy)
  const length = Math.min(BAR.longest, width - 2 * BAR.inset)
  if (length < BAR.shortest) return null
  const along: Vec = [dx / width, dy / width]
  const rise = BAR.inset + BAR.height / 2
  const middle: Vec = [(left[0] + right[0]) / 2 + along[1] * rise, (left[1] + right[1]) / 2 - along[0] * rise]
  return { start: [middle[0] - (along[0] * length) / 2, middle[1] - (along[1] * length) / 2], along, length }
}

const paintBar = (
  context: CanvasRenderingContext2D,
  corners: readonly ScreenPoint[],
  part: number,
  colors: ThemeColors,
): void => {
  const place = barPlace(corners)
  if (!place) return
  const { start, along, length } = place
  const line = (share: number, color: string, width: number): void => {
    context.strokeStyle = color
    context.lineWidth = width
    context.beginPath()
    context.moveTo(...start)
    context.lineTo(start[0] + along[0] * length * share, start[1] + along[1] * length * share)
    context.stroke()
  }
  context.lineCap = 'round'
  line(1, colors.handle, BAR.height + 2)
  line(clamp(part, 0.02, 1), colors.accent, BAR.height)
  context.lineCap = 'butt'
}

/** How far pictures have got that are on their way to the server, whoever brings them. */
export const paintUploads = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  board: BoardReader,
  changed: ReadonlyMap<ElementId, Element>,
  uploads: Uploads,
  colors: ThemeColors,
): void => {
  if (uploads.size === 0) return
  for (const stored of board.query(view.box)) {
    const part = uploads.get(stored.asset as AssetId)
    if (part === undefined) continue
    const element = changed.get(stored.id) ?? stored
    paintBar(context, screenCorners(rotatedCorners(element), view), part, colors)
  }
}

const screenCorners = (corners: readonly WorldPoint[], view: Viewport): readonly ScreenPoint[] =>
  corners.map((corner) => toScreen(view.camera, corner))
