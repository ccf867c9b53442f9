import type { Color } from '../../model/element.ts'
import type { ElementKind, TextSlot } from '../../model/kind.ts'
import { DEFAULT_NOTE, DEFAULT_STROKE } from '../../model/palette.ts'
import { parseFields, textFields } from '../shared/fields.ts'
import { type Labelled, labelLayout, paintLabel } from '../shared/label.ts'
import { roundedBox } from '../shared/outlines.ts'
import { replaced } from '../shared/place.ts'

interface Sticky extends Labelled {
  readonly fill: Color
  /** The height that a person gave it; text may make it higher for as long as it needs to. */
  readonly minHeight: number
}

const PADDING = 16
const CORNER = 5
/** Board units round the note that its shadow may cover. */
const SHADOW = 22
/** Device pixels per unit below which the shadow is not worth drawing. */
const SHADOW_SCALE = 0.3

const defaults = { fill: DEFAULT_NOTE, ...textFields, fontSize: 22, minHeight: 200 } as const

const slotOf = (note: Sticky): TextSlot => ({
  box: {
    minX: PADDING,
    minY: PADDING,
    maxX: Math.max(PADDING + 1, note.size[0] - PADDING),
    maxY: Math.max(PADDING + 1, note.size[1] - PADDING),
  },
  vertical: 'middle',
  wrap: true,
})

/** A note of coloured paper that grows with what is written on it. */
export const sticky: ElementKind = {
  type: 'sticky',
  defaults,
  styles: ['fill', 'fontFamily', 'fontSize', 'textAlign', 'opacity'],
  resize: 'box',
  solid: true,
  parse: (fields) => parseFields(fields, defaults),
  paint: (surface, element, context) => {
    const note = element as Sticky
    const paper = roundedBox(note.size, CORNER)
    if (surface.scale >= SHADOW_SCALE) surface.shadow(paper)
    surface.fill(paper, note.fill)
    paintLabel(surface, note, slotOf(note), DEFAULT_STROKE, context)
  },
  hit: ({ size }, [x, y], tolerance) =>
    x >= -tolerance && y >= -tolerance && x <= size[0] + tolerance && y <= size[1] + tolerance,
  overhang: () => SHADOW,
  resized: (_, size) => ({ minHeight: size[1] }),
  fitted: (element, measure) => {
    const note = element as Sticky
    const written = note.text === '' ? 0 : labelLayout(note, slotOf(note), measure).height + 2 * PADDING
    const height = Math.max(note.minHeight, written)
    if (Math.abs(height - note.size[1]) < 0.01) return {}
    return replaced(note, [0, 0], [note.size[0], height])
  },
  textSlot: (element) => slotOf(element as Sticky),
}
