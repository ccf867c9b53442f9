import { clamp } from './clamp.ts'
import {
  type Box,
  type ScreenPoint,
  type Size,
  screenPoint,
  type Vec,
  type WorldPoint,
  worldPoint,
} from './types.ts'

/** What part of the board is looked at: the world point at the canvas' top left corner, and CSS pixels per board unit. */
export interface Camera {
  readonly x: number
  readonly y: number
  readonly zoom: number
}

const MIN_ZOOM = 0.02
export const MAX_ZOOM = 32

export const clampZoom = (zoom: number): number => clamp(zoom, MIN_ZOOM, MAX_ZOOM)

/** Together with `toWorld` the only place where the two coordinate spaces meet. */
export const toScreen = (camera: Camera, point: WorldPoint): ScreenPoint =>
  screenPoint((point[0] - camera.x) * camera.zoom, (point[1] - camera.y) * camera.zoom)

export const toWorld = (camera: Camera, point: ScreenPoint): WorldPoint =>
  worldPoint(point[0] / camera.zoom + camera.x, point[1] / camera.zoom + camera.y)

/** The part of the board that a canvas of `size` CSS pixels shows. */
export const visibleBox = (camera: Camera, size: Size): Box => ({
  minX: camera.x,
  minY: camera.y,
  maxX: camera.x + size[0] / camera.zoom,
  maxY: camera.y + size[1] / camera.zoom,
})

/** Moves the view by `delta` CSS pixels: a positive x shows what lies further right. */
export const panBy = (camera: Camera, delta: Vec): Camera => ({
  ...camera,
  x: camera.x + delta[0] / camera.zoom,
  y: camera.y + delta[1] / camera.zoom,
})

/** Zooms so that the world point under `anchor` stays where it is. */
export const zoomAt = (camera: Camera, anchor: ScreenPoint, zoom: number): Camera => {
  const next = clampZoom(zoom)
  const fixed = toWorld(camera, anchor)
  return { x: fixed[0] - anchor[0] / next, y: fixed[1] - anchor[1] / next, zoom: next }
}

/** The camera that shows all of `box` centred in a canvas of `size` CSS pixels, `margin` pixels clear on each side, at most at `maxZoom`. */
export const fitBox = (box: Box, size: Size, margin = 48, maxZoom = 1): Camera => {
  const width = Math.max(1, box.maxX - box.minX)
  const height = Math.max(1, box.maxY - box.minY)
  const roomX = Math.max(1, size[0] - 2 * margin)
  const roomY = Math.max(1, size[1] - 2 * margin)
  const zoom = clampZoom(Math.min(maxZoom, roomX / width, roomY / height))
  return {
    x: (box.minX + box.maxX) / 2 - size[0] / 2 / zoom,
    y: (box.minY + box.maxY) / 2 - size[1] / 2 / zoom,
    zoom,
  }
}
