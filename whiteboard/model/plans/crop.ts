import { type Camera, toScreen } from '../../geometry/camera.ts'
import { clamp } from '../../geometry/clamp.ts'
import { elementToWorld, type Placed } from '../../geometry/transform.ts'
import {
  type Box,
  localPoint,
  type Radians,
  type ScreenPoint,
  type Size,
  type Vec,
  worldPoint,
} from '../../geometry/types.ts'
import type { Element, Patch } from '../element.ts'
import { healFramed, isWhole } from '../framed.ts'
import { directionVector, type ResizeDirection } from '../handles.ts'
import type { Flip } from '../surface.ts'

/** Pixels of a picture below which none of its sides is cropped. */
const SMALLEST_CROP = 4

/** A picture being cropped: the whole of it as it would lie on the board, and the part that will be kept. */
export interface Cropping {
  readonly full: Placed
  readonly flip: Flip
  readonly natural: Size
  /** In the coordinates of `full`: its unrotated box, from its top left corner. */
  readonly kept: Box
}

/** Where a box that begins at `offset` of another's own coordinates lies, turned as that is. */
const placedWithin = (outer: Placed, offset: Vec, size: Size): Placed => {
  const center = elementToWorld(outer, localPoint(offset[0] + size[0] / 2, offset[1] + size[1] / 2))
  const position = worldPoint(center[0] - size[0] / 2, center[1] - size[1] / 2)
  return { position, size, rotation: outer.rotation }
}

/** How a picture is taken apart for cropping; null while its pixels are not known, or it has no area. */
export const beginCrop = (element: Element): Cropping | null => {
  const { natural, crop, flip } = healFramed(element)
  const [width, height] = element.size
  if (natural === null || width <= 0 || height <= 0) return null
  const [x, y, cropWidth, cropHeight] = crop ?? [0, 0, ...natural]
  const [scaleX, scaleY] = [width / cropWidth, height / cropHeight]
  const left = (flip[0] ? natural[0] - x - cropWidth : x) * scaleX
  const top = (flip[1] ? natural[1] - y - cropHeight : y) * scaleY
  const full = placedWithin(element, [-left, -top], [natural[0] * scaleX, natural[1] * scaleY])
  return { full, flip, natural, kept: { minX: left, minY: top, maxX: left + width, maxY: top + height } }
}

/** Moves one side or corner of what is kept by `delta`, as far as there is picture. */
export const pullCrop = (cropping: Cropping, direction: ResizeDirection, delta: Vec): Cropping => {
  const { full, natural, kept } = cropping
  const [towardsX, towardsY] = directionVector[direction]
  const leastX = Math.min((SMALLEST_CROP * full.size[0]) / natural[0], kept.maxX - kept.minX)
  const leastY = Math.min((SMALLEST_CROP * full.size[1]) / natural[1], kept.maxY - kept.minY)
  return {
    ...cropping,
    kept: {
      minX: towardsX < 0 ? clamp(kept.minX + delta[0], 0, kept.maxX - leastX) : kept.minX,
      minY: towardsY < 0 ? clamp(kept.minY + delta[1], 0, kept.maxY - leastY) : kept.minY,
      maxX: towardsX > 0 ? clamp(kept.maxX + delta[0], kept.minX + leastX, full.size[0]) : kept.maxX,
      maxY: towardsY > 0 ? clamp(kept.maxY + delta[1], kept.minY + leastY, full.size[1]) : kept.maxY,
    },
  }
}

/** Moves what is kept over the picture. */
export const moveCrop = (cropping: Cropping, [dx, dy]: Vec): Cropping => {
  const { full, kept } = cropping
  const x = clamp(dx, -kept.minX, full.size[0] - kept.maxX)
  const y = clamp(dy, -kept.minY, full.size[1] - kept.maxY)
  const { minX, minY, maxX, maxY } = kept
  return { ...cropping, kept: { minX: minX + x, minY: minY + y, maxX: maxX + x, maxY: maxY + y } }
}

/** Where what is kept lies on the board. */
export const keptPlace = ({ full, kept }: Cropping): Placed & { readonly rotation: Radians } =>
  placedWithin(full, [kept.minX, kept.minY], [kept.maxX - kept.minX, kept.maxY - kept.minY])

/** Hundredths of a pixel are enough, and do not grow into long fractions. */
const rounded = (value: number): number => Math.round(value * 100) / 100

/** The fields that show only what is kept. */
export const cropPatch = (cropping: Cropping): Patch => {
  const { full, natural, kept, flip } = cropping
  const [scaleX, scaleY] = [natural[0] / full.size[0], natural[1] / full.size[1]]
  const width = rounded((kept.maxX - kept.minX) * scaleX)
  const height = rounded((kept.maxY - kept.minY) * scaleY)
  const x = rounded((flip[0] ? full.size[0] - kept.maxX : kept.minX) * scaleX)
  const y = rounded((flip[1] ? full.size[1] - kept.maxY : kept.minY) * scaleY)
  const { position, size } = keptPlace(cropping)
  return { crop: isWhole([x, y, width, height], natural) ? null : [x, y, width, height], position, size }
}

/** The fields that show all of the picture, while it is being cropped. */
export const wholePatch = ({ full }: Cropping): Patch => ({
  crop: null,
  position: full.position,
  size: full.size,
})

/** A place to pull what is kept at. */
export interface CropHandle {
  readonly direction: ResizeDirection
  /** Where it lies on a box from -1 to 1. */
  readonly towards: Vec
  readonly at: ScreenPoint
}

/** CSS pixels of a side below which there is no room for a handle in its middle. */
const SHORTEST_SIDE = 56
/** Half of a handle's catching square, in CSS pixels. */
const REACH = { mouse: 12, pen: 14, touch: 22 } as const

/** The handles of what is kept, corners first. */
export const cropHandles = (cropping: Cropping, camera: Camera): readonly CropHandle[] => {
  const place = keptPlace(cropping)
  const [width, height] = place.size
  const handles: CropHandle[] = []
  for (const direction of ['nw', 'ne', 'se', 'sw', 'n', 'e', 's', 'w'] as const) {
    const towards = directionVector[direction]
    const side =
      direction.length === 1 ? (towards[0] === 0 ? width : height) * camera.zoom : Number.POSITIVE_INFINITY
    if (side < SHORTEST_SIDE) continue
    const corner = localPoint(((1 + towards[0]) * width) / 2, ((1 + towards[1]) * height) / 2)
    handles.push({ direction, towards, at: toScreen(camera, elementToWorld(place, corner)) })
  }
  return handles
}

/** The handle under a pointer, the nearest where several are. */
export const cropHandleAt = (
  cropping: Cropping,
  camera: Camera,
  [x, y]: ScreenPoint,
  pointerType: 'mouse' | 'pen' | 'touch',
): CropHandle | null => {
  const distance = ({ at }: CropHandle): number => Math.max(Math.abs(at[0] - x), Math.abs(at[1] - y))
  const near = cropHandles(cropping, camera).filter((handle) => distance(handle) <= REACH[pointerType])
  return near.sort((a, b) => distance(a) - distance(b))[0] ?? null
}
