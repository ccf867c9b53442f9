import type { Box, LocalPoint, Size, Vec } from '../../geometry/types.ts'
import type { Color, Dash, FillStyle } from '../../model/element.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import type { Path, TextMeasurer } from '../../model/surface.ts'
import { fillFields, parseFields, strokeFields, textFields } from './fields.ts'
import { type Labelled, labelLayout, labelWord, paintLabel } from './label.ts'
import { replaced } from './place.ts'

/** What rectangle, diamond and ellipse store beside the shared fields. */
interface Shape extends Labelled {
  readonly stroke: Color
  readonly strokeWidth: number
  readonly dash: Dash
  readonly fill: Color
  readonly fillStyle: FillStyle
}

/** What tells one outlined shape from another. */
export interface ShapeForm {
  readonly type: string
  outline(size: Size): Path
  /** The part of its box in which text stays inside of the outline: the sides as parts of the box's, 0 to 1. */
  readonly inner: Vec
  /**
   * How far a point is from the outline, in board units, negative inside. May be approximate, but is right in sign.
   */
  distance(size: Size, point: LocalPoint): number
}

/** Board units between the outline and the text. */
const PADDING = 8
/** A word longer than this, in font sizes, is broken instead of making the outline broader. */
const LONGEST_WORD = 12
const SEMI_OPACITY = 0.45

const defaults = { ...strokeFields, ...fillFields, ...textFields } as const

const slotBox = (size: Size, inner: Vec): Box => {
  const width = Math.max(1, size[0] * inner[0] - 2 * PADDING)
  const height = Math.max(1, size[1] * inner[1] - 2 * PADDING)
  const minX = (size[0] - width) / 2
  const minY = (size[1] - height) / 2
  return { minX, minY, maxX: minX + width, maxY: minY + height }
}

/** An outline that can be filled, with text in its middle. */
export const shapeKind = (form: ShapeForm): ElementKind => {
  const slotOf = (size: Size): TextSlot => ({
    box: slotBox(size, form.inner),
    vertical: 'middle',
    wrap: true,
  })

  const paint: ElementKind['paint'] = (surface, element, context) => {
    const shape = element as Shape
    const path = form.outline(shape.size)
    if (shape.fillStyle !== 'none') {
      surface.fill(path, shape.fill, shape.fillStyle === 'semi' ? SEMI_OPACITY : 1)
    }
    surface.stroke(path, { color: shape.stroke, width: shape.strokeWidth, dash: shape.dash })
    paintLabel(surface, shape, slotOf(shape.size), shape.stroke, context)
  }

  const hit: ElementKind['hit'] = (element, point, tolerance) => {
    const shape = element as Shape
    const distance = form.distance(shape.size, point)
    const reach = tolerance + shape.strokeWidth / 2
    if (distance > reach) return false
    if (shape.fillStyle !== 'none' || distance >= -reach) return true
    return shape.text !== '' && withinBox(slotBox(shape.size, form.inner), point)
  }

  /** How broad the outline must be for each word to stand on one line. */
  const widthOfWords = (shape: Shape, measure: TextMeasurer): number =>
    (Math.min(labelWord(shape, measure), shape.fontSize * LONGEST_WORD) + 2 * PADDING) / form.inner[0]

  /** Grows downwards, and to both sides for a long word, when text no longer fits; never shrinks what a person made large. */
  const fitted: NonNullable<ElementKind['fitted']> = (element, measure) => {
    const shape = element as Shape
    if (shape.text === '') return {}
    const width = Math.max(shape.size[0], widthOfWords(shape, measure))
    const text = labelLayout(shape, slotOf([width, shape.size[1]]), measure).height
    const height = Math.max(shape.size[1], (text + 2 * PADDING) / form.inner[1])
    if (width - shape.size[0] < 0.01 && height - shape.size[1] < 0.01) return {}
    return replaced(shape, [(shape.size[0] - width) / 2, 0], [width, height])
  }

  return {
    type: form.type,
    defaults,
    styles: [
      'stroke',
      'fill',
      'fillStyle',
      'strokeWidth',
      'dash',
      'opacity',
      'fontFamily',
      'fontSize',
      'textAlign',
    ],
    resize: 'box',
    parse: (fields) => parseFields(fields, defaults),
    paint,
    hit,
    overhang: (element) => (element as Shape).strokeWidth / 2 + 1,
    fitted,
    textSlot: (element) => slotOf(element.size),
  }
}

const withinBox = (box: Box, [x, y]: LocalPoint): boolean =>
  x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY
