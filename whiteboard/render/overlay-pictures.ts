import { toScreen } from '../geometry/camera.ts'
import { rotatedCorners } from '../geometry/transform.ts'
import type { ScreenPoint, Vec, WorldPoint } from '../geometry/types.ts'
import type { BoardReader } from '../model/board.ts'
import type { Element, ElementId } from '../model/element.ts'
import type { ThemeColors } from '../model/palette.ts'
import { type Cropping, cropHandles, keptPlace } from '../model/plans/crop.ts'
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
  line(Math.max(0.02, Math.min(1, part)), colors.accent, BAR.height)
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

const trace = (context: CanvasRenderingContext2D, corners: readonly ScreenPoint[]): void => {
  corners.forEach(([x, y], index) => {
    if (index === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.closePath()
}

/** Half the length of a handle's arms, in CSS pixels. */
const ARM = 9

/** What will be cut away lies in the shade; handles stand at the sides and corners of what is kept. */
export const paintCropping = (
  context: CanvasRenderingContext2D,
  view: Viewport,
  cropping: Cropping,
  colors: ThemeColors,
): void => {
  const kept = keptPlace(cropping)
  const keptCorners = screenCorners(rotatedCorners(kept), view)
  context.beginPath()
  trace(context, screenCorners(rotatedCorners(cropping.full), view))
  trace(context, keptCorners)
  context.fillStyle = 'rgb(0 0 0 / 0.5)'
  context.fill('evenodd')
  context.beginPath()
  trace(context, keptCorners)
  context.strokeStyle = colors.accent
  context.lineWidth = 1.25
  context.stroke()
  for (const handle of cropHandles(cropping, view.camera)) {
    paintCropHandle(context, handle.at, handle.towards, kept.rotation, colors)
  }
}

/** An angle at corners, a bar at sides. */
const paintCropHandle = (
  context: CanvasRenderingContext2D,
  [x, y]: ScreenPoint,
  [towardsX, towardsY]: Vec,
  rotation: number,
  colors: ThemeColors,
): void => {
  context.save()
  context.translate(x, y)
  context.rotate(rotation)
  context.lineCap = 'round'
  context.lineJoin = 'round'
  context.beginPath()
  if (towardsX !== 0 && towardsY !== 0) {
    context.moveTo(-towardsX * ARM * 1.3, 0)
    context.lineTo(0, 0)
    context.lineTo(0, -towardsY * ARM * 1.3)
  } else {
    context.moveTo(-towardsY * ARM, -towardsX * ARM)
    context.lineTo(towardsY * ARM, towardsX * ARM)
  }
  context.strokeStyle = colors.accent
  context.lineWidth = 6
  context.stroke()
  context.strokeStyle = colors.handle
  context.lineWidth = 3.5
  context.stroke()
  context.restore()
}
