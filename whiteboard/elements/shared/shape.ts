import { containsPoint } from '../../geometry/box.ts'
import type { Box, Size, Vec } from '../../geometry/types.ts'
import type { Color, Dash, FillStyle, Roughness, StyleKey, VerticalAlign } from '../../model/element.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import { createRecent } from '../../model/recent.ts'
import type { Path, Surface, TextMeasurer } from '../../model/surface.ts'
import {
  cornerFields,
  fillFields,
  flippedFields,
  readBy,
  roughFields,
  strokeFields,
  textFields,
} from './fields.ts'
import { paintFill, paintPlainFill } from './fill.ts'
import { isHatched, TOGETHER } from './hatch.ts'
import { type Labelled, labelLayout, labelWord, paintLabel } from './label.ts'
import { boxPath, distanceToOutline, flippedPath, polygonOf } from './outlines.ts'
import { replaced } from './place.ts'
import { handOf, roughen, roughReach } from './rough.ts'

/** What every outlined shape stores beside the shared fields. */
interface Shape extends Labelled {
  readonly stroke: Color
  readonly strokeWidth: number
  readonly dash: Dash
  readonly fill: Color
  readonly fillStyle: FillStyle
  readonly roughness: Roughness
  readonly verticalAlign: VerticalAlign
  /** Only of shapes with corners. */
  readonly corner?: number | null
  /** Only of shapes that look different turned over. */
  readonly flippedX?: boolean
  readonly flippedY?: boolean
}

/** What tells one outlined shape from another. Pure functions of the size, in the shape's own coordinates. */
export interface ShapeForm {
  readonly type: string
  /**
   * Its outline: one closed line that fills the box. `corner` is the rounding that a person chose in board units, 0 for
   * none; null for the shape's own.
   */
  outline(size: Size, corner: number | null): Path
  /** Lines drawn beside the outline, as the front rim of a cylinder. */
  details?(size: Size): Path
  /**
   * The part of its box in which text stays inside of the outline: left, top, right, bottom as parts of the box, 0 to 1.
   */
  readonly inner: readonly [left: number, top: number, right: number, bottom: number]
  /** Whether it has corners that can be rounded. */
  readonly hasCorners?: boolean
  /** Whether it looks different turned over, left to right or top to bottom. */
  readonly flips?: boolean
}

/** Board units between the outline and the text. */
const PADDING = 8
/** A word longer than this, in font sizes, is broken instead of making the outline broader. */
const LONGEST_WORD = 12

interface Geometry {
  readonly path: Path
  readonly details: Path
  /** The path as a polygon, the same array each time. */
  polygon(): readonly Vec[]
}

/** Commands and corners that are kept: of some thousand shapes of different sizes. */
const KEPT_COMMANDS = 60_000

/** By form and size, not by element: moving and recolouring compute nothing, and shapes of one size share one path. */
const geometries = createRecent<ShapeForm, Geometry>(KEPT_COMMANDS)

const createGeometry = (form: ShapeForm, shape: Shape): Geometry => {
  const { size, corner = null, flippedX = false, flippedY = false } = shape
  const path = flippedPath(form.outline(size, corner), size, flippedX, flippedY)
  const details = flippedPath(form.details?.(size) ?? [], size, flippedX, flippedY)
  let polygon: readonly Vec[] | null = null
  return {
    path,
    details,
    polygon: () => {
      polygon ??= polygonOf(path)
      return polygon
    },
  }
}

const geometryOf = (form: ShapeForm, shape: Shape): Geometry => {
  const [width, height] = shape.size
  const key = `${width} ${height} ${shape.corner} ${shape.flippedX} ${shape.flippedY}`
  const known = geometries.get(form, key)
  if (known) return known
  const made = createGeometry(form, shape)
  return geometries.set(form, key, made, CORNERS * (made.path.length + made.details.length))
}

/** About how many corners a polygon has for each command of its path. */
const CORNERS = 3

const paintShape = (surface: Surface, shape: Shape, geometry: Geometry): void => {
  const { path, details, polygon } = geometry
  const { fill, fillStyle, stroke, strokeWidth, dash } = shape
  const hand = handOf(shape, surface.scale)
  paintFill(surface, { outline: polygon, path, color: fill, style: fillStyle, strokeWidth, hand })
  surface.stroke(roughen(path, hand), { color: stroke, width: strokeWidth, dash })
  if (details.length > 0) {
    surface.stroke(roughen(details, hand), { color: stroke, width: strokeWidth, dash })
  }
}

/** Pixels below which no outline can be told from a box. */
const BLOCK = 4

/** From afar: its outline or only its box, drawn by a steady hand. */
const paintSmallShape = (surface: Surface, form: ShapeForm, shape: Shape): void => {
  const { size, corner = null, flippedX = false, flippedY = false, fill, fillStyle, stroke } = shape
  const isBlock = Math.max(size[0], size[1]) * surface.scale < BLOCK
  const path = isBlock ? boxPath(size) : flippedPath(form.outline(size, corner), size, flippedX, flippedY)
  if (isHatched(fillStyle)) surface.fill(path, fill, TOGETHER[fillStyle])
  else paintPlainFill(surface, { path, color: fill, style: fillStyle })
  surface.stroke(path, { color: stroke, width: shape.strokeWidth, dash: 'solid' })
}

/** The part of the box for text, turned over with the shape. */
const slotBox = (form: ShapeForm, shape: Shape): Box => {
  const [width, height] = shape.size
  const [left, top, right, bottom] = form.inner
  const [minX, maxX] = shape.flippedX ? [1 - right, 1 - left] : [left, right]
  const [minY, maxY] = shape.flippedY ? [1 - bottom, 1 - top] : [top, bottom]
  const [middleX, middleY] = [((minX + maxX) / 2) * width, ((minY + maxY) / 2) * height]
  const halfWidth = Math.max(1, (maxX - minX) * width - 2 * PADDING) / 2
  const halfHeight = Math.max(1, (maxY - minY) * height - 2 * PADDING) / 2
  return {
    minX: middleX - halfWidth,
    minY: middleY - halfHeight,
    maxX: middleX + halfWidth,
    maxY: middleY + halfHeight,
  }
}

const stylesOf = (form: ShapeForm): readonly StyleKey[] => [
  'stroke',
  'fill',
  'fillStyle',
  'strokeWidth',
  'dash',
  'roughness',
  ...(form.hasCorners ? (['corner'] as const) : []),
  'opacity',
  'fontFamily',
  'fontSize',
  'textAlign',
  'verticalAlign',
]

/** An outline that can be filled, with text in its middle. */
export const shapeKind = (form: ShapeForm): ElementKind => {
  const defaults = {
    ...strokeFields,
    ...fillFields,
    ...textFields,
    ...roughFields,
    verticalAlign: 'middle',
    ...(form.hasCorners && cornerFields),
    ...(form.flips && flippedFields),
  } as const

  const slotOf = (shape: Shape): TextSlot => ({
    box: slotBox(form, shape),
    vertical: shape.verticalAlign,
    wrap: true,
  })

  const paint: ElementKind['paint'] = (surface, element, context) => {
    const shape = element as Shape
    paintShape(surface, shape, geometryOf(form, shape))
    paintLabel(surface, shape, slotOf(shape), shape.stroke, context)
  }

  const paintSmall: ElementKind['paintSmall'] = (surface, element, context) => {
    const shape = element as Shape
    paintSmallShape(surface, form, shape)
    if (shape.text !== '') paintLabel(surface, shape, slotOf(shape), shape.stroke, context)
  }

  const hit: ElementKind['hit'] = (element, point, tolerance) => {
    const shape = element as Shape
    const distance = distanceToOutline(point, geometryOf(form, shape).polygon())
    const reach = tolerance + shape.strokeWidth / 2
    if (distance > reach) return false
    if (shape.fillStyle !== 'none' || distance >= -reach) return true
    return shape.text !== '' && containsPoint(slotBox(form, shape), point)
  }

  const [left, top, right, bottom] = form.inner

  /** How broad the outline must be for each word to stand on one line. */
  const widthOfWords = (shape: Shape, measure: TextMeasurer): number =>
    (Math.min(labelWord(shape, measure), shape.fontSize * LONGEST_WORD) + 2 * PADDING) / (right - left)

  /** Grows downwards, and to both sides for a long word, when text no longer fits; never shrinks what a person made large. */
  const fitted: NonNullable<ElementKind['fitted']> = (element, measure) => {
    const shape = element as Shape
    if (shape.text === '') return {}
    const width = Math.max(shape.size[0], widthOfWords(shape, measure))
    const broad: Shape = { ...shape, size: [width, shape.size[1]] }
    const text = labelLayout(broad, slotOf(broad), measure).height
    const height = Math.max(shape.size[1], (text + 2 * PADDING) / (bottom - top))
    if (width - shape.size[0] < 0.01 && height - shape.size[1] < 0.01) return {}
    return replaced(shape, [(shape.size[0] - width) / 2, 0], [width, height])
  }

  const mirrored: NonNullable<ElementKind['mirrored']> = (element, horizontally, vertically) => {
    const { flippedX, flippedY } = element as Shape
    return { flippedX: flippedX !== horizontally, flippedY: flippedY !== vertically }
  }

  return {
    type: form.type,
    defaults,
    styles: stylesOf(form),
    resize: 'box',
    ...readBy(defaults),
    paint,
    paintSmall,
    hit,
    overhang: (element) => {
      const { strokeWidth, roughness } = element as Shape
      return strokeWidth / 2 + 1 + roughReach(roughness)
    },
    fitted,
    ...(form.flips && { mirrored }),
    outline: (element) => geometryOf(form, element as Shape).polygon(),
    textSlot: (element) => slotOf(element as Shape),
  }
}
