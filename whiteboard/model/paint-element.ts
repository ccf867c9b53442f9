import { expand } from '../geometry/box.ts'
import type { Box, Vec } from '../geometry/types.ts'
import { FRAME_EDGE } from './derive.ts'
import type { Element } from './element.ts'
import type { ElementKind, KindRegistry, PaintContext } from './kind.ts'
import type { Path, Surface } from './surface.ts'

/** No registered type has this name, so a registry answers with the placeholder. */
const NO_TYPE = ''

/** Pixels below which an element is only a speck of its colour. */
const SPECK = 1.5
/** Pixels below which it is drawn with little effort, on a board that is seen at this scale at most. */
const SMALL = 12
const SMALL_SCALE = 0.2

const isSmall = ({ size }: Element, scale: number): boolean =>
  scale <= SMALL_SCALE && Math.max(size[0], size[1]) * scale < SMALL

const isSpeck = (element: Element, kind: ElementKind, scale: number): boolean =>
  Math.max(element.size[0], element.size[1]) * scale < SPECK &&
  (Math.max(element.size[0], element.size[1]) + 2 * kind.overhang(element)) * scale < SPECK

const paintSpeck = (surface: Surface, element: Element): void => {
  const color = element.fillStyle === 'none' ? element.stroke : (element.fill ?? element.stroke)
  if (typeof color !== 'string') return
  const [left, top] = element.position
  const right = left + Math.max(element.size[0], 0.7 / surface.scale)
  const bottom = top + Math.max(element.size[1], 0.7 / surface.scale)
  const box = [['M', left, top], ['L', right, top], ['L', right, bottom], ['L', left, bottom], ['Z']] as const
  surface.fill(box, color, element.opacity * 0.7)
}

const clipPaths = new WeakMap<Box, Path>()

/** The inside of a frame's line; the same path for as long as the frame stays where it is. */
const clipPath = (clip: Box): Path => {
  const known = clipPaths.get(clip)
  if (known) return known
  const { minX, minY, maxX, maxY } = expand(clip, -FRAME_EDGE.line / 2)
  const radius = Math.max(
    0,
    Math.min(FRAME_EDGE.corner - FRAME_EDGE.line / 2, (maxX - minX) / 2, (maxY - minY) / 2),
  )
  const path: Path = [
    ['M', minX + radius, minY],
    ['L', maxX - radius, minY],
    ['Q', maxX, minY, maxX, minY + radius],
    ['L', maxX, maxY - radius],
    ['Q', maxX, maxY, maxX - radius, maxY],
    ['L', minX + radius, maxY],
    ['Q', minX, maxY, minX, maxY - radius],
    ['L', minX, minY + radius],
    ['Q', minX, minY, minX + radius, minY],
    ['Z'],
  ]
  clipPaths.set(clip, path)
  return path
}

const reported = new Set<string>()

/** Says once per type that something could not be drawn; the board goes on. */
const report = (element: Element, error: unknown): void => {
  if (reported.has(element.type) || reported.size > 100) return
  reported.add(element.type)
  console.warn(`An element of type ${JSON.stringify(element.type)} could not be drawn`, error)
}

const paintWith = (
  surface: Surface,
  element: Element,
  kinds: KindRegistry,
  type: string,
  context: PaintContext,
): void => {
  const kind = kinds.get(type)
  if (isSpeck(element, kind, surface.scale)) {
    paintSpeck(surface, element)
    return
  }
  const pivot: Vec = [element.size[0] / 2, element.size[1] / 2]
  const paint = () => {
    if (kind.paintSmall && isSmall(element, surface.scale)) kind.paintSmall(surface, element, context)
    else kind.paint(surface, element, context)
  }
  const place = () => surface.transformed(element.position, element.rotation, pivot, paint)
  const { clip } = element
  const draw = clip ? () => surface.clipped(clipPath(clip), place) : place
  const { opacity } = element
  const fade = opacity < 1 ? () => surface.faded(Math.max(0, opacity), draw) : draw
  if (kind.highlights) surface.highlighted(fade)
  else fade()
}

/**
 * Draws one element in the surface's current system (the board's). Never throws: one that cannot be drawn is shown as
 * the placeholder.
 */
export const paintElement = (
  surface: Surface,
  element: Element,
  kinds: KindRegistry,
  context: PaintContext,
): void => {
  try {
    paintWith(surface, element, kinds, element.type, context)
  } catch (error) {
    report(element, error)
    try {
      paintWith(surface, element, kinds, NO_TYPE, context)
    } catch {
      // Not even its box can be read: nothing is shown.
    }
  }
}
