import { containsPoint, expand } from '../geometry/box.ts'
import { type Camera, toScreen } from '../geometry/camera.ts'
import { boundsOf } from '../geometry/transform.ts'
import { type ScreenPoint, screenPoint, worldPoint } from '../geometry/types.ts'
import { distance } from '../geometry/vector.ts'
import type { Element } from './element.ts'

/** The sign that something leads elsewhere: its radius, in CSS pixels. */
export const BADGE_RADIUS = 10
/** CSS pixels from the element's right and top edges to the badge's middle. */
const INSET = 14
const ABOVE = 14
/** Elements smaller than this on the screen show none, in CSS pixels. */
const SMALLEST = 32

/** Where the badge of a linked element is on the screen: above its top right corner; null where it is too small for one. */
export const badgeOf = (element: Element, camera: Camera): ScreenPoint | null => {
  const bounds = boundsOf(element)
  const size = Math.max(bounds.maxX - bounds.minX, bounds.maxY - bounds.minY) * camera.zoom
  const corner = worldPoint(bounds.maxX, bounds.minY)
  if (size < SMALLEST || (element.clip && !containsPoint(expand(element.clip, 1), corner))) return null
  const [right, top] = toScreen(camera, corner)
  return screenPoint(right - Math.min(INSET, size / 2), top - ABOVE)
}

/** The topmost of these linked elements (in drawing order) whose badge is at a point of the screen. */
export const badgedAt = (
  linked: readonly Element[],
  camera: Camera,
  point: ScreenPoint,
  tolerance = 2,
): Element | undefined =>
  linked.findLast((element) => {
    const at = badgeOf(element, camera)
    return at !== null && distance(at, point) <= BADGE_RADIUS + tolerance
  })
