import { boxAt } from '../geometry/box.ts'
import { type Camera, toScreen } from '../geometry/camera.ts'
import { type Box, type ScreenPoint, worldPoint } from '../geometry/types.ts'
import type { Element } from './element.ts'
import type { TextMeasurer } from './surface.ts'

/** The name above a frame, in CSS pixels: the size of its letters, the height of its line, and its gap to the frame. */
export const CAPTION = { size: 14, height: 22, gap: 3 } as const

/** Frames narrower than this many CSS pixels show no name. */
const NARROWEST = 18

/** What a frame without a name is called. */
const UNNAMED = 'Frame'

/** The longest name that is shown, in UTF-16 units, before it is fitted. */
const MAX_CAPTION = 200

/** The name of a frame in one line. */
export const captionText = ({ text }: Pick<Element, 'text'>): string =>
  text.slice(0, MAX_CAPTION).replace(/\s+/g, ' ').trim() || UNNAMED

/** The text, or as much of it as fits into so many pixels, with an ellipsis. */
export const fittedCaption = (text: string, width: number, measure: TextMeasurer): string => {
  const widthOf = (shown: string): number => measure.width(shown, 'sans', CAPTION.size)
  if (widthOf(text) <= width) return text
  const letters = [...text]
  let [fits, long] = [0, letters.length]
  while (long - fits > 1) {
    const middle = (fits + long) >> 1
    if (widthOf(`${letters.slice(0, middle).join('')}…`) <= width) fits = middle
    else long = middle
  }
  return `${letters.slice(0, fits).join('').trimEnd()}…`
}

export interface Caption {
  readonly text: string
  /** Where it is on the screen, in CSS pixels. */
  readonly box: Box
}

/** The name of a frame as it is shown and hit at this camera; null where the frame is too small for one. */
export const captionOf = (frame: Element, camera: Camera, measure: TextMeasurer): Caption | null => {
  const room = frame.size[0] * camera.zoom
  if (room < NARROWEST) return null
  const text = fittedCaption(captionText(frame), room, measure)
  const [left, top] = toScreen(camera, frame.position)
  const width = Math.min(room, measure.width(text, 'sans', CAPTION.size))
  const at = worldPoint(left, top - CAPTION.gap - CAPTION.height)
  return { text, box: boxAt(at, [width, CAPTION.height]) }
}

/** The topmost of these frames (in drawing order) whose name is at a point of the screen. */
export const captionedAt = (
  frames: readonly Element[],
  camera: Camera,
  point: ScreenPoint,
  measure: TextMeasurer,
): Element | undefined => {
  const [x, y] = point
  return frames.findLast((frame) => {
    const { position, size } = frame
    const [left, top] = toScreen(camera, position)
    const isAbove = y >= top - CAPTION.gap - CAPTION.height && y <= top
    if (!isAbove || x < left || x > left + size[0] * camera.zoom) return false
    const caption = captionOf(frame, camera, measure)
    return caption !== null && x <= caption.box.maxX
  })
}
