import type { Camera } from '../geometry/camera.ts'
import type { Box, Size } from '../geometry/types.ts'

/** Where the board lies on the canvas, in device pixels, moved to whole pixels so that all layers and tiles agree. */
export interface Viewport {
  /** Device pixels per board unit. */
  readonly scale: number
  /** Device pixels per CSS pixel. */
  readonly ratio: number
  /** Device pixels from the canvas' corner to the board's origin; whole numbers. */
  readonly offsetX: number
  readonly offsetY: number
  /** Device pixels. */
  readonly width: number
  readonly height: number
  /** What is seen of the board. */
  readonly box: Box
  /** The camera that leads to the same pixels. */
  readonly camera: Camera
}

export const viewportOf = (camera: Camera, size: Size, ratio: number): Viewport => {
  const scale = camera.zoom * ratio
  const offsetX = Math.round(-camera.x * scale)
  const offsetY = Math.round(-camera.y * scale)
  const width = Math.round(size[0] * ratio)
  const height = Math.round(size[1] * ratio)
  const minX = -offsetX / scale
  const minY = -offsetY / scale
  return {
    scale,
    ratio,
    offsetX,
    offsetY,
    width,
    height,
    box: { minX, minY, maxX: minX + width / scale, maxY: minY + height / scale },
    camera: { x: minX, y: minY, zoom: camera.zoom },
  }
}

/** How large the canvas is in CSS pixels, in which the overlay is drawn. */
export const canvasSize = ({ width, height, ratio }: Viewport): Size => [width / ratio, height / ratio]

/** Leads the context from board units to this view's pixels. */
export const applyViewport = (context: CanvasRenderingContext2D, view: Viewport): void => {
  context.setTransform(view.scale, 0, 0, view.scale, view.offsetX, view.offsetY)
}

/** CSS pixels of canvas beyond which more than two device pixels each are not worth their memory. */
const HUGE = 2_500_000
/** Device pixels of a canvas that are drawn in each frame at most: twice a screen of 4K. */
const MOST_PIXELS = 16_600_000

/** Device pixels per CSS pixel that the canvas gets. */
export const pixelRatio = (deviceRatio: number, [width, height]: Size): number => {
  const wanted = Math.min(deviceRatio, width * height > HUGE ? 2 : 3)
  const bound = Math.sqrt(MOST_PIXELS / Math.max(1, width * height))
  return Math.max(1, Math.min(wanted, bound))
}
