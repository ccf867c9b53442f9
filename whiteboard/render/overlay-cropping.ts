import { toScreen } from '../geometry/camera.ts'
import { rotatedCorners } from '../geometry/transform.ts'
import type { ScreenPoint, Vec, WorldPoint } from '../geometry/types.ts'
import type { ThemeColors } from '../model/palette.ts'
import { type Cropping, cropHandles, keptPlace } from '../model/plans/crop.ts'
import type { Viewport } from './viewport.ts'

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
