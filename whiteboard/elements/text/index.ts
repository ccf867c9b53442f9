import { clamp } from '../../geometry/clamp.ts'
import type { Size, Vec } from '../../geometry/types.ts'
import type { Color, Patch } from '../../model/element.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import { DEFAULT_STROKE } from '../../model/palette.ts'
import { MAX_FONT_SIZE, MIN_FONT_SIZE, readBy, textFields } from '../shared/fields.ts'
import { type Labelled, labelLayout, paintLabel } from '../shared/label.ts'
import { hitsBox } from '../shared/outlines.ts'
import { replaced } from '../shared/place.ts'

interface Text extends Labelled {
  readonly stroke: Color
  /** Whether the box is as wide as the text; otherwise lines wrap at the box's width. */
  readonly autoWidth: boolean
}

const defaults = { stroke: DEFAULT_STROKE, ...textFields, textAlign: 'left', autoWidth: true } as const

const slotOf = (text: Text): TextSlot => ({
  box: { minX: 0, minY: 0, maxX: text.size[0], maxY: text.size[1] },
  vertical: 'top',
  wrap: !text.autoWidth,
})

/** Which side of a line of text stays in place when it gets longer, as a part of the width. */
const ANCHOR = { left: 0, center: 0.5, right: 1 } as const

/** A corner scales the letters; a side alone changes where lines wrap, and the letters stay. */
const resized = (element: Text, [width, height]: Size): Patch => {
  const scaleX = width / Math.max(0.01, element.size[0])
  const scaleY = height / Math.max(0.01, element.size[1])
  if (Math.abs(scaleX - scaleY) > 0.01 * Math.max(scaleX, scaleY)) return { autoWidth: false }
  const fontSize = clamp(element.fontSize * scaleX, MIN_FONT_SIZE, MAX_FONT_SIZE)
  return { fontSize }
}

/** Widths of letters as parts of the font's size, so that most texts are no wider: of alphabets, and of squarer signs. */
const LETTER = 0.56
const SIGN = 1
const FIRST_SIGN = 0x2e80

const roughWidth = (line: string): number => {
  let width = 0
  for (let index = 0; index < line.length; index++) {
    width += line.charCodeAt(index) < FIRST_SIGN ? LETTER : SIGN
  }
  return width
}

/**
 * How far text goes beyond its box, about, without measuring anything: a box that was made with other fonts, or by a script,
 * may be too small for it, and what is painted beyond must be known.
 */
const overflow = ({ text, fontSize, size: [width, height], autoWidth }: Text): number => {
  const widths = text.split('\n').map((line) => roughWidth(line) * fontSize)
  if (autoWidth) return Math.max(0, Math.max(...widths) - width, widths.length * fontSize * 1.25 - height)
  const lines = widths.reduce((count, each) => count + Math.max(1, Math.ceil(each / Math.max(1, width))), 0)
  return Math.max(0, lines * fontSize * 1.25 - height)
}

/** Text that stands by itself. */
export const text: ElementKind = {
  type: 'text',
  defaults,
  styles: ['stroke', 'fontFamily', 'fontSize', 'textAlign', 'opacity'],
  resize: 'proportional',
  ...readBy(defaults),
  paint: (surface, element, context) => {
    const own = element as Text
    paintLabel(surface, own, slotOf(own), own.stroke, context)
  },
  hit: ({ size }, point, tolerance) => hitsBox(size, point, tolerance),
  overhang: (element) => (element as Text).fontSize * 0.3 + overflow(element as Text),
  resized: (element, size) => resized(element as Text, size),
  fitted: (element, measure) => {
    const own = element as Text
    const layout = labelLayout(own, slotOf(own), measure)
    const width = own.autoWidth ? Math.max(layout.width, own.fontSize * 0.25) : own.size[0]
    const height = Math.max(layout.height, own.fontSize * 1.25)
    if (Math.abs(width - own.size[0]) < 0.01 && Math.abs(height - own.size[1]) < 0.01) return {}
    const offset: Vec = [(own.size[0] - width) * ANCHOR[own.textAlign], 0]
    return replaced(own, offset, [width, height])
  },
  needsText: true,
  textSlot: (element) => slotOf(element as Text),
}
